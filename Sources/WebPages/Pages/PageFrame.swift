/// What all pages have around their content.
struct PageFrame {
  let title: String
  /// Where changes of the page come from, and the version that it has; `nil` where it doesn't change.
  var changes: (place: Place, version: String)?
  let content: HTML

  /// The document.
  var html: HTML {
    let live: HTML =
      changes.map { "data-changes=\"\($0.place.path)?version=\($0.version)\"" } ?? ""
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <link rel="icon" href="\(Place.icon.path)">
      <link rel="stylesheet" href="\(Place.styleSheet.path)">
      <script src="\(Place.script.path)" defer></script>
      </head>
      <body \(live)>
      <a class="skip" href="#content">Skip to the content</a>
      <header class="bar"><a class="brand" href="/">Containerize <span>testbed</span></a>\
      <span id="connection" role="status"></span></header>
      <main id="content">
      \(content)
      </main>
      </body>
      </html>

      """
  }

  /// A page that says something, such as why there is no other.
  static func message(_ title: String, _ text: String, more: HTML = "") -> HTML {
    Self(
      title: title,
      content: """
        <section class="card message"><h1>\(title)</h1><p class="said">\(text)</p>\(more)\
        <p><a href="/">All experiments</a></p></section>
        """
    ).html
  }

  /// The page for those who haven't given the token.
  ///
  /// - Parameter problem: What was wrong with the one that was given.
  /// - Returns: The document.
  static func signIn(problem: String? = nil) -> HTML {
    let complaint: HTML = problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>" } ?? ""
    return Self(
      title: "Sign in",
      content: """
        <section class="card message"><h1>Sign in</h1>\(complaint)
        <p>Open the address that <code>testbed serve</code> has printed, or enter the token at its end. It is also in the \
        file <code>web-token</code> of the testbed's directory.</p>
        <form method="post" action="\(Place.signIn.path)" class="row">
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required>
        <button class="primary">Sign in</button>
        </form></section>
        """
    ).html
  }
}
