extension Network {
  /// Writes an NS-2 file in the testbed's dialect: a statement a node, a statement a link or LAN.
  public func writeNS(_ decoration: Decoration = Decoration(), to output: inout some TextOutputStream) {
    output.write("set ns [new Simulator]\nsource tb_compat.tcl\n\n")
    let substrates = substratesByNode()
    for node in 0..<nodeCount {
      output.write("set n(\(node)) [$ns node]\n")
      for (key, value) in decoration.attributes(of: node, interfaces: substrates[node].count) {
        output.write("tb-add-node-attribute $n(\(node)) \(key) \(value)\n")
      }
    }
    output.write("\n")
    for substrate in 0..<substrateCount {
      let nodes = members(of: substrate).map { "$n(\($0))" }.joined(separator: " ")
      let medium = media[substrate]
      let shape = "\(medium.kilobitsPerSecond)kb \(medium.milliseconds)ms"
      let isLink = members(of: substrate).count == 2
      let call = isLink ? "duplex-link \(nodes) \(shape) DropTail" : "make-lan \"\(nodes)\" \(shape)"
      output.write("set l(\(substrate)) [$ns \(call)]\n")
    }
    output.write("\n$ns rtproto Static\n$ns run\n")
  }
}
