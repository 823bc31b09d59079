internal import TopologyModel

/// The size of an openvz container's disk: a number followed by `G` or `M` (`GB` and `MB` too), or of disk blocks of
/// 1 KB.
public enum Diskspace {
  /// The size of a disk of which nothing is said.
  public static let usual = "2GB"

  /// How many MB (2²⁰ bytes) a text says, rounded up; `nil` if it is no size.
  public static func megabytes(_ text: String) -> Int? {
    let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let halves = number.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, halves.allSatisfy({ !$0.isEmpty }), let value = Double(number), value > 0 else {
      return nil
    }
    let kilobytes: Double
    switch text.dropFirst(number.count) {
    case "G", "GB": kilobytes = value * 1_048_576
    case "M", "MB": kilobytes = value * 1024
    case "": kilobytes = value
    default: return nil
    }
    return kilobytes < 1e15 ? (Int(kilobytes) + 1023) / 1024 : nil
  }

  /// Whether a text is a size.
  static func isValid(_ text: String) -> Bool { megabytes(text) != nil }

  /// What is said of a text that isn't one.
  static func complaint(_ text: String) -> String {
    "`\(AttributeName.openvzDiskspace)` is a number with G or M, or of disk blocks, such as 2G, not `\(text)`"
  }
}
