/// The page around the data.
enum PageSource {
  /// What comes before the data.
  static func beforeData(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escaped(title))</title>
    <style>
    \(PageStyle.text)
    </style>
    </head>
    <body>
    <header>
    <div><h1 id="title"></h1><p id="summary"></p></div>
    <input id="query" type="search" autocomplete="off" spellcheck="false" aria-label="Search"
    placeholder="Search computers, hosts, links and addresses  ( / )">
    </header>
    <main>
    <nav aria-label="Found"><h2 id="found"></h2><div id="list" class="list"></div></nav>
    <section id="stage" aria-label="Map"><div id="path"></div><canvas id="map"></canvas><div id="legend"></div>
    <div id="tip" hidden></div></section>
    <aside aria-label="Selected"><div id="detail" class="list"></div></aside>
    </main>
    <noscript>This page shows its data with JavaScript, which is switched off.</noscript>
    <script type="application/json" id="data">
    """
  }

  /// What comes after the data.
  static let afterData = """
    </script>
    <script>
    \(PageScript.text)
    </script>
    </body>
    </html>

    """

  /// Text as HTML has it between tags.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\0": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
