/// The attribute names that mean something to us.
public enum AttributeName {
  // Of computers, from the testbed.

  /// What to do when the computer fails: `fatal` or `nonfatal`.
  public static let failureAction = "failureaction"
  /// The start command.
  public static let startup = "startup"
  /// The hardware type.
  public static let hardwareType = "type"
  /// Of an operating system: the testbed's name for it.
  public static let osid = "osid"

  // Of computers, from Containers.

  /// The container kind: a ``ContainerKind``.
  public static let nodeType = "containers:node_type"
  /// The partition: computers of the same partition share a host.
  public static let partition = "containers:partition"
  /// The packing pass: an integer.
  public static let partitionPass = "containers:PartitionPass"
  /// The file system template of an openvz container.
  public static let openvzTemplate = "containers:openvz_template"
  /// The disk of an openvz container: a number with `G` or `M`, or disk blocks.
  public static let openvzDiskspace = "containers:openvz_diskspace"
  /// The image of a qemu node: a URL.
  public static let qemuURL = "containers:qemu_url"
  /// The older name of ``qemuURL``.
  public static let maverickURL = "containers:maverick_url"
  /// The architecture of a qemu node: `i386` or `x86_64`.
  public static let qemuArchitecture = "containers:qemu_arch"
  /// The memory of a node in MB (ours; the documentation has none).
  public static let memory = "containers:memory"
  /// `true` where the node's resources are made but the node isn't started.
  public static let ghost = "containers:ghost"

  /// A route by hand: a destination (a node, link or LAN) and the next hop, both by name. May be repeated.
  public static let route = "route"

  // Of interfaces.

  /// The IPv4 address.
  public static let address = "ip4_address"
  /// The IPv4 netmask.
  public static let netmask = "ip4_netmask"
  /// Of an interface: the part of the packets lost on the way to the substrate; of a substrate: on the whole way
  /// between two of its computers. 0 to 1.
  public static let loss = "loss"
  /// The rate from the substrate to the computer, in kb/s, where it differs from the interface's capacity; 0 for any.
  public static let reverseCapacity = "reverse_capacity"
  /// The delay from the substrate to the computer, in ms, where it differs from the interface's latency.
  public static let reverseLatency = "reverse_latency"
  /// The loss from the substrate to the computer, where it differs from the interface's loss.
  public static let reverseLoss = "reverse_loss"

  // Of topologies.

  /// The routing protocol of an NS-2 file's `rtproto`: `none`, `static`, `ospf`, `manual`, ….
  public static let routing = "rtproto"
}
