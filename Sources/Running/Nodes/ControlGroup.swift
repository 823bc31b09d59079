internal import Glibc
internal import SystemPackage

/// The control groups of an experiment on this machine: limits for a node, and which processes are in it.
///
/// The names are made from the experiment's, so that whoever removes the experiment finds them.
public struct ControlGroup: Sendable {
  private static let root = "/sys/fs/cgroup"
  /// The controllers of version 1 that are used.
  private static let controllers = ["memory", "pids", "cpu"]
  /// Below which all of ours are.
  private static let top = "containerize"
  /// The most processes and threads of a node, so that one that forks for ever harms only itself.
  private static let greatestProcessCount = 4096

  /// Which version there is, with what is needed.
  static let version: HostCapabilities.ControlGroupVersion = {
    if let text = try? TextFile.read("\(root)/cgroup.controllers"), text.contains("memory"), text.contains("pids") {
      return unsafe access(root, W_OK) == 0 ? .v2 : .none
    }
    return unsafe access("\(root)/memory/cgroup.procs", W_OK) == 0 && access("\(root)/pids/cgroup.procs", W_OK) == 0
      ? .v1 : .none
  }()

  /// The directories of a group, one for each hierarchy.
  private let directories: [String]

  /// The group of an experiment, or one in it.
  ///
  /// - Parameter name: The parts of its name, outermost first.
  public init(_ name: [String]) {
    let path = ([Self.top] + name).joined(separator: "/")
    switch Self.version {
    case .none: directories = []
    case .v1:
      directories = Self.controllers.map { "\(Self.root)/\($0)/\(path)" }
    case .v2: directories = ["\(Self.root)/\(path)"]
    }
  }

  /// Makes it and those that it is in.
  ///
  /// - Throws: What the kernel refuses.
  public func make() throws(RunningError) {
    for directory in directories {
      if Self.version == .v2 { delegate(above: directory) }
      try TextFile.makeDirectories(directory)
    }
  }

  /// Version 2 has controllers only where the group above hands them on.
  private func delegate(above directory: String) {
    var path = Self.root
    for part in directory.dropFirst(Self.root.count).split(separator: "/").dropLast() {
      try? TextFile.write("+memory +pids +cpu", to: "\(path)/cgroup.subtree_control")
      path += "/\(part)"
      _ = unsafe mkdir(path, 0o755)
    }
    try? TextFile.write("+memory +pids +cpu", to: "\(path)/cgroup.subtree_control")
  }

  /// Puts a process in it, with those that it starts from now on.
  ///
  /// - Throws: What the kernel refuses.
  public func add(_ process: Int32) throws(RunningError) {
    for directory in directories { try TextFile.write("\(process)\n", to: "\(directory)/cgroup.procs") }
  }

  /// Limits what its processes use.
  ///
  /// - Throws: What the kernel refuses.
  func limit(memoryMegabytes: Int?) throws(RunningError) {
    for directory in directories {
      let isMemory = Self.version == .v2 || directory.hasPrefix("\(Self.root)/memory/")
      let isProcesses = Self.version == .v2 || directory.hasPrefix("\(Self.root)/pids/")
      if isProcesses { try TextFile.write("\(Self.greatestProcessCount)\n", to: "\(directory)/pids.max") }
      guard let memoryMegabytes, isMemory else { continue }
      let file = Self.version == .v2 ? "memory.max" : "memory.limit_in_bytes"
      try TextFile.write("\(memoryMegabytes << 20)\n", to: "\(directory)/\(file)")
    }
  }

  /// Removes it and those in it, where nothing runs in them any more.
  public func remove() {
    for directory in directories {
      Self.remove(directory)
      // Those around it go with the last that is in them.
      var above = FilePath(directory).removingLastComponent()
      while above.string.contains("/\(Self.top)"), unsafe rmdir(above.string) == 0 {
        above = above.removingLastComponent()
      }
    }
  }

  /// Whether there is anything left of it.
  public var exists: Bool { directories.contains { unsafe access($0, F_OK) == 0 } }

  private static func remove(_ directory: String) {
    guard let listing = unsafe opendir(directory) else { return }
    defer { unsafe closedir(listing) }
    while let entry = unsafe readdir(listing) {
      guard unsafe entry.pointee.d_type == UInt8(DT_DIR) else { continue }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { remove("\(directory)/\(name)") }
    }
    _ = unsafe rmdir(directory)
  }
}
