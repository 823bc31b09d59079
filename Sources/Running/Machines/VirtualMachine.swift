internal import CLinux
internal import Dispatch
internal import Glibc
internal import HostManifests
internal import Synchronization
internal import SystemPackage

/// A node that QEMU runs, in a network namespace where its cards are joined to the networks of the host.
final class VirtualMachine: HostNode {
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
  private let console: String
  private let life = Mutex(Life())
  /// Open while the machine isn't up.
  private let settled = Gate()
  private let answered = Gate()
  /// Questions are asked one at a time.
  private let turn = DispatchSemaphore(value: 1)

  /// How long a system has to come up, in seconds.
  private static let patience = 600

  /// Starts the process that QEMU will be run by, once the networks are there.
  ///
  /// - Parameters:
  ///   - node: What it is.
  ///   - initProgram: The program of the first process.
  ///   - command: QEMU's.
  ///   - console: Where what its system says goes.
  ///   - group: The control group that its processes are in.
  ///   - owner: The variable that says whose it is.
  /// - Throws: What the kernel refuses.
  init(
    _ node: ManifestNode, initProgram: String, command: MachineCommand, console: String, group: ControlGroup,
    owner: String
  ) throws(RunningError) {
    self.node = node
    self.console = console
    let program = SystemCommand.path(of: command.program)
    guard unsafe access(program, X_OK) == 0 else {
      throw RunningError("\(node.name): there is no \(command.program) here: install Debian's qemu-system-x86")
    }
    let (serial, agent) = (try Self.pair(isStream: true), try Self.pair(isStream: false))
    defer { for end in [serial.theirs, agent.theirs] { try? end.close() } }
    (line, socket) = (serial.ours, agent.ours)
    process = try SystemProcess(
      initProgram, ["--machine", program] + command.arguments, environment: SystemCommand.environment + [owner],
      descriptors: [serial.theirs, nil, FileDescriptor.standardError, agent.theirs],
      namespaces: [.network, .processes, .communication])
    network = try SystemProcess.networkNamespace(of: process.number)
    try group.make()
    // What QEMU itself needs, and what it translates programs into.
    try group.limit(memoryMegabytes: (node.memoryMegabytes ?? MachineCommand.usualMemory) + 1536)
    try group.add(process.number)
    Threads.start("machine") { [self] in read() }
  }

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
    let text = (try? TextFile.read(console)) ?? ""
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
    if words.first == "booted" { settled.open() }
    if words.first == "pong" { answered.open() }
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
  /// - Throws: If it isn't up, or doesn't come up.
  func reboot() throws(RunningError) {
    let isUp = life.withLock { life in
      guard life.state == .booted else { return false }
      life.state = .running
      return true
    }
    guard isUp else {
      throw RunningError("\(node.name) isn't up: a virtual machine that is dead is swapped out and in")
    }
    say("reboot", to: line)
    try waitUntilBooted()
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
