internal import HostManifests
internal import Running
internal import Testbed

/// The name that a node or host has outside of its experiment, `node.experiment.project`, and its address on the control
/// network.
public struct MachineName: Codable, Sendable, Equatable {
  /// The name.
  public var name: String
  /// The address.
  public var address: String

  /// The names of all hosts and nodes that have an address.
  static func all(_ manifests: [HostManifest], of experiment: ExperimentName) -> [Self] {
    let suffix = ".\(experiment.experiment).\(experiment.project)"
    var names: [Self] = []
    for manifest in manifests {
      let isItselfANode = manifest.nodes.contains { $0.kind == .embedded }
      if !isItselfANode, let address = manifest.control.address {
        names.append(Self(name: manifest.host.name + suffix, address: address))
      }
      for node in manifest.nodes {
        guard let address = node.kind == .embedded ? manifest.control.address : node.control?.address else { continue }
        names.append(Self(name: node.name + suffix, address: address))
      }
    }
    return names
  }
}
