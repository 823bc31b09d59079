internal import HostManifests

/// A host's virtual machines for libvirt: a domain for each, a network for each that they are on, and the tunnels of these.
///
/// > libvirt, "Domain XML format" and "Network XML format".
struct LibvirtFiles {
  /// The files; none for a host without virtual machines.
  let files: [EmittedFile]

  /// Where libvirt looks for disks: `NODE.qcow2`, and the node's description for its system beside it.
  private static let images = "/var/lib/libvirt/images"
  /// The network that is called so leads to the control network.
  private static let controlNetwork = FinalTopology.controlNetwork

  init(_ host: HostPlan) {
    let machines = host.manifest.nodes.filter { $0.kind == .qemu }
    guard !machines.isEmpty else {
      files = []
      return
    }
    let networks = host.networks.filter(\.hasVirtualMachine)
    let folder = "libvirt/\(host.manifest.host.name)"
    let tunnels = networks.flatMap { network in
      network.tunnels.map { $0.commands(bridge: network.bridge, mtu: network.substrate.mtu) }
    }
    files =
      machines.flatMap { machine in
        [
          EmittedFile("\(folder)/domains/\(machine.name).json", machine.json),
          EmittedFile("\(folder)/domains/\(machine.name).xml", text: Self.domain(machine, on: host)),
        ]
      }
      + [EmittedFile("\(folder)/networks/\(Self.controlNetwork).xml", text: Self.control)]
      + networks.map { EmittedFile("\(folder)/networks/\($0.bridge).xml", text: Self.network($0)) }
      + [EmittedFile("\(folder)/tunnels", text: tunnels.joined())]
  }

  /// A domain: a virtual machine.
  private static func domain(_ machine: ManifestNode, on host: HostPlan) -> String {
    var xml = XMLText()
    xml.element("domain", ["type": "kvm"]) { xml in
      xml.element("name", text: machine.name)
      xml.element("memory", ["unit": "MiB"], text: "\(machine.memoryMegabytes ?? HostPlan.usualMemory)")
      xml.element("vcpu", text: "1")
      xml.element("sysinfo", ["type": "fwcfg"]) { xml in
        xml.element("entry", ["name": ManifestNode.firmwareName, "file": "\(images)/\(machine.name).json"])
      }
      xml.element("os") { xml in
        xml.element("type", ["arch": machine.architecture == "i386" ? "i686" : "x86_64"], text: "hvm")
      }
      xml.element("features") { $0.element("acpi") }
      xml.element("devices") { xml in
        xml.element("disk", ["type": "file", "device": "disk"]) { xml in
          xml.element("driver", ["name": "qemu", "type": "qcow2"])
          xml.element("source", ["file": "\(images)/\(machine.name).qcow2"])
          xml.element("target", ["dev": "vda", "bus": "virtio"])
        }
        if let control = machine.control {
          interface(control.mac, on: controlNetwork, mtu: nil, shaping: nil, to: &xml)
        }
        for each in machine.interfaces {
          interface(
            each.mac, on: each.substrate, mtu: host.network(of: each)?.substrate.mtu, shaping: each.shaping, to: &xml)
        }
        xml.element("console", ["type": "pty"])
      }
    }
    return xml.text
  }

  private static func interface(
    _ mac: String, on network: String, mtu: Int?, shaping: InterfaceShaping?, to xml: inout XMLText
  ) {
    xml.element("interface", ["type": "network"]) { xml in
      xml.element("mac", ["address": mac])
      xml.element("source", ["network": network])
      xml.element("model", ["type": "virtio"])
      if let mtu { xml.element("mtu", ["size": "\(mtu)"]) }
      let rates = [shaping?.incoming.kilobitsPerSecond, shaping?.outgoing.kilobitsPerSecond]
      guard rates.contains(where: { $0 != nil }) else { return }
      xml.element("bandwidth") { xml in
        if let incoming = rates[0] { xml.element("inbound", ["average": "\(kilobytes(incoming))"]) }
        if let outgoing = rates[1] { xml.element("outbound", ["average": "\(kilobytes(outgoing))"]) }
      }
    }
  }

  /// A rate in kB/s, which libvirt wants whole and in 32 bits.
  private static func kilobytes(_ kilobits: Double) -> Int { Int(min(max((kilobits / 8).rounded(), 1), 4_294_967_295)) }

  /// A network for which libvirt makes a bridge, and nothing else.
  private static func network(_ network: HostNetwork) -> String {
    var xml = XMLText()
    xml.element("network") { xml in
      xml.element("name", text: network.substrate.name)
      xml.element("bridge", ["name": network.bridge, "stp": "off"])
      xml.element("mtu", ["size": "\(network.substrate.mtu)"])
    }
    return xml.text
  }

  /// The control network, to which a bridge leads already.
  private static var control: String {
    var xml = XMLText()
    xml.element("network") { xml in
      xml.element("name", text: controlNetwork)
      xml.element("forward", ["mode": "bridge"])
      xml.element("bridge", ["name": HostPlan.controlBridge])
    }
    return xml.text
  }
}

extension ManifestNode {
  /// Under which name a virtual machine finds ``json``: on Linux, `/sys/firmware/qemu_fw_cfg/by_name/NAME/raw`.
  static let firmwareName = "opt/containerize/node"

  /// The node alone, as the manifest has it: what the system of a virtual machine sets itself up by.
  var json: [UInt8] {
    var json = JSONText()
    json.object(write)
    json.end()
    return json.bytes
  }
}
