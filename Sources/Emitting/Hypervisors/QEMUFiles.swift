internal import HostManifests

/// A host's virtual machines for QEMU itself: a file for its option `-readconfig`, and what the machine's system is told.
///
/// The files have no way to quote: all that a user may have written is in the other file.
///
/// > QEMU, "Invocation": `-readconfig`; `util/qemu-config.c`: a value is what stands between two `"`, at most 1023 bytes.
struct QEMUFiles {
  /// The files; none for a host without virtual machines.
  let files: [EmittedFile]

  init(_ host: HostPlan) {
    let plugs = Self.plugs(of: host.switches)
    var files: [EmittedFile] = []
    for (position, node) in host.manifest.nodes.enumerated() where node.kind == .qemu {
      let ports = host.interfaces[position].map { plugs[$0] }
      let path = "qemu/\(host.manifest.host.name)/\(node.name)"
      files.append(
        EmittedFile("\(path).conf", text: Self.configuration(of: node, at: position, ports: ports, on: host)))
      files.append(EmittedFile("\(path).json", node.json))
    }
    self.files = files
  }

  /// The switch and port of each interface that is plugged into a switch.
  private static func plugs(of switches: HostSwitches) -> [Int: (name: String, port: Int)] {
    var plugs: [Int: (name: String, port: Int)] = [:]
    for (number, each) in switches.switches.enumerated() {
      for port in each.ports where port.use == .node {
        if let interface = port.interface { plugs[interface] = (HostSwitches.name(at: number), port.number) }
      }
    }
    return plugs
  }

  private static func configuration(
    of node: ManifestNode, at position: Int, ports: [(name: String, port: Int)?], on host: HostPlan
  ) -> String {
    let program = "qemu-system-\(node.architecture ?? "x86_64")"
    var text = """
      # \(program) -nodefaults -readconfig \(node.name).conf

      """
    func section(_ title: String, _ options: KeyValuePairs<String, String>) {
      text += "\n[\(title)]\n"
      for (name, value) in options { text += "  \(name) = \"\(value)\"\n" }
    }
    func card(_ name: String, mac: String, mtu: Int?) {
      section("device \"\(name)\"", ["driver": "virtio-net-pci", "netdev": name, "mac": mac])
      if let mtu { text += "  host_mtu = \"\(mtu)\"\n" }
    }
    section("name", ["guest": node.name])
    section("memory", ["size": "\(node.memoryMegabytes ?? HostPlan.usualMemory)M"])
    section("fw_cfg", ["name": ManifestNode.firmwareName, "file": "\(node.name).json"])
    section("drive \"disk\"", ["file": "\(node.name).qcow2", "format": "qcow2", "if": "virtio"])
    if let control = node.control {
      section("netdev \"control\"", tap("control.\(position)"))
      card("control", mac: control.mac, mtu: nil)
    }
    for (number, interface) in node.interfaces.enumerated() {
      let name = "port-\(number)"
      if let plug = ports[number] {
        section("netdev \"\(name)\"", ["type": "vde", "sock": "\(plug.name).ctl", "port": "\(plug.port)"])
      } else {
        section("netdev \"\(name)\"", tap("tap.\(position).\(number)"))
      }
      card(name, mac: interface.mac, mtu: host.network(of: interface)?.substrate.mtu)
    }
    return text
  }

  /// A device that QEMU makes, for someone else to plug in.
  private static func tap(_ name: String) -> KeyValuePairs<String, String> {
    ["type": "tap", "ifname": name, "script": "no", "downscript": "no"]
  }
}
