internal import Dispatch
public import Swapping
public import SystemPackage
internal import Testbed
public import XMLRPC

/// Emulab's XML-RPC interface to the local testbed, as far as it concerns experiments.
///
/// > Emulab's documentation of its XML-RPC interface; what the sources leave open is settled in `docs/emulab.md`.
public struct EmulabService: Sendable {
  /// The path that clients send calls to.
  public static let path = "/usr/testbed"
  /// The port that clients send calls to.
  public static let port = 3069
  /// The version that clients say they are made for.
  public static let version = 0.1

  let testbed: LocalTestbed
  let members: ProjectMembers
  let programs: OwnPrograms
  let operations = Operations()

  /// A service.
  ///
  /// - Parameters:
  ///   - testbed: The testbed.
  ///   - members: Who may use which project.
  ///   - programs: The directory of our programs.
  public init(_ testbed: LocalTestbed, members: ProjectMembers, programs: FilePath) {
    self.testbed = testbed
    self.members = members
    self.programs = OwnPrograms(directory: programs)
  }

  /// Answers a call.
  public func answer(to call: XMLRPCCall, from caller: Caller) async -> XMLRPCResponse {
    let words = call.method.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 1 || words.count == 2 && words[0] == "experiment", let name = words.last,
      let method = method(name)
    else { return .fault(code: 1, text: "method \"\(call.method)\" is not supported") }
    guard call.parameters.count == 2, case .structure(let arguments) = call.parameters[1] else {
      return .value(
        EmulabResponse(.badArguments, output: "A call has a version and a struct of arguments").structure)
    }
    guard call.parameters[0] == .double(Self.version) else {
      return .value(EmulabResponse(.badVersion, output: "Client version mismatch!").structure)
    }
    return .value(
      await Self.response { () async throws(EmulabProblem) in
        try await method(EmulabArguments(arguments), caller)
      }.structure)
  }

  /// Calls a method.
  ///
  /// - Returns: Its answer.
  public func call(
    _ name: String, _ arguments: [String: XMLRPCValue], from caller: Caller = .current
  ) async -> EmulabResponse {
    guard let method = method(name) else { return EmulabResponse(.badArguments, output: "there is no method \(name)") }
    return await Self.response { () async throws(EmulabProblem) in
      try await method(EmulabArguments(arguments), caller)
    }
  }

  private static func response(_ body: () async throws(EmulabProblem) -> EmulabResponse) async -> EmulabResponse {
    do throws(EmulabProblem) { return try await body() } catch { return error.response }
  }

  private typealias Method = (EmulabArguments, Caller) async throws(EmulabProblem) -> EmulabResponse

  private func method(_ name: String) -> Method? {
    switch name {
    case "startexp", "batchexp": startExperiment
    case "swapexp": swapExperiment
    case "endexp": endExperiment
    case "modify": modify
    case "expinfo": report
    case "state": state
    case "statewait", "expwait": waitForState
    case "waitforactive": waitUntilActive
    case "metadata": metadata
    case "info": information
    case "nscheck": checkScript
    case "nsfile": script
    case "virtual_topology": virtualTopology
    case "virtual_topology_xml": virtualTopologyText
    case "getlist": list
    case "extra_nodes": extraNodes
    case "echo": echo
    default: nil
    }
  }

  // MARK: What methods share

  /// What is said of characters that names don't have.
  static let illegalNames = "Illegal characters in project and/or experiment IDs!"

  /// The experiment that a call is about, which is there, and which the caller may see.
  func experiment(
    _ arguments: EmulabArguments, _ caller: Caller, complaint: String = Self.illegalNames
  ) throws(EmulabProblem) -> ExperimentName {
    let name = try arguments.experiment(complaint: complaint)
    try requireAccess(of: caller, to: name)
    guard testbed.contains(name) else { throw EmulabProblem(.error, "No such experiment: \(name)") }
    return name
  }

  /// Makes sure that a user may use an experiment's project, and learns nothing of it otherwise.
  func requireAccess(of caller: Caller, to name: ExperimentName) throws(EmulabProblem) {
    let mayUse = try doing { () throws(TestbedError) in try members.includes(caller, in: name.project) }
    guard mayUse else {
      throw EmulabProblem(.forbidden, "You do not have permission to access experiment: \(name)")
    }
  }

  /// Does something whose errors callers can do nothing about.
  func doing<Result>(_ body: () throws(TestbedError) -> Result) throws(EmulabProblem) -> Result {
    do throws(TestbedError) { return try body() } catch { throw EmulabProblem(.serverError, error.description) }
  }

  /// Does something that takes its time, on a thread that may wait.
  func waiting<Result: Sendable>(
    _ body: @escaping @Sendable () throws(TestbedError) -> Result
  ) async throws(EmulabProblem) -> Result {
    let result = await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(returning: Swift.Result { () throws(TestbedError) in try body() })
      }
    }
    do throws(TestbedError) { return try result.get() } catch {
      throw EmulabProblem(.error, error.description, value: 1)
    }
  }
}
