internal import CLinux
internal import Glibc
internal import HostManifests

/// The file systems of a host's nodes: the host's own or a template, which they only read, under a layer that all of them
/// share and one for what each writes, in memory.
///
/// The layers are in a file system that only this process and its nodes see, and which goes with them.
struct NodeLayers {
  /// Where that file system is seen; nodes see the host's directory.
  static let place = "/mnt"
  private static let variables = "/var/containers"

  /// Makes the layers.
  ///
  /// - Parameters:
  ///   - manifest: What the host is.
  ///   - keys: The directory of the keys of those who may log in; `nil` where nobody may.
  /// - Throws: What the kernel refuses.
  init(_ manifest: HostManifest, keys: String?) throws(RunningError) {
    guard unsafe clinux_mount_tmpfs(Self.place, "mode=755,size=50%") == 0 else {
      throw RunningError(kernel: "can't make a file system in memory")
    }
    let common = "\(Self.place)/common"
    try TextFile.makeDirectories("\(common)/etc")
    try TextFile.makeDirectories("\(common)\(Self.variables)/config")
    try TextFile.makeDirectories("\(common)\(Self.variables)/log")
    try TextFile.write(Self.hosts(manifest.names), to: "\(common)/etc/hosts")
    try TextFile.write("\(manifest.project)\n", to: "\(common)\(Self.variables)/pid")
    try TextFile.write("\(manifest.experiment)\n", to: "\(common)\(Self.variables)/eid")
    if let keys { try LoginServer.write(keysOf: keys, to: common) }
    guard unsafe symlink("containers", "\(common)/var/benito") == 0 else {
      throw RunningError(kernel: "can't make /var/benito")
    }
  }

  /// Where a node keeps what its start command writes, whether it is alive or not.
  static func logs(of node: String) -> WrittenFiles {
    WrittenFiles(layer: "\(place)/\(node)/upper", directory: "\(variables)/log")
  }

  /// What `/etc/hosts` says in nodes.
  static func hosts(_ names: [NameEntry]) -> String {
    var text = "127.0.0.1\tlocalhost loghost\n"
    for entry in names { text += "\(entry.address)\t\(entry.names.joined(separator: " "))\n" }
    return text
  }

  /// Makes the layer of a node.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - template: The directory of its template; `nil` where it sees the host's files.
  /// - Returns: What its first process is told of it: the layers that are read and that is written, the kernel's own
  ///   directory, and where to mount them.
  /// - Throws: What the kernel refuses.
  func make(for node: ManifestNode, template: String?) throws(RunningError) -> [String] {
    let directory = "\(Self.place)/\(node.name)"
    for part in ["upper/etc", "work", "root"] { try TextFile.makeDirectories("\(directory)/\(part)") }
    try TextFile.write("\(node.name)\n", to: "\(directory)/upper/etc/hostname")
    var lower = "/"
    if let template {
      // The names of layers have no colons.
      lower = "\(directory)/template"
      guard unsafe symlink(template, lower) == 0 || errno == EEXIST else {
        throw RunningError(kernel: "can't make \(lower)")
      }
      // Where programs begin, and start commands.
      try TextFile.makeDirectories("\(directory)/upper/root")
    }
    return ["\(Self.place)/common:\(lower)", "\(directory)/upper", "\(directory)/work", "\(directory)/root"]
  }
}
