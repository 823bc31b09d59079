internal import HostManifests
internal import Planning
internal import TopologyModel

/// The plan as an inventory for Ansible: hosts and nodes, in groups by host and kind, each with what its manifest says.
///
/// > Ansible, "How to build your inventory"; `!unsafe` from "Advanced playbook syntax".
struct AnsibleInventory {
  /// The file's path.
  static let path = "ansible/inventory.yaml"

  /// The file: YAML whose only other thing than JSON is the tag `!unsafe`, without which Ansible would take text with
  /// braces for templates and run them.
  let bytes: [UInt8]

  /// What begins the names of groups.
  private static let prefix = "containerize_"

  /// What Ansible or we call by a name that a computer has.
  static func meaning(of name: String) -> String? {
    name == "all" || name == "ungrouped" || name.hasPrefix(prefix) ? "a group" : nil
  }

  init(_ source: ManifestSource) {
    let hosts = source.experiment.embedding.hosts
    var json = JSONText(marksTemplates: true)
    json.object { json in
      json.line()
      json.name("all")
      json.object { json in
        json.line(indentation: " ")
        json.name("vars")
        json.object { json in
          json.field("containerize_project", source.experiment.project)
          json.field("containerize_experiment", source.experiment.name)
        }
        json.line(indentation: " ")
        json.name("hosts")
        json.object { json in
          for index in hosts.indices { Self.write(source.manifest(of: index), to: &json) }
        }
        json.line(indentation: " ")
        json.name("children")
        json.object { Self.writeGroups(of: source, to: &$0) }
      }
      json.end()
    }
    json.end()
    bytes = json.bytes
  }

  /// A host and its nodes, a line each; an embedded computer is both.
  private static func write(_ manifest: HostManifest, to json: inout JSONText) {
    let isEmbedded = manifest.host.partition == nil
    json.line(indentation: "  ")
    json.name(manifest.host.name)
    json.object { json in
      json.field("ansible_host", manifest.control.address)
      json.name("containerize_host")
      json.object(manifest.host.write)
      json.name("containerize_substrates")
      json.array(manifest.substrates) { $0.object($1.write) }
      if isEmbedded, let node = manifest.nodes.first { write(node, to: &json) }
    }
    guard !isEmbedded else { return }
    for node in manifest.nodes {
      json.line(indentation: "  ")
      json.name(node.name)
      json.object { json in
        json.field("ansible_host", node.control?.address)
        json.field("containerize_on", manifest.host.name)
        write(node, to: &json)
      }
    }
  }

  private static func write(_ node: ManifestNode, to json: inout JSONText) {
    json.name("containerize_node")
    json.object(node.write)
  }

  private static func writeGroups(of source: ManifestSource, to json: inout JSONText) {
    let embedding = source.experiment.embedding
    func group(_ name: String, _ members: [String]) {
      json.line(indentation: "  ")
      json.name(prefix + name)
      json.object { json in
        json.name("hosts")
        json.object { json in
          for member in members {
            json.name(member)
            json.object { _ in }
          }
        }
      }
    }
    group("hosts", embedding.hosts.map(\.name))
    group("nodes", embedding.topology.computers.map(\.name))
    for kind in ManifestNode.Kind.allCases {
      let members = embedding.topology.computers.filter { $0.kind?.rawValue == kind.rawValue }.map(\.name)
      if !members.isEmpty { group(kind.rawValue, members) }
    }
    for host in embedding.hosts where !host.isEmbedded {
      // The names of groups have no hyphens. No node's name begins like a host's.
      let name = "on_\(host.name)".replacing("-", with: "_")
      group(name, host.computers.map { embedding.topology.computers[$0].name })
    }
  }
}
