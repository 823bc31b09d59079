internal import CLinux
internal import Dispatch
internal import Glibc
public import HostManifests
internal import Synchronization
internal import SystemPackage

/// Brings up the nodes of one host from its manifest, and keeps them until this process ends: then the kernel ends
/// their processes, and with these go their namespaces, interfaces and file systems.
public final class HostAgent: Sendable {
  /// What the manifest leaves to the place where it is brought up.
  public struct Surroundings: Sendable {
    /// The interface that leads to other hosts; `nil` where there is none.
    public var uplink: String?
    /// The addresses of other hosts, by name.
    public var peers: [String: String]
    /// The largest packet between hosts in bytes; `nil` for what the manifest supposes.
    public var underlayPacketSize: Int?
    /// The directory that nodes see as `/var/containers/config`; `nil` for none.
    public var configuration: String?
    /// The directory of the keys of those who may log in to nodes; `nil` where nobody may.
    public var keys: String?
    /// The program of the first process of light containers.
    public var initProgram: String
    /// What virtual machines need.
    public var machines: MachineSurroundings
    /// Whose all of it is: the name of the experiment and of the tree that it is in.
    public var owner: String

    /// Surroundings.
    public init(
      uplink: String?, peers: [String: String], underlayPacketSize: Int?, configuration: String?, initProgram: String,
      machines: MachineSurroundings, owner: String, keys: String? = nil
    ) {
      self.uplink = uplink
      self.underlayPacketSize = underlayPacketSize
      self.peers = peers
      self.configuration = configuration
      self.initProgram = initProgram
      self.machines = machines
      self.owner = owner
      self.keys = keys
    }
  }

  /// The variable of the environment that says whose a process is.
  public static let ownerVariable = "CONTAINERIZE_OWNER"

  private enum Phase {
    case starting
    case up(fallbacks: [String])
    case failed(String)
  }

  private let manifest: HostManifest
  private let surroundings: Surroundings
  private let phase = Mutex(Phase.starting)
  /// The nodes, and after them the host, where it is none of them itself: somebody may want to look at it.
  private let nodes = Mutex<[any HostNode]>([])
  /// What their files are made of.
  private let layers = Mutex<NodeLayers?>(nil)
  /// Where their first processes are listened to.
  private let epoll = clinux_epoll_create()
  /// Held while a node boots once more.
  private let rebooting = Mutex(())
  private let plan = Mutex<NetworkPlan?>(nil)
  /// Opens when the nodes are there, or can't be.
  private let settled = DispatchSemaphore(value: 0)

  /// An agent.
  ///
  /// - Throws: What is wrong with the manifest.
  public init(_ manifest: HostManifest, _ surroundings: Surroundings) throws(RunningError) {
    try manifest.check()
    self.manifest = manifest
    self.surroundings = surroundings
  }

  /// Keeps what this process mounts from being seen elsewhere, and signals that ask it to end for ``wait()``. To be
  /// called before there are threads.
  ///
  /// - Throws: What the kernel refuses.
  public static func prepareProcess() throws(RunningError) {
    EndingSignals.block()
    guard clinux_private_mounts() == 0 else {
      throw RunningError(kernel: "can't make namespaces: run this as root")
    }
  }

  /// Brings up the nodes.
  ///
  /// - Returns: What the host does in place of what it can't.
  /// - Throws: Why it can't; then this process is to end.
  public func bringUp() throws(RunningError) -> [String] {
    do throws(RunningError) {
      let capabilities = HostCapabilities.probed()
      try require(capabilities)
      let raised = NeighbourLimit.raise(for: NeighbourLimit.needed(for: [manifest]))
      var fallbacks = capabilities.fallbacks + (raised.map { [$0] } ?? [])
      if try makeNodes() == .tcg { fallbacks.append(Accelerator.fallback) }
      try makeNetworks(capabilities)
      Threads.start("nodes") { [self] in watch() }
      try boot()
      settle(.up(fallbacks: fallbacks))
      return fallbacks
    } catch {
      takeDown()
      settle(.failed(error.description))
      throw error
    }
  }

  private func settle(_ phase: Phase) {
    self.phase.withLock { $0 = phase }
    settled.signal()
  }

  private func require(_ capabilities: HostCapabilities) throws(RunningError) {
    let missing = capabilities.lacks(for: manifest)
    guard missing.isEmpty else {
      throw RunningError("\(manifest.host.name) has no \(missing.joined(separator: ", no "))")
    }
  }

  // MARK: Nodes

  /// Makes the nodes.
  ///
  /// - Returns: What runs the processors of virtual machines; `nil` where there are none.
  private func makeNodes() throws(RunningError) -> Accelerator? {
    let layers = try NodeLayers(manifest, keys: surroundings.keys)
    self.layers.withLock { $0 = layers }
    let hasMachines = manifest.nodes.contains { $0.kind == .qemu }
    let factory = hasMachines ? try MachineFactory(manifest, surroundings) : nil
    for node in manifest.nodes + (manifest.nodes.contains { $0.kind == .embedded } ? [] : [manifest.hostAsNode]) {
      let made: any HostNode
      if node.kind == .qemu, let factory {
        made = try factory.make(node, group: ControlGroup(groupName(of: node.name)))
      } else {
        made = try container(node, layers, network: nil)
      }
      nodes.withLock { $0.append(made) }
    }
    for node in nodes.withLock({ $0 }) { try node.waitUntilReady() }
    return factory?.accelerator
  }

  /// The virtual machines among the nodes.
  private var machines: [VirtualMachine] { nodes.withLock { $0 }.compactMap { $0 as? VirtualMachine } }

  /// Turns virtual machines on, and waits until they are up.
  private func boot() throws(RunningError) {
    let machines = machines.filter { !$0.isGhost }
    for machine in machines { machine.turnOn() }
    for machine in machines { try machine.waitUntilBooted() }
  }

  private func container(
    _ node: ManifestNode, _ layers: NodeLayers, network: FileDescriptor?
  ) throws(RunningError) -> LightContainer {
    let templates = surroundings.machines.images.map { Templates(directory: $0, owner: surroundings.owner) }
    let template = try templates?.root(of: node, on: manifest.host)
    return try LightContainer(
      node, initProgram: surroundings.initProgram, layers: (layers, template),
      configuration: surroundings.configuration ?? "",
      group: ControlGroup(groupName(of: node.name)),
      environment: ["\(Self.ownerVariable)=\(surroundings.owner)"]
        + (manifest.environment ?? []).map { "START:\($0.name)=\($0.value)" }, network: network)
  }

  // MARK: Networks

  private func makeNetworks(_ capabilities: HostCapabilities) throws(RunningError) {
    let nodes = nodes.withLock { $0 }
    let plan = try NetworkPlan(
      manifest,
      NetworkPlan.Circumstances(
        processes: nodes.map(\.process.number), capabilities: capabilities, uplink: surroundings.uplink,
        peers: surroundings.peers, underlayPacketSize: surroundings.underlayPacketSize))
    let taps = try plan.taps.map { tap throws(RunningError) in
      let network: CInt = if case .node(let index) = tap.place { nodes[index].network.rawValue } else { -1 }
      let number = unsafe clinux_tap(network, tap.name)
      guard number >= 0 else { throw RunningError(kernel: "can't make the TAP interface \(tap.name)") }
      return FileDescriptor(rawValue: number)
    }
    try SystemCommand.batch(.ip, plan.hostCommands)
    try SystemCommand.batch(.bridge, plan.tunnelTargets)
    try SystemCommand.batch(.tc, plan.hostShaping)
    try inParallel(manifest.nodes.count) { index throws(RunningError) in
      try SystemCommand.batch(.ip, plan.nodeCommands[index], in: nodes[index].network)
      try SystemCommand.batch(.tc, plan.nodeShaping[index], in: nodes[index].network)
    }
    if !plan.paths.isEmpty {
      try Relay(
        plan.paths.enumerated().map { index, path in
          Relay.Path(
            source: taps[path.source], target: taps[path.target], lanes: path.lanes, neighbours: path.neighbours,
            reverse: index ^ 1)
        }
      ).start()
    }
    self.plan.withLock { $0 = plan }
  }

  /// Does something so many times, several at once.
  ///
  /// - Throws: What the first that fails throws.
  private func inParallel(_ count: Int, _ body: @Sendable (Int) throws(RunningError) -> Void) throws(RunningError) {
    let failure = Mutex<(index: Int, error: RunningError)?>(nil)
    DispatchQueue.concurrentPerform(iterations: count) { index in
      do throws(RunningError) {
        try body(index)
      } catch {
        failure.withLock { if ($0?.index ?? .max) > index { $0 = (index, error) } }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
  }

  // MARK: Life

  /// Takes in what nodes say, for as long as there are any.
  private func watch() {
    for (index, node) in nodes.withLock({ $0 }).enumerated() {
      _ = clinux_epoll_add(epoll, node.socket.rawValue, UInt32(index))
    }
    var ready = [UInt32](repeating: 0, count: 64)
    while true {
      let count = unsafe clinux_epoll_wait(epoll, &ready, CInt(ready.count), -1)
      for index in ready.prefix(Int(max(0, count))) {
        let node = nodes.withLock { $0[Int(index)] }
        guard !node.listen() else { continue }
        _ = clinux_epoll_remove(epoll, node.socket.rawValue)
        (node as? LightContainer)?.forget()
      }
    }
  }

  /// Runs the start commands of all nodes but ghosts.
  public func start() { for node in nodes.withLock({ $0 }) where !node.isGhost { node.start() } }

  /// Waits until this process is asked to end, and takes down what was brought up.
  public func wait() {
    EndingSignals.wait()
    takeDown()
  }

  /// Ends the nodes, and waits until they are gone.
  func takeDown() {
    let nodes = nodes.withLock { $0 }
    for node in nodes { node.kill() }
    for node in nodes { node.waitUntilGone() }
    ControlGroup(groupName(of: nil)).remove()
  }

  /// The control group of the host, or of one of its nodes.
  private func groupName(of node: String?) -> [String] {
    [surroundings.groupName, manifest.host.name] + (node.map { [$0] } ?? [])
  }

  /// Answers a request.
  func reply(to request: AgentRequest) -> AgentReply {
    do throws(RunningError) {
      switch request {
      case .ready:
        settled.wait()
        settled.signal()
        switch phase.withLock({ $0 }) {
        case .starting: preconditionFailure("neither up nor failed, and settled")
        case .up(let fallbacks): return .ready(fallbacks: fallbacks)
        case .failed(let reason): return .failed(reason)
        }
      case .status: return .status(nodes.withLock { $0 }.map(\.status))
      case .measure(let probes): return .measured(try answers(to: probes))
      case .start:
        start()
        return .done
      case .startGhost(let name):
        try startGhost(name)
        return .done
      case .reboot(let name):
        try reboot(name)
        return .done
      case .startCommandRecord(let name, let limit):
        guard let node = nodes.withLock({ $0 }).first(where: { $0.node.name == name }) else {
          throw RunningError("there is no node \(name) on \(manifest.host.name)")
        }
        return .startCommandRecord(try node.startCommandRecord(limit: limit))
      }
    } catch {
      return .failed(error.description)
    }
  }

  /// Boots a node once more, whether it is dead or not: what it has written stays but for `/tmp` and `/run`, its
  /// addresses and routes are those of the manifest, and its start command runs again.
  private func reboot(_ name: String) throws(RunningError) {
    try rebooting.withLock { _ throws(RunningError) in
      let nodes = nodes.withLock { $0 }
      guard let index = manifest.nodes.firstIndex(where: { $0.name == name }), nodes.indices.contains(index),
        let plan = plan.withLock({ $0 }), let layers = layers.withLock({ $0 })
      else { throw RunningError("there is no node \(name) on \(manifest.host.name)") }
      guard !nodes[index].isGhost else { throw RunningError("\(name) is a ghost: start it first") }
      if let machine = nodes[index] as? VirtualMachine {
        if try machine.reboot() { return }
        let replacement = try machine.replacement()
        try replace(index, by: replacement)
        replacement.turnOn()
        replacement.start()
        try replacement.waitUntilBooted()
      } else if let old = nodes[index] as? LightContainer {
        old.shutDown()
        try SystemCommand.batch(.ip, plan.resettingCommands(of: index), in: nodes[index].network)
        let container = try container(manifest.nodes[index], layers, network: nodes[index].network)
        try replace(index, by: container)
        container.start()
      }
    }
  }

  /// Puts a node in the place of one that has ended.
  private func replace(_ index: Int, by node: any HostNode) throws(RunningError) {
    try node.waitUntilReady()
    nodes.withLock { $0[index] = node }
    _ = clinux_epoll_add(epoll, node.socket.rawValue, UInt32(index))
  }

  /// The answers to probes, in their order.
  private func answers(to probes: [Probe]) throws(RunningError) -> [Measurement] {
    let machines = Dictionary(machines.map { ($0.node.name, $0) }) { first, _ in first }
    let networks = nodes.withLock { $0 }.map { ($0.node.name, $0.network) }
    let others = probes.indices.filter { machines[probes[$0].node] == nil }
    var answers = probes.map { _ in Measurement() }
    let found = try Pinger.answers(
      to: others.map { probes[$0] }, networks: Dictionary(networks) { first, _ in first })
    for (index, answer) in zip(others, found) { answers[index] = answer }
    for (index, answer) in MachinePinger.answers(to: probes, machines) { answers[index] = answer }
    return answers
  }

  private func startGhost(_ name: String) throws(RunningError) {
    let nodes = nodes.withLock { $0 }
    guard let index = nodes.firstIndex(where: { $0.node.name == name }) else {
      throw RunningError("there is no node \(name) on \(manifest.host.name)")
    }
    guard nodes[index].isGhost, let plan = plan.withLock({ $0 }) else {
      throw RunningError("\(name) is no ghost, or was started already")
    }
    try SystemCommand.batch(.ip, plan.ghostCommands(of: index), in: nodes[index].network)
    nodes[index].start()
  }
}

extension HostManifest {
  /// The host as somebody sees it who logs in to it.
  fileprivate var hostAsNode: ManifestNode {
    ManifestNode(
      name: host.name, kind: .embedded, image: nil, operatingSystem: nil, architecture: nil, memoryMegabytes: nil,
      diskMegabytes: nil, isGhost: false, startCommand: nil, packages: [], control: nil, interfaces: [], routes: [])
  }
}

extension HostAgent.Surroundings {
  /// The outermost control group of the experiment, of the same name for all of its hosts.
  public var groupName: String { Self.groupName(ofOwner: owner) }

  /// The control group of what somebody owns: owners are paths, which names of groups can't be.
  ///
  /// > G. Fowler, L. C. Noll, P. Vo: FNV-1a.
  public static func groupName(ofOwner owner: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in owner.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
  }
}
