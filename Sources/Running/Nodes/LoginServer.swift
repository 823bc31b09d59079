internal import CLinux
internal import Glibc
public import SystemPackage

/// The server of ssh in a node: started for each who logs in, as inetd does, so that nodes that nobody logs in to have
/// none, and the node's port 22 stays its own.
public enum LoginServer {
  /// The name of the file of the key that nodes show of themselves.
  public static let hostKey = "host_ed25519"
  /// That of the key that logs in; its public half has `.pub` behind it.
  public static let userKey = "id_ed25519"
  /// Where nodes have these.
  static let directory = "/var/containers/ssh"
  /// Its program.
  public static let program = "/usr/sbin/sshd"
  /// Whether it is there.
  public static var isInstalled: Bool { unsafe access(program, X_OK) == 0 }

  /// What it is told: only keys count, and nothing of the system's own rules for logins.
  static let configuration = """
    HostKey \(directory)/\(hostKey)
    AuthorizedKeysFile \(directory)/\(userKey).pub
    PermitRootLogin prohibit-password
    PubkeyAuthentication yes
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    UsePAM no
    UseDNS no
    StrictModes no
    PrintLastLog no
    PidFile none
    AcceptEnv LANG LC_*
    Subsystem sftp internal-sftp

    """

  /// Starts it in a node.
  ///
  /// - Parameters:
  ///   - process: The node's first process.
  ///   - owner: Whose the node is.
  /// - Returns: The socket to it.
  /// - Throws: What the kernel refuses.
  public static func start(in process: Int32, owner: String) throws(RunningError) -> FileDescriptor {
    var ends: [CInt] = [-1, -1]
    guard unsafe clinux_stream_pair(&ends) == 0 else { throw RunningError(kernel: "can't make a socket") }
    let other = FileDescriptor(rawValue: ends[1])
    defer { try? other.close() }
    let words =
      NodeEntrance.words(into: process) + [
        "/bin/sh", "-c", "mkdir -p /run/sshd && exec \(program) -i -f \(directory)/sshd_config",
      ]
    _ = try SystemProcess(
      SystemCommand.path(of: words[0]), Array(words.dropFirst()),
      environment: SystemCommand.inheritedEnvironment + ["\(HostAgent.ownerVariable)=\(owner)"],
      descriptors: [other, other, FileDescriptor.standardError])
    return FileDescriptor(rawValue: ends[0])
  }

  /// Connects to the one that runs in a virtual machine.
  ///
  /// - Parameters:
  ///   - address: The machine's address on the control network.
  ///   - process: One in a network namespace that the address is reached from.
  /// - Returns: The socket to it.
  /// - Throws: If it isn't reached.
  public static func connect(to address: String, from process: Int32) throws(RunningError) -> FileDescriptor {
    let network = try SystemProcess.networkNamespace(of: process)
    defer { try? network.close() }
    guard let number = IPv4.number(address) else { throw RunningError("\"\(address)\" is no address") }
    let socket = clinux_connect_tcp(network.rawValue, number.bigEndian, 22)
    guard socket >= 0 else { throw RunningError(kernel: "can't connect to \(address)") }
    return FileDescriptor(rawValue: socket)
  }

  /// Hands a socket to the process at the other end of another one, as ssh's `ProxyUseFdpass` wants it.
  ///
  /// - Throws: If nobody takes it.
  public static func hand(_ socket: FileDescriptor, to other: FileDescriptor) throws(RunningError) {
    guard clinux_pass_descriptor(other.rawValue, socket.rawValue) == 0 else {
      throw RunningError(kernel: "this is for ssh to run, which takes the connection (ProxyUseFdpass)")
    }
  }

  /// Writes what nodes need of it to a layer of their files.
  ///
  /// - Parameters:
  ///   - keys: The directory of the experiment's keys.
  ///   - layer: The layer's root.
  /// - Throws: If a file can't be read or written.
  static func write(keysOf keys: String, to layer: String) throws(RunningError) {
    let place = layer + directory
    try TextFile.makeDirectories(place)
    for name in [hostKey, "\(userKey).pub"] {
      try TextFile.write(try TextFile.read("\(keys)/\(name)"), to: "\(place)/\(name)", isPrivate: true)
    }
    try TextFile.write(configuration, to: "\(place)/sshd_config")
    // Without PAM, sshd refuses accounts that are locked against passwords, as root's is on many machines.
    guard let shadow = try? TextFile.read("/etc/shadow"), shadow.hasPrefix("root:!") || shadow.contains("\nroot:!")
    else {
      return
    }
    let lines = shadow.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("root:!") else { return String(line) }
      return "root:*" + line.dropFirst(5).drop { $0 != ":" }
    }
    try TextFile.write(lines.joined(separator: "\n"), to: "\(layer)/etc/shadow", isPrivate: true)
  }
}
