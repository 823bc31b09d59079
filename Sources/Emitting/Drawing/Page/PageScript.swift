/// What the page does, in three parts that follow each other in one script.
///
/// Nothing of the data is ever read as HTML: all of it goes through `textContent` and the canvas.
enum PageScript {
  /// The whole script.
  static let text = "\(model)\n\(map)\n\(controls)"
}
