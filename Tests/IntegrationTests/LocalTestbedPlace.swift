import Foundation
import Running
import TestSupport
import Testing

/// A testbed of its own, on the real machine; what is swapped in there is swapped out at the end, whatever happens.
struct LocalTestbedPlace: Sendable {
  /// Where its files are.
  let url: URL

  /// What programs here are run with.
  var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return ["CONTAINERIZE_HOME": url.appending(path: "home").path, "PATH": "\(Program.directory):\(path)"]
  }

  /// Does something in a testbed, and makes sure that nothing is left of it.
  static func with(_ body: (Self) async throws -> Void) async throws {
    await Turn.shared.take()
    defer { Task { await Turn.shared.pass() } }
    let before = MachineSnapshot()
    let folder = try TemporaryFolder()
    let place = Self(url: folder.url.resolvingSymlinksInPath())
    do {
      try await body(place)
    } catch {
      try await place.clear()
      throw error
    }
    try await place.clear()
    withExtendedLifetime(folder) {}
    #expect(place.processes.isEmpty)
    let after = MachineSnapshot()
    #expect(after.interfaces == before.interfaces)
    #expect(after.mounts == before.mounts)
    #expect(!after.groups.contains { $0.hasSuffix(place.group) })
  }

  private func clear() async throws {
    for experiment in try experiments() { _ = try await testbed(["end", experiment]) }
    for process in processes { kill(process, SIGKILL) }
  }

  private func experiments() throws -> [String] {
    let root = url.appending(path: "home/proj")
    let projects = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return projects.flatMap { project in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/\(project)/exp")) ?? []
      return names.filter { !$0.hasPrefix(".") }.map { "\(project)/\($0)" }
    }
  }

  /// The control group of the experiment `P1/e1`.
  var group: String { HostAgent.Surroundings.groupName(ofOwner: owner) }

  /// Where the DNS server of this testbed has its files.
  private var nameServer: String {
    HostAgent.Surroundings.groupName(ofOwner: "names of \(url.appending(path: "home").path)")
  }

  /// Whose the processes of the experiment `P1/e1` are.
  private var owner: String {
    url.appending(path: "home/proj/P1/exp/e1").path
  }

  /// The processes that belong to experiments here. Those that have ended have no environment any more.
  var processes: [Int32] {
    let own = "\(HostAgent.ownerVariable)=\(url.path)/"
    let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
    return numbers.filter { number in
      let environment = (try? TextFile.read("/proc/\(number)/environ")) ?? ""
      return environment.split(separator: "\0").contains { $0.hasPrefix(own) }
    }
  }

  /// Those of a program.
  func processes(of program: String) -> [Int32] {
    processes.filter { (try? TextFile.read("/proc/\($0)/comm")) == "\(program.prefix(15))\n" }
  }

  /// Writes a file here, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Creates the experiment `P1/e1`.
  func create(_ script: String, options: [String] = ["--default-container", "openvz"]) async throws {
    let file = try write(
      "set ns [new Simulator]\nsource tb_compat.tcl\n\(script)\n$ns rtproto Static\n$ns run\n", to: "e1.tcl")
    let result = try await Program.built("containerize")
      .run(["--no-image"] + options + ["P1", "e1", file], environment: environment)
    try #require(result.status == 0, "\(result.errors)")
  }

  /// What a file here says.
  func text(of name: String) throws -> String { try String(contentsOf: url.appending(path: name), encoding: .utf8) }

  /// Runs `testbed`.
  func testbed(_ arguments: [String], signal: (number: Int32, after: Duration)? = nil) async throws -> Program.Result {
    try await Program.built("testbed").run(arguments, environment: environment, in: url, signal: signal)
  }

  /// Runs `node_list`.
  func nodeList(_ arguments: [String]) async throws -> Program.Result {
    try await Program.built("node_list").run(arguments, environment: environment, in: url)
  }

  /// Runs a script of a shell beside the testbed.
  func bash(_ script: String) async throws -> Program.Result {
    try await Program("/bin/bash").run(["-c", script], environment: environment, in: url)
  }

  /// Runs a script of a shell beside the testbed, where nothing of other tests is seen: with processes, interfaces and
  /// mounts of its own. `everything` lists all that an experiment could leave behind.
  func isolated(_ script: String) async throws -> Program.Result {
    let script = """
      ip link set dev lo up
      everything() {
        ps -e -o comm= --ppid 2 --deselect | grep -vxE 'ps|grep|bash|lsns|ip|find|sort|diff|sleep|cat' | sort
        lsns -n -o TYPE,NS | sort
        ip -o link | sed 's/^[0-9]*: //'; ip -4 route show table all | sort
        find /sys/fs/cgroup -path '*/containerize/*' -name '\(group)*' | sort
        cat /proc/self/mounts
        find "$CONTAINERIZE_HOME" /run/containerize/\(nameServer) 2> /dev/null | grep -v testbed.sqlite | sort
        cat hosts 2> /dev/null || true
      }
      \(script)
      """
    return try await Program("/usr/bin/unshare").run(
      ["--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "/bin/bash", "-c", script],
      environment: environment, in: url)
  }

  /// Runs `testbed`, which succeeds.
  @discardableResult
  func done(_ arguments: String...) async throws -> String {
    let result = try await testbed(arguments)
    try #require(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// Runs a command of a shell in a node.
  func shell(_ node: String, _ command: String) async throws -> Program.Result {
    try await testbed(["exec", "P1/e1", node, "--", "/bin/bash", "-c", command])
  }

  /// How the experiment is.
  func status(_ options: String...) async throws -> Status {
    let result = try await testbed(["status", "--json", "P1/e1"] + options)
    try #require(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Status.self, from: Data(result.bytes))
  }

  /// How a node is, once its start command has ended.
  func ended(_ node: String) async throws -> Status.Node? {
    for _ in 0..<100 {
      let status = try await status().nodes.first { $0.name == node }
      if status?.exitCode != nil || status?.state == "dead" { return status }
      try await Task.sleep(for: .milliseconds(50))
    }
    return nil
  }
}

/// What `testbed status --json` prints.
struct Status: Decodable {
  struct Host: Decodable {
    var name: String
    var startupStatus: Int?
    var problem: String?
  }

  struct Node: Decodable {
    var name: String
    var host: String
    var kind: String
    var state: String?
    var exitCode: Int?
  }

  struct Link: Decodable {
    var name: String
    var from: String
    var to: String
    var askedMilliseconds: Double
    var measuredMilliseconds: Double?
    var askedLoss: Double?
    var measuredLoss: Double?
    var askedKilobitsPerSecond: Double?
    var measuredKilobitsPerSecond: Double?
    var isAsAsked: Bool
  }

  var state: String
  var hosts: [Host]
  var nodes: [Node]
  var links: [Link]?
}

/// What is on the machine outside of namespaces.
struct MachineSnapshot {
  let interfaces = ((try? FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")) ?? []).sorted()
  let mounts = (try? TextFile.read("/proc/self/mounts")) ?? ""
  var groups: [String] {
    ["", "memory/", "pids/", "cpu/"].flatMap { controller -> [String] in
      let path = "/sys/fs/cgroup/\(controller)containerize"
      return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).map { "\(path)/\($0)" }
    }
  }
}

/// Has tests of all suites follow each other: they measure, and each uses the whole machine.
private actor Turn {
  static let shared = Turn()
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func take() async {
    if isTaken { await withCheckedContinuation { waiting.append($0) } }
    isTaken = true
  }

  func pass() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
