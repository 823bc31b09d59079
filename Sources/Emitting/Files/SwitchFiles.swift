internal import Planning
internal import TopologyModel

/// The two files that say what is plugged into the VDE switches of each host: `switch_extra.yaml` with every port, and
/// `wirefilters.yaml` with every delay element.
struct SwitchFiles {
  /// `switch_extra.yaml`.
  let ports: [UInt8]
  /// `wirefilters.yaml`.
  let delayElements: [UInt8]

  init(_ experiment: Experiment) {
    let topology = experiment.embedding.topology
    let owners = experiment.embedding.incidence
    var ports = YAMLText()
    var delays = YAMLText()
    func network(_ substrate: Int, _ interface: Int?, to json: inout JSONText) {
      json.field("network", topology.substrates[substrate].name)
      guard let interface else { return }
      json.field("node", topology.computers[owners.computer(of: interface)].name)
      json.field("interface", topology.interfaces[interface].name)
    }
    for (index, host) in experiment.embedding.hosts.enumerated() {
      let switches = HostSwitches(ofHost: index, in: experiment).switches
      guard !switches.isEmpty else { continue }
      let named = switches.enumerated().map { (name: HostSwitches.name(at: $0), each: $1) }
      ports.entry(host.name, list: named.flatMap { item in item.each.ports.map { (item.name, $0) } }) { json, item in
        json.object { json in
          json.field("switch", item.0)
          json.field("port", item.1.number)
          json.field("vlan", item.1.vlan)
          json.field("use", item.1.use.rawValue)
          network(item.1.substrate, item.1.interface, to: &json)
        }
      }
      let elements = named.flatMap { item in item.each.delayElements.map { (item.name, $0) } }
      guard !elements.isEmpty else { continue }
      delays.entry(host.name, list: elements) { json, item in
        json.object { json in
          json.field("switch", item.0)
          json.field("left", item.1.left)
          json.field("right", item.1.right)
          network(item.1.substrate, item.1.interface, to: &json)
          json.field("arguments", item.1.arguments)
        }
      }
    }
    self.ports = ports.finished()
    delayElements = delays.finished()
  }
}
