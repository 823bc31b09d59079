/// The textual forms of options. An option may be repeated: entries accumulate, and a later one for the same pass wins.
extension PackingOptions {
  /// Reads `P:N[,P:N…]`: the packing of passes (`--pass-pack`).
  ///
  /// - Throws: Every entry that can't be read.
  public mutating func addPassPacking(_ text: String) throws(PlanningError) {
    passPacking.merge(try Self.numbers(text, option: "--pass-pack")) { $1 }
  }

  /// Reads `P:N[,P:N…]`: the number of hosts of passes (`--pass-size`).
  ///
  /// - Throws: Every entry that can't be read.
  public mutating func addPassSize(_ text: String) throws(PlanningError) {
    passSize.merge(try Self.numbers(text, option: "--pass-size")) { $1 }
  }

  /// Reads `P[,P…]`: passes that are spread evenly (`--pass-nodes-only`).
  ///
  /// - Throws: Every entry that can't be read.
  public mutating func addPassNodesOnly(_ text: String) throws(PlanningError) {
    let entries = Self.list(text, separator: ",")
    let problems = entries.filter { naturalNumber($0) == nil }.map {
      "--pass-nodes-only: `\($0)` is no pass number; passes are numbered 0, 1, …, as in `0,2`"
    }
    guard problems.isEmpty else { throw PlanningError(problems) }
    passNodesOnly.formUnion(entries.compactMap(naturalNumber))
  }

  /// Reads `T[,T…]`: hardware types of hosts (`--pnode-types`).
  ///
  /// - Throws: A message for empty entries.
  public mutating func addPnodeTypes(_ text: String) throws(PlanningError) {
    let types = Self.list(text, separator: ",")
    guard !types.contains("") else {
      throw PlanningError(["--pnode-types: a type is missing in `\(text)`; types are separated by commas"])
    }
    pnodeTypes += types
  }

  /// Reads `P:T[,T…][;P:T…]`: hardware types of passes' hosts (`--pass-pnodes`).
  ///
  /// - Throws: Every entry that can't be read.
  public mutating func addPassPnodeTypes(_ text: String) throws(PlanningError) {
    var read: [Int: [String]] = [:]
    var problems: [String] = []
    for entry in Self.list(text, separator: ";") {
      let halves = Self.list(entry, separator: ":")
      let types = Self.list(halves.last ?? "", separator: ",")
      if halves.count == 2, let pass = naturalNumber(halves[0]), !types.contains("") {
        read[pass] = types
      } else {
        problems.append(
          "--pass-pnodes: `\(entry)` is not PASS:TYPE[,TYPE…]; passes are separated by `;`, as in `0:pc,bpc;1:MicroCloud`"
        )
      }
    }
    guard problems.isEmpty else { throw PlanningError(problems) }
    passPnodeTypes.merge(read) { $1 }
  }

  private static func numbers(_ text: String, option: String) throws(PlanningError) -> [Int: Int] {
    var read: [Int: Int] = [:]
    var problems: [String] = []
    for entry in list(text, separator: ",") {
      let halves = list(entry, separator: ":").map(naturalNumber)
      if halves.count == 2, let pass = halves[0], let number = halves[1], number > 0 {
        read[pass] = number
      } else {
        problems.append("\(option): `\(entry)` is not PASS:NUMBER with a number of at least 1, as in `0:20,1:5`")
      }
    }
    guard problems.isEmpty else { throw PlanningError(problems) }
    return read
  }

  private static func list(_ text: String, separator: Character) -> [String] {
    text.split(separator: separator, omittingEmptySubsequences: false).map { String($0.trimmed()) }
  }
}
