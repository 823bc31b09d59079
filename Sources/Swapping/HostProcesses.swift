internal import Glibc
internal import HostManifests
internal import Running
internal import Synchronization
internal import SystemPackage
internal import Testbed

/// The hosts of an experiment on this machine: a network namespace each, which an agent works in, joined by a bridge
/// in one more that plays the testbed's switch.
final class HostProcesses: Sendable {
  /// The interface of a host that leads to the switch.
  private static let uplink = "uplink"
  /// Larger than what tunnels make of the largest packets of nodes.
  static let linkSize = 9000
  /// The most ports of a bridge.
  private static let greatestHostCount = 1000

  private let files: ExperimentFiles
  private let programs: FilePath
  private let images: FilePath
  private let isGivenUp = Mutex(false)

  /// Hosts.
  ///
  /// - Parameters:
  ///   - files: The experiment.
  ///   - programs: The directory of our programs.
  ///   - images: The directory of images.
  init(_ files: ExperimentFiles, programs: FilePath, images: FilePath) {
    self.files = files
    self.programs = programs
    self.images = images
  }

  /// Whether a process of an experiment holds the namespace of its switch.
  static func isFabric(_ process: Int32) -> Bool {
    let words = try? TextFile.bytes(of: "/proc/\(process)/cmdline").split(separator: 0)
    return words?.last.map { String(decoding: $0, as: UTF8.self) } == hold
  }

  private static let hold = "--hold"

  /// Starts nothing any more.
  func giveUp() { isGivenUp.withLock { $0 = true } }

  /// Starts a process that belongs to the experiment, unless it was given up.
  private func start(
    _ program: String, _ arguments: [String], descriptors: [FileDescriptor?] = [],
    namespaces: SystemProcess.Namespaces, gate: FileDescriptor? = nil
  ) throws(RunningError) -> SystemProcess {
    try isGivenUp.withLock { isGivenUp throws(RunningError) in
      guard !isGivenUp else { throw RunningError("swapping in was given up") }
      return try SystemProcess(
        programs.appending(program).string, arguments,
        environment: SystemCommand.inheritedEnvironment + ["\(HostAgent.ownerVariable)=\(files.owner)"],
        descriptors: descriptors, namespaces: namespaces, gate: gate)
    }
  }

  /// Starts the agents.
  ///
  /// - Parameters:
  ///   - manifests: Their hosts.
  ///   - accelerator: What runs the processors of virtual machines; `nil` where there are none.
  /// - Returns: Their processes, in the order of the manifests.
  /// - Throws: What can't be done.
  func start(_ manifests: [HostManifest], _ accelerator: Accelerator?) throws(RunningError) -> [SystemProcess] {
    guard manifests.count <= Self.greatestHostCount else {
      throw RunningError(
        "\(manifests.count) hosts are more than one machine's switch has ports: \(Self.greatestHostCount)")
    }
    let peers = manifests.compactMap { manifest in manifest.control.address.map { "\(manifest.host.name) \($0)\n" } }
    let peersFile = files.run.appending("peers").string
    try TextFile.write(peers.joined(), to: peersFile)

    let fabric = try start("container_init", [Self.hold], namespaces: [.network])
    // The agents begin when their interfaces are there.
    let gate: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    do { gate = try FileDescriptor.pipe() } catch { throw RunningError("no pipe: \(error)") }
    defer {
      try? gate.readEnd.close()
      try? gate.writeEnd.close()
    }
    var hosts: [SystemProcess] = []
    for manifest in manifests {
      hosts.append(try startAgent(of: manifest, accelerator, peersFile: peersFile, gate: gate.readEnd))
    }
    try connect(hosts, to: fabric)
    let bytes = [UInt8](repeating: 1, count: hosts.count)
    do { try gate.writeEnd.writeAll(bytes) } catch { throw RunningError("no pipe: \(error)") }
    return hosts
  }

  private func startAgent(
    of manifest: HostManifest, _ accelerator: Accelerator?, peersFile: String, gate: FileDescriptor
  ) throws(RunningError) -> SystemProcess {
    let host = manifest.host.name
    let log: FileDescriptor
    do {
      log = try FileDescriptor.open(
        files.run.appending("\(host).log"), .writeOnly, options: [.create, .append, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw RunningError("no log for \(host): \("\(error)".lowercased())")
    }
    defer { try? log.close() }
    let machines = accelerator.map { accelerator in
      [
        "--disks", files.disks(of: host), "--accelerator", accelerator.rawValue,
      ]
    }
    return try start(
      "hypervisor",
      (machines ?? []) + [
        "--images", images.string, "--uplink", Self.uplink, "--peers", peersFile, "--underlay-mtu", "\(Self.linkSize)",
        "--configuration",
        files.configuration.string,
        "--socket", files.run.appending("\(host).sock").string, "--owner", files.owner,
      ] + (FileTree.exists(files.keys) ? ["--keys", files.keys.string] : []) + [files.manifestFile(of: host)],
      descriptors: [nil, log, log], namespaces: [.network, .hostName], gate: gate)
  }

  private func connect(_ hosts: [SystemProcess], to fabric: SystemProcess) throws(RunningError) {
    let network = try SystemProcess.networkNamespace(of: fabric.number)
    defer { try? network.close() }
    var commands = [
      "link add name switch mtu \(Self.linkSize) type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
      "link set dev switch mtu \(Self.linkSize) up",
    ]
    for (index, host) in hosts.enumerated() {
      commands.append(
        "link add name h\(index) mtu \(Self.linkSize) type veth peer name \(Self.uplink) mtu \(Self.linkSize) "
          + "netns \(host.number)")
      commands.append("link set dev h\(index) master switch up")
    }
    try SystemCommand.batch(.ip, commands, in: network)
  }

  /// Waits until an agent has brought up its nodes.
  ///
  /// - Returns: What its host does in place of what it can't.
  /// - Throws: Why it can't bring them up.
  func waitUntilUp(_ host: String, _ process: SystemProcess) throws(RunningError) -> [String] {
    let agent = files.agent(of: host)
    while !agent.isThere {
      if process.exitCode != nil {
        throw RunningError("\(host): \(files.lastWords(of: host) ?? "its agent ended without a word")")
      }
      usleep(5000)
    }
    do throws(RunningError) {
      guard case .ready(let fallbacks) = try agent.ask(.ready) else { return [] }
      return fallbacks
    } catch {
      // One that can't bring them up ends, maybe before it has answered: why is in its log by then.
      throw RunningError("\(host): \(files.reasonForEnding(of: host) ?? error.description)")
    }
  }
}
