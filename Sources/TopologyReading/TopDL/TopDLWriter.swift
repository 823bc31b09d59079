public import TopologyModel

/// Writes TopDL: elements in the order of DETER's library, each interface with its name.
///
/// What is written, ``TopDLReader`` reads as an equal topology, and `schemas/topdl.rng` describes. That takes a
/// topology with unique names (of substrates; of computers and regions; of the interfaces of an element, none of
/// them empty), other elements in ascending order of ``OtherElement/precedingComputers``, and nothing in a
/// fragment's topology but the version 1.0, substrates and elements.
///
/// There is no XML declaration. Numbers have the shortest form that reads as the same value. Line breaks, tabs, and
/// blanks at the ends of a text, are written as character references (`&#10;`).
public struct TopDLWriter: Sendable {
  /// Where lines end.
  public enum Layout: Sendable {
    /// The whole document is one line, as MAGI demands of `topo.xml`: it reads the first line only.
    case oneLine
    /// A line for each substrate and each element, and one for each part of an element: for people.
    case lines
  }

  private let layout: Layout

  /// A writer.
  public init(layout: Layout = .lines) { self.layout = layout }

  /// Writes a topology.
  ///
  /// - Returns: The document, in UTF-8, with a line end after the last line.
  /// - Throws: What XML or TopDL can't hold: control characters, wrong names, negative and infinite numbers.
  /// - Complexity: O(size of the document).
  public func bytes(of topology: Topology) throws(TopDLWriteError) -> [UInt8] {
    // Room that isn't used is never touched, and growing would need twice the memory.
    let capacity =
      topology.computers.count * 500 + topology.substrates.count * 250 + topology.interfaces.count * 400 + 1000
    var output = XMLOutput(breaksLines: layout == .lines, capacity: capacity)
    output.markup("<experiment>")
    output.beginLine(0)
    output.element(.version, topology.version)
    try writeParts(of: topology, depth: 0, to: &output)
    for attribute in topology.attributes.entries {
      output.beginLine(0)
      output.write(attribute)
    }
    for fragment in topology.fragments { try write(fragment, to: &output) }
    for map in topology.nameMaps {
      output.beginLine(0)
      output.write(map)
    }
    output.beginLine(0)
    output.markup("</experiment>")
    output.endDocument()
    try output.check("the topology")
    return output.bytes
  }

  /// Writes the substrates and elements of a topology or a fragment.
  private func writeParts(of topology: Topology, depth: Int, to output: inout XMLOutput) throws(TopDLWriteError) {
    for substrate in topology.substrates {
      output.beginLine(depth)
      output.write(substrate)
      try output.check("substrate \(substrate.name)")
    }
    let substrates = topology.substrates
    var others = topology.otherElements[...]
    for (index, computer) in topology.computers.enumerated() {
      while let other = others.first, other.precedingComputers <= index {
        output.write(other, substrates, depth: depth)
        others.removeFirst()
      }
      output.write(computer, topology.interfaces[computer.interfaces], substrates, depth: depth)
      try output.check("computer \(computer.name)")
    }
    for other in others { output.write(other, substrates, depth: depth) }
    try output.check("an element that isn't a computer")
  }

  private func write(_ fragment: Fragment, to output: inout XMLOutput) throws(TopDLWriteError) {
    output.beginLine(0)
    output.start(.fragments)
    output.element(.name, fragment.name)
    try output.check("fragment \(fragment.name)")
    try writeParts(of: fragment.topology, depth: 1, to: &output)
    for pair in fragment.interfaceMaps {
      output.beginLine(1)
      output.write(pair, in: .ifmap)
    }
    output.end(.fragments)
    try output.check("fragment \(fragment.name)")
  }
}

/// A topology that can't be written as TopDL.
public struct TopDLWriteError: Error, Equatable, CustomStringConvertible {
  /// What can't be written and why, such as `computer a: the value "\u{1}" has control character 1, which XML can't
  /// hold`.
  public var description: String
}

extension XMLOutput {
  /// Throws the first fault, which lies in what was written last.
  fileprivate func check(_ place: @autoclosure () -> String) throws(TopDLWriteError) {
    if let fault { throw TopDLWriteError(description: "\(place()): \(fault)") }
  }
}
