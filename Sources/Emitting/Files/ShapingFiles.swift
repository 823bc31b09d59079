internal import HostManifests
internal import Planning
internal import TopologyModel

/// `shaping.yaml`: for each network and each of its members, delay, loss and rate of the member's half, both ways.
struct ShapingFile {
  let bytes: [UInt8]

  init(_ embedding: Embedding) {
    let topology = embedding.topology
    var file = YAMLText()
    for (index, substrate) in topology.substrates.enumerated() {
      file.entry(substrate.name, list: embedding.incidence.interfaces(on: index)) { json, interface in
        let computer = embedding.incidence.computer(of: interface)
        let shaping = MemberShaping(topology.interfaces[interface], on: substrate)
        json.object { json in
          json.field("node", topology.computers[computer].name)
          json.field("interface", topology.interfaces[interface].name)
          json.field("mechanism", embedding.shaping.mechanisms[computer].rawValue)
          json.name("outgoing")
          json.object(InterfaceShaping.Direction(shaping.outgoing).write)
          json.name("incoming")
          json.object(InterfaceShaping.Direction(shaping.incoming).write)
        }
      }
    }
    bytes = file.finished()
  }
}

/// `traffic_shaping`: for each node that shapes what it sends, what that goes through on the whole way to each neighbour.
///
/// The historical file, `traffic_shaping.pickle`, was a dump of a program's memory.
struct TrafficShapingFile {
  let bytes: [UInt8]

  init(_ embedding: Embedding) {
    let topology = embedding.topology
    var file = YAMLText()
    for (index, computer) in topology.computers.enumerated() where embedding.shaping.mechanisms[index] == .endNode {
      let shaped = computer.interfaces.flatMap { interface in
        embedding.transits(of: interface).map { (interface: interface, transit: $0) }
      }
      guard !shaped.isEmpty else { continue }
      file.entry(computer.name, list: shaped) { json, item in
        json.object { json in
          json.field("interface", topology.interfaces[item.interface].name)
          json.field("network", topology.substrates[topology.interfaces[item.interface].substrate].name)
          InterfaceShaping.Direction(item.transit.shaping).write(to: &json)
          if let neighbours = item.transit.neighbours {
            json.field("neighbours", neighbours.map { "\(embedding.addresses.addresses[$0])" })
          }
        }
      }
    }
    bytes = file.finished()
  }
}
