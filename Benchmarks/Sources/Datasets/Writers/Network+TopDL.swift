extension Network {
  /// What a topology file says beyond who is linked to whom.
  public struct Decoration: Sendable {
    /// Whether computers are of different container kinds; otherwise none says its kind.
    public var mixedKinds = false
    /// How many computers in a row are pinned to the same partition; `nil` for no pins.
    public var partitionSize: Int?

    /// No kinds and no pins.
    public init() {}

    /// The container attributes of a node, as key and value.
    ///
    /// One node in five is a virtual machine (where it has few enough interfaces) and one in five a process.
    func attributes(of node: Int, interfaces: Int) -> [(key: String, value: String)] {
      var attributes: [(key: String, value: String)] = []
      if mixedKinds, node % 5 == 1, interfaces <= 7 { attributes.append(("containers:node_type", "qemu")) }
      if mixedKinds, node % 5 == 3 { attributes.append(("containers:node_type", "process")) }
      if let partitionSize { attributes.append(("containers:partition", String(node / partitionSize))) }
      return attributes
    }
  }

  /// Writes a TopDL document as DETER's converters do: one line an element, version 1.0, every interface with the
  /// capacity of its substrate.
  public func writeTopDL(_ decoration: Decoration = Decoration(), to output: inout some TextOutputStream) {
    output.write("<experiment>\n<version>1.0</version>\n")
    for substrate in 0..<substrateCount {
      let medium = media[substrate]
      output.write("<substrates><name>l-\(substrate)</name>\(capacity(of: medium))")
      if medium.milliseconds > 0 {
        output.write("<latency><time>\(medium.milliseconds).0</time><kind>average</kind></latency>")
      }
      output.write("</substrates>\n")
    }
    let substrates = substratesByNode()
    for node in 0..<nodeCount {
      output.write("<elements><computer><name>n-\(node)</name>")
      for (port, substrate) in substrates[node].enumerated() {
        output.write("<interface><substrate>l-\(substrate)</substrate><name>\(interfaceName(port))</name>")
        output.write("\(capacity(of: media[Int(substrate)]))</interface>")
      }
      output.write(attribute("type", "pc"))
      output.write(attribute("failureaction", "fatal"))
      for (key, value) in decoration.attributes(of: node, interfaces: substrates[node].count) {
        output.write(attribute(key, value))
      }
      output.write("</computer></elements>\n")
    }
    output.write("</experiment>\n")
  }

  private func capacity(of medium: Medium) -> String {
    "<capacity><rate>\(medium.kilobitsPerSecond).0</rate><kind>max</kind></capacity>"
  }

  private func attribute(_ key: String, _ value: String) -> String {
    "<attribute><attribute>\(key)</attribute><value>\(value)</value></attribute>"
  }

  private func interfaceName(_ port: Int) -> String {
    let digits = String(port)
    return "inf" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}
