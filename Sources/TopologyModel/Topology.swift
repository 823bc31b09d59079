/// A topology as TopDL describes one: computers, the substrates that join them, and what else the file holds.
///
/// Everything is stored flat: a computer, an interface or a substrate is known by its index in ``computers``,
/// ``interfaces`` or ``substrates``, and the interfaces of one computer follow each other. A topology is a value;
/// each stage of the pipeline takes one and returns a new one.
///
/// > The object model is that of DETER's `topdl` library, version 1.0, with the additions of version 2.0
/// > (regions, fragments, name maps) kept as they are read.
public struct Topology: Sendable, Equatable {
  /// The version of the object model, `1.0` unless the file says otherwise.
  public var version = "1.0"
  /// The links and LANs, in file order.
  public var substrates: [Substrate] = []
  /// The computers, in file order.
  public private(set) var computers: [Computer] = []
  /// The interfaces of all computers: those of computer `c` are `interfaces[computers[c].interfaces]`.
  public var interfaces: [Interface] = []
  /// The elements that are not computers, in file order.
  public var otherElements: [OtherElement] = []
  /// What is said of the topology as a whole.
  public var attributes = Attributes()
  /// Pieces that regions stand for (version 2.0).
  public var fragments: [Fragment] = []
  /// How names inside regions map to names outside (version 2.0).
  public var nameMaps: [NameMap] = []

  /// An empty topology.
  public init() {}

  /// Adds a computer after the others, with its interfaces.
  ///
  /// - Parameters:
  ///   - computer: The computer; its ``Computer/interfaces`` are set here.
  ///   - interfaces: Its interfaces, in port order.
  /// - Returns: The computer's index.
  /// - Complexity: O(number of its interfaces), amortised.
  @discardableResult
  public mutating func append(_ computer: Computer, interfaces: some Collection<Interface>) -> Int {
    var computer = computer
    let first = self.interfaces.count
    self.interfaces.append(contentsOf: interfaces)
    computer.interfaces = first..<self.interfaces.count
    computers.append(computer)
    return computers.count - 1
  }

  /// Changes a computer in place; which interfaces are its own stays as it is.
  public mutating func updateComputer<Failure: Error>(
    _ index: Int, _ change: (inout Computer) throws(Failure) -> Void
  ) throws(Failure) {
    let interfaces = computers[index].interfaces
    try change(&computers[index])
    computers[index].interfaces = interfaces
  }

  /// Makes room for so many computers and interfaces at once.
  public mutating func reserveCapacity(computers: Int, interfaces: Int) {
    self.computers.reserveCapacity(computers)
    self.interfaces.reserveCapacity(interfaces)
  }
}
