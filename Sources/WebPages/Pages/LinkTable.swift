internal import Swapping

/// Links, with what was asked of them beside what was measured.
struct LinkTable {
  let links: [LinkReport]
  let greatestCount: Int
  let title: HTML
  /// The button to measure them.
  let measure: HTML

  /// What can be measured beside round trips.
  static let choices: HTML = """
    <label><input type="checkbox" name="loss" value="yes"> loss</label>\
    <label><input type="checkbox" name="rate" value="yes"> rate</label>
    """

  /// The table.
  var html: HTML {
    // Those that aren't as asked first: of many they would not be seen.
    let shown = (links.filter { !$0.isAsAsked } + links.filter(\.isAsAsked)).prefix(greatestCount)
    let wrong = links.count { !$0.isAsAsked }
    let verdict: HTML =
      wrong == 0
      ? "<span class=\"good\">\(links.count == 1 ? "it is" : "all \(links.count) are") as asked</span>"
      : "<span class=\"bad\">\(wrong) of \(links.count) not as asked</span>"
    let rest: HTML =
      links.count > shown.count ? "<p class=\"note\">\(links.count - shown.count) more are not shown.</p>" : ""
    return """
      <div class="title">\(title)\(links.isEmpty ? "" : verdict)\(measure)</div><div class="scroll"><table>
      <thead><tr><th scope="col">Link</th><th scope="col">Between</th><th scope="col" class="right">RTT asked</th>\
      <th scope="col" class="right">measured</th>\(header(hasLoss, "Loss"))\(header(hasRate, "Rate"))</tr></thead>
      <tbody>\(shown.map(row))</tbody></table></div>\(rest)
      """
  }

  private var hasLoss: Bool { links.contains { $0.measuredLoss != nil } }
  private var hasRate: Bool { links.contains { $0.measuredKilobitsPerSecond != nil } }

  private func header(_ isThere: Bool, _ name: String) -> HTML {
    isThere ? "<th scope=\"col\" class=\"right\">\(name) asked</th><th scope=\"col\" class=\"right\">measured</th>" : ""
  }

  private func row(_ link: LinkReport) -> HTML {
    let loss = hasLoss ? cells(link.askedLoss.map(Self.percent), link.measuredLoss.map(Self.percent)) : ""
    let rate =
      hasRate
      ? cells(link.askedKilobitsPerSecond.map(Self.rate), link.measuredKilobitsPerSecond.map(Self.rate)) : ""
    let mark: HTML = link.isAsAsked ? "" : " class=\"wrong\""
    return """
      <tr\(mark)><th scope="row">\(link.name)</th><td>\(link.from) – \(link.to)</td>\
      \(cells("\(link.askedMilliseconds.hundredths) ms", link.measuredMilliseconds.map { "\($0.hundredths) ms" }))\
      \(loss)\(rate)</tr>
      """
  }

  private func cells(_ asked: String?, _ measured: String?) -> HTML {
    "<td class=\"right\">\(asked ?? "–")</td><td class=\"right\">\(measured ?? "–")</td>"
  }

  private static func percent(_ part: Double) -> String { "\((part * 100).hundredths) %" }

  private static func rate(_ rate: Double) -> String {
    rate < 10_000 ? "\(Int(rate.rounded())) kb/s" : "\((rate / 1000).hundredths) Mb/s"
  }
}
