internal import CLinux
internal import Dispatch
internal import Glibc
internal import HostManifests
internal import Synchronization
internal import SystemPackage

/// A node that QEMU runs, in a network namespace where its cards are joined to the networks of the host.
final class VirtualMachine: HostNode {
  /// What runs it, however often it is turned on.
  struct Equipment: Sendable {
    /// The program of the first process.
    var initProgram: String
    /// QEMU's command.
    var command: MachineCommand
    /// Where what its system says goes.
    var console: String
    /// The control group that its processes are in.
    var group: ControlGroup
    /// The variable that says whose it is.
    var owner: String
  }

  private struct Life {
    var state = NodeStatus.State.running
    /// Whether its start command may run: from then on it does at each boot.
    var isReleased = false
    var exitCode: Int?
    var isStartCommandRunning = false
    var notes: [String] = []
    /// What was said to questions that someone waits for.
    var answers: [Int: String] = [:]
    var questionCount = 0
  }

  let node: ManifestNode
  let process: SystemProcess
  let network: FileDescriptor
  let socket: FileDescriptor
  /// Our end of its second serial line.
  private let line: FileDescriptor
  private let equipment: Equipment
  private let life = Mutex(Life())
  /// Open while the machine isn't up.
  private let settled = Gate()
  private let answered = Gate()
  /// What its start command has written.
  private let record = MachineRecord()
  /// Questions are asked one at a time.
  private let turn = DispatchSemaphore(value: 1)

  /// How long a system has to come up, in seconds.
  private static let patience = 600
  /// How long one that is up has to say that it boots again, in seconds.
  private static let rebootPatience = 20

  /// Starts the process that QEMU will be run by, once the networks are there.
  ///
  /// - Parameters:
  ///   - node: What it is.
  ///   - equipment: What runs it.
  ///   - network: The network namespace that it has already, as it is turned on once more; `nil` for one that is to be
  ///     made.
  /// - Throws: What the kernel refuses.
  init(
    _ node: ManifestNode, _ equipment: Equipment, network: FileDescriptor? = nil
  ) throws(RunningError) {
    self.node = node
    self.equipment = equipment
    let command = equipment.command
    let program = SystemCommand.path(of: command.program)
    guard unsafe access(program, X_OK) == 0 else {
      throw RunningError("\(node.name): there is no \(command.program) here: install Debian's qemu-system-x86")
    }
    let (serial, agent) = (try Self.pair(isStream: true), try Self.pair(isStream: false))
    defer { for end in [serial.theirs, agent.theirs] { try? end.close() } }
    (line, socket) = (serial.ours, agent.ours)
    let own: SystemProcess.Namespaces = [.processes, .communication]
    process = try SystemProcess(
      equipment.initProgram, ["--machine", program] + command.arguments,
      environment: SystemCommand.environment + [equipment.owner],
      descriptors: [serial.theirs, nil, FileDescriptor.standardError, agent.theirs],
      namespaces: network == nil ? own.union(.network) : own, network: network)
    if let network {
      self.network = network
    } else {
      self.network = try SystemProcess.networkNamespace(of: process.number)
    }
    try equipment.group.make()
    // What QEMU itself needs, and what it translates programs into.
    try equipment.group.limit(memoryMegabytes: (node.memoryMegabytes ?? MachineCommand.usualMemory) + 1536)
    try equipment.group.add(process.number)
    Threads.start("machine") { [self] in read() }
  }

  /// Its namespace is that of the machine that takes its place, where one does.
  deinit { for end in [line, socket] { try? end.close() } }

  private static func pair(isStream: Bool) throws(RunningError) -> (ours: FileDescriptor, theirs: FileDescriptor) {
    var ends: [CInt] = [-1, -1]
    let status = unsafe isStream ? clinux_stream_pair(&ends) : clinux_socket_pair(&ends)
    guard status == 0 else { throw RunningError(kernel: "can't make a socket") }
    return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  }

  func waitUntilReady() throws(RunningError) {
    guard message() == "ready" else { throw RunningError("\(node.name): its first process ended") }
    if node.isGhost { life.withLock { $0.state = .ghost } }
  }

  /// Turns it on.
  func turnOn() {
    life.withLock { $0.state = .running }
    say("start", to: socket)
  }

  /// Waits until its system is up.
  ///
  /// - Throws: Why it isn't.
  func waitUntilBooted() throws(RunningError) {
    let isSettled = settled.wait(seconds: Self.patience) { life.withLock { $0.state != .running } }
    if isSettled, life.withLock({ $0.state }) == .booted { return }
    let text = (try? TextFile.read(equipment.console)) ?? ""
    let last = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
    let words = last.map { "; the last that its console said: \($0.prefix(200))" } ?? "; its console said nothing"
    throw RunningError(
      isSettled
        ? "\(node.name): QEMU ended with code \(life.withLock { $0.exitCode ?? -1 })\(words)"
        : "\(node.name): its system isn't up after \(Self.patience) seconds\(words)")
  }

  // MARK: What it says

  private func message() -> String {
    let bytes =
      (try? unsafe [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
        count = try unsafe socket.read(into: UnsafeMutableRawBufferPointer(buffer))
      }) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  func listen() -> Bool {
    guard message().isEmpty else { return true }
    life.withLock { life in
      life.state = .dead
      life.isStartCommandRunning = false
      life.exitCode = Int(process.wait())
    }
    settled.open()
    answered.open()
    record.giveUp()
    return false
  }

  /// Takes in what its system says, for as long as it may say something. That is whatever who is root in there likes.
  private func read() {
    var rest: [UInt8] = []
    while true {
      let part = try? unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        count = try unsafe line.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      guard let part, !part.isEmpty else { return }
      rest += part
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        take(String(decoding: rest[..<end], as: UTF8.self))
        rest.removeSubrange(...end)
      }
      if rest.count > 1 << 16 { rest = [] }
    }
  }

  private func take(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 1)
    let rest = words.count > 1 ? String(words[1]) : ""
    let startsCommand = life.withLock { life in
      switch words.first {
      case "booted":
        guard life.state != .dead else { return false }
        life.state = .booted
        return life.isReleased
      case "rebooting": if life.state == .booted { life.state = .running }
      case "note": if life.notes.count < 20 { life.notes.append(String(rest.prefix(400))) }
      case "started": (life.isStartCommandRunning, life.exitCode) = (true, nil)
      case "ended": (life.isStartCommandRunning, life.exitCode) = (false, Int(rest) ?? -1)
      case "pong":
        let parts = rest.split(separator: " ", maxSplits: 1)
        guard let number = parts.first.flatMap({ Int($0) }), life.answers[number] != nil else { return false }
        life.answers[number] = parts.count > 1 ? String(parts[1]) : " "
      default: break
      }
      return false
    }
    if startsCommand { say("start", to: line) }
    switch words.first {
    case "booted", "rebooting": settled.open()
    case "pong": answered.open()
    case "file", "part", "recorded": record.take(words[0], rest)
    default: break
    }
  }

  private func say(_ text: String, to socket: FileDescriptor) {
    let bytes = Array((socket == line ? text + "\n" : text).utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe clinux_write(socket.rawValue, $0.baseAddress, $0.count) }
  }

  // MARK: What it is asked

  func start() {
    let (isGhost, isBooted) = life.withLock { life in
      life.isReleased = true
      return (life.state == .ghost, life.state == .booted)
    }
    if isGhost { turnOn() }
    if isBooted { say("start", to: line) }
  }

  func kill() { life.withLock { if $0.state != .dead { process.kill() } } }

  /// Has its system boot once more, and waits until it is up; then its start command runs again.
  ///
  /// - Returns: Whether there is a system that does: it may be dead, or hang.
  /// - Throws: If it doesn't come up.
  func reboot() throws(RunningError) -> Bool {
    guard life.withLock({ $0.state == .booted }) else { return false }
    say("reboot", to: line)
    let isHeard = settled.wait(seconds: Self.rebootPatience) { life.withLock { $0.state != .booted } }
    guard isHeard, life.withLock({ $0.state }) != .dead else { return false }
    try waitUntilBooted()
    return true
  }

  /// Turns it off, and makes a machine that takes its place, on its disk and in its networks. That isn't turned on.
  ///
  /// - Throws: What the kernel refuses.
  func replacement() throws(RunningError) -> VirtualMachine {
    kill()
    // Whoever listens to it takes in its end.
    guard settled.wait(seconds: Self.patience, until: { life.withLock { $0.state == .dead } }) else {
      throw RunningError("\(node.name) can't be turned off")
    }
    return try VirtualMachine(node, equipment, network: network)
  }

  func startCommandRecord(limit: Int) throws(RunningError) -> StartCommandRecord {
    let isUp = life.withLock { $0.state == .booted }
    let found =
      isUp
      ? record.ask(limit: limit, while: { life.withLock { $0.state == .booted } }, { say($0, to: line) })
      : record.known
    guard let found else {
      throw RunningError(
        isUp
          ? "\(node.name) is busy: it doesn't say what its start command has written"
          : "\(node.name) isn't up: what its start command has written can't be read")
    }
    return found
  }

  /// Has its system ask another node, with `ping`.
  ///
  /// - Parameters:
  ///   - probe: The question.
  ///   - count: How often.
  ///   - interval: The pause between packets, in ms.
  /// - Returns: What `ping` says; `nil` where it says nothing in time.
  func ping(_ probe: Probe, count: Int, interval: Double) -> String? {
    turn.wait()
    defer { turn.signal() }
    let wait = Int((probe.expectedMilliseconds ?? 0) * 2 / 1000) + 1
    let number = life.withLock { life in
      life.questionCount += 1
      life.answers[life.questionCount] = ""
      return life.questionCount
    }
    let source = probe.source ?? node.interfaces.first?.address ?? node.control?.address ?? "0.0.0.0"
    // The IP header takes 20 bytes, and that of ICMP 8.
    say(
      "ping \(number) \(source) \(probe.target) \(probe.size - 28) \(count) \(interval / 1000) \(wait)", to: line)
    let patience = Int(Double(count) * interval / 1000) + 2 * wait + 30
    _ = answered.wait(seconds: patience) {
      life.withLock { $0.answers[number] != "" || $0.state != .booted }
    }
    return life.withLock { $0.answers.removeValue(forKey: number) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  func waitUntilGone() {
    if life.withLock({ $0.state != .dead }) { process.wait() }
  }

  var isGhost: Bool { life.withLock { $0.state == .ghost } }

  var status: NodeStatus {
    life.withLock { life in
      NodeStatus(
        node: node.name, kind: node.kind.rawValue, state: life.state, exitCode: life.exitCode,
        isStartCommandRunning: life.isStartCommandRunning, process: process.number, notes: life.notes)
    }
  }
}
