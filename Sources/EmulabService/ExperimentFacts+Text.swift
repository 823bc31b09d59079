internal import HostManifests
internal import Swapping

extension ExperimentFacts {
  /// What can be shown of an experiment.
  static let parts = ["nodeinfo", "mapping", "linkinfo", "shaping"]

  /// The report that Emulab's `expinfo` prints.
  func text(_ parts: [String]) -> String {
    var text = "Experiment: \(name)\nState: \(word)\n\n"
    if parts.contains("nodeinfo") { text += nodeText }
    if parts.contains("mapping"), report.state == .active { text += mappingText }
    if parts.contains("linkinfo") { text += linkText }
    if parts.contains("shaping") { text += shapingText }
    return text
  }

  private var nodeText: String {
    let rows = nodes.map { node, host in
      [node.name, node.kind.rawValue, node.operatingSystem ?? host.operatingSystem ?? "", "\(node.name).\(suffix)"]
    }
    return Self.table("Virtual Node Info:", ["ID", "Type", "OS", "Qualified Name"], [15, 12, 15], rows)
  }

  private var mappingText: String {
    let rows = nodes.map { node, host in
      [node.name, node.kind.rawValue, node.operatingSystem ?? host.operatingSystem ?? "", host.name]
    }
    return Self.table("Physical Node Mapping:", ["ID", "Type", "OS", "Physical"], [15, 12, 15], rows)
  }

  private var linkText: String {
    let rows = members.flatMap { member in
      [
        [member.interface.substrate, member.name, member.interface.address] + Self.numbers(member.outgoing),
        ["", "ethernet", member.mask] + Self.numbers(member.incoming),
      ]
    }
    return Self.table(
      "Virtual Lan/Link Info:", ["ID", "Member/Proto", "IP/Mask", "Delay", "BW (Kbs)", "Loss Rate"],
      [15, 15, 15, 9, 9], rows)
  }

  private var shapingText: String {
    let rows = members.compactMap { member in
      member.interface.shaping.map { shaping in
        [member.interface.substrate, member.name, shaping.mechanism.rawValue] + Self.numbers(shaping.outgoing)
      }
    }
    return Self.table(
      "Physical Lan/Link Shaping:", ["ID", "Member", "Shaped by", "Delay", "BW (Kbs)", "Loss Rate"],
      [15, 15, 15, 9, 9], rows)
  }

  private static func numbers(_ direction: InterfaceShaping.Direction) -> [String] {
    let thousandths = Int((direction.loss * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return [
      direction.delayMilliseconds.hundredths, direction.kilobitsPerSecond.map { "\(Int($0))" } ?? "-",
      "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)",
    ]
  }

  /// A heading, the names of columns, dashes, rows and an empty line; the last column is as wide as it is.
  private static func table(_ heading: String, _ columns: [String], _ widths: [Int], _ rows: [[String]]) -> String {
    let dashes = (widths + [max(15, rows.compactMap(\.last?.count).max() ?? 0)]).map {
      String(repeating: "-", count: $0)
    }
    let lines = ([columns, dashes] + rows).map { row in
      row.enumerated().map { index, cell in
        index < widths.count ? cell + String(repeating: " ", count: max(0, widths[index] - cell.count)) : cell
      }.joined(separator: " ")
    }
    return ([heading] + lines).map { "\($0)\n" }.joined() + "\n"
  }
}
