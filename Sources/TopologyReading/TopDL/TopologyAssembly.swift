internal import TopologyModel

/// A topology while it is read: names become indices, wherever in the file they are defined.
///
/// Until ``finish(_:)`` an interface's substrate is a *symbol*, the number of a substrate's name in the order in which
/// names are first mentioned: elements may precede the substrates they are on.
struct TopologyAssembly {
  var topology = Topology()

  /// The symbol of each substrate name.
  private var symbols: [String: Int] = [:]
  /// The substrate of each symbol, and the line that defines it; `nil` while there is none.
  private var definitions: [(index: Int, line: Int)?] = []
  /// Mentions of substrates that weren't defined yet.
  private var openReferences: [(symbol: Int, name: String, owner: String?, line: Int)] = []
  /// The line of each named element.
  private var elementLines: [String: Int] = [:]

  /// Adds a substrate.
  mutating func append(_ substrate: Substrate, line: Int, _ findings: inout Findings) {
    let symbol = symbol(substrate.name)
    if let first = definitions[symbol] {
      findings.report("duplicate substrate name \(substrate.name), first on line \(first.line)", line: line)
      return
    }
    definitions[symbol] = (topology.substrates.count, line)
    topology.substrates.append(substrate)
  }

  /// Notes the name of an element, which must be the only one of that name.
  mutating func claim(elementName name: String, line: Int, _ findings: inout Findings) {
    if let first = elementLines.updateValue(line, forKey: name) {
      elementLines[name] = first
      findings.report("duplicate element name \(name), first on line \(first)", line: line)
    }
  }

  /// The symbol of a substrate that an interface is on; `owner` is the interface's computer, for messages.
  mutating func reference(_ name: String, by owner: String?, line: Int) -> Int {
    let symbol = symbol(name)
    if definitions[symbol] == nil { openReferences.append((symbol, name, owner, line)) }
    return symbol
  }

  private mutating func symbol(_ name: String) -> Int {
    if let symbol = symbols[name] { return symbol }
    symbols[name] = definitions.count
    definitions.append(nil)
    return definitions.count - 1
  }

  /// The topology, with every symbol replaced by its substrate.
  mutating func finish(_ findings: inout Findings) -> Topology {
    for reference in openReferences where definitions[reference.symbol] == nil {
      let place = reference.owner.map { "computer \($0): " } ?? ""
      findings.report("\(place)interface on an unknown substrate: \(reference.name)", line: reference.line)
    }
    let inOrder = definitions.indices.allSatisfy { definitions[$0]?.index == $0 }
    if !inOrder {
      for index in topology.interfaces.indices { resolve(&topology.interfaces[index]) }
      for element in topology.otherElements.indices {
        for index in topology.otherElements[element].interfaces.indices {
          resolve(&topology.otherElements[element].interfaces[index])
        }
      }
    }
    return topology
  }

  private func resolve(_ interface: inout Interface) {
    interface.substrate = definitions[interface.substrate]?.index ?? 0
    for index in interface.furtherSubstrates.indices {
      interface.furtherSubstrates[index] = definitions[interface.furtherSubstrates[index]]?.index ?? 0
    }
  }
}
