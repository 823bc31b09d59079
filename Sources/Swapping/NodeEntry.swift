public import Running

/// How a program gets into a node.
public enum NodeEntry: Sendable {
  /// Into the namespaces of a process, and the node's control group.
  case namespaces(process: Int32, group: ControlGroup)
  /// By ssh: from the network namespace of a process to an address, with the keys of a directory.
  case login(network: Int32, address: String, keys: String)
}
