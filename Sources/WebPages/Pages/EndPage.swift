internal import Testbed

/// Asks whether to end an experiment.
struct EndPage {
  let name: ExperimentName
  let visitor: Visitor

  /// The document.
  var html: HTML {
    PageFrame(
      title: "End \(name)?",
      content: """
        <section class="card message"><h1>End \("\(name)")?</h1>
        <p>It is swapped out, and its directory is removed with all that is in it. This can't be undone.</p>
        <div class="row">\(visitor.button("End it", .experiment(name, .end), style: "danger"))\
        <a class="button" href="\(Place.experiment(name, .page).path)">Keep it</a></div></section>
        """
    ).html
  }
}
