internal import Dispatch
internal import Foundation
internal import Planning
internal import Synchronization
internal import Testbed
internal import XMLRPC

/// The server of an Emulab testbed, which makes experiments on its hosts.
final class TestbedRegistry: Sendable {
  private let name: ExperimentName
  private let server: String
  private let client: XMLRPCClient
  private let isVerified: Bool
  /// Whether what fails is left as it is, to be looked at.
  private let keepsFailures: Bool
  /// Whether the server is at work on what it was asked to make.
  private let isAtWork = Mutex(false)

  private static let port = 3069
  private static let path = "/usr/testbed"
  private static let version = 0.1
  /// How long a testbed may take to answer what it knows, and to make an experiment, in seconds.
  private static let (shortPatience, longPatience) = (60, 900)

  /// The server of a site; `nil` where experiments are created in the local testbed, or nowhere.
  ///
  /// - Throws: What is wrong with the user's certificate.
  init?(of name: ExperimentName, site: SiteConfiguration, output: OutputArguments) throws {
    guard let server = site.xmlrpcServer, output.directory == nil, !output.local, !output.dryRun else { return nil }
    self.name = name
    self.server = server
    isVerified = site[.xmlrpcAuthority] != nil
    keepsFailures = output.debug
    let home = Environment.current["HOME"] ?? ""
    do {
      client = try XMLRPCClient(
        server: server, defaultPort: Self.port, path: Self.path,
        certificate: site[.xmlrpcCertificate] ?? "\(home)/.ssl/emulab.pem", authority: site[.xmlrpcAuthority])
    } catch {
      throw CommandError(error.description)
    }
  }

  /// Makes sure that the testbed answers, and has no experiment of this name.
  func requireFree(journal: Journal) async throws {
    if !isVerified { journal.warn(["nobody verifies that it is \(server) that answers: xmlrpc_ca is unset"]) }
    let answer = try await answer("state", patience: Self.shortPatience)
    guard answer.code != 0 else {
      throw CommandError("experiment \(name) exists already at \(server): choose another name, or end it")
    }
    guard answer.code == Self.error else { throw answer.refusal }
  }

  /// Emulab's code for what isn't there, or can't be done.
  private static let error = 2

  /// Makes the experiment at the testbed, does something, and takes it away again where that fails.
  ///
  /// - Parameters:
  ///   - script: The NS file of the hosts.
  ///   - interruption: What takes it away when the user wants out.
  ///   - body: What is done once the experiment is there.
  /// - Throws: Why it can't be made, or what `body` throws.
  func withExperiment(script: String, interruption: Interruption, _ body: () throws -> Void) async throws {
    defer { interruption.settle(.registration) }
    interruption.begin(.registration) { [self] in
      if keepsFailures { Console.note("\(remainder)\n") } else { removeAtOnce() }
    }
    do throws(XMLRPCClient.Failure) {
      try await create(script)
    } catch {
      guard error.mayHaveHappened else { throw CommandError(error.description) }
      throw await failure(error.description)
    }
    do { try body() } catch { throw await failure("\(error)") }
  }

  private func create(_ script: String) async throws(XMLRPCClient.Failure) {
    var arguments: [String: XMLRPCValue] = [
      "description": .string("Created by \(NSUserName())"), "idleswap": 0,
      "noidleswap_reason": "Containerized experiment", "noswapin": "yes", "noemail": "yes", "batch": "no",
      "wait": "yes", "nsfilestr": .string(script),
    ]
    if let group = name.group { arguments["group"] = .string(group) }
    isAtWork.withLock { $0 = true }
    defer { isAtWork.withLock { $0 = false } }
    let answer = try await answer("startexp", arguments, patience: Self.longPatience)
    guard answer.code == 0 else { throw answer.refusal }
    let state: Answer
    do throws(XMLRPCClient.Failure) {
      state = try await self.answer("state", patience: Self.shortPatience)
    } catch {
      throw XMLRPCClient.Failure(description: error.description, mayHaveHappened: true)
    }
    guard state.code == 0, state.value == "swapped" else {
      throw XMLRPCClient.Failure(
        description: "\(server) was asked for \(name), but says of its state: \(state.output)", mayHaveHappened: true)
    }
  }

  // MARK: Removal

  /// What is said where failures are kept.
  private var remainder: String { "what there is of \(name) at \(server) is left there" }

  /// Takes away what was made, unless it is to be looked at.
  ///
  /// - Returns: What to tell the user.
  private func failure(_ reason: String) async -> CommandError {
    guard !keepsFailures else { return CommandError("\(reason)\n\(remainder)") }
    return CommandError(([reason] + [await remove()].compactMap(\.self)).joined(separator: "\n"))
  }

  /// Takes the experiment away.
  ///
  /// - Returns: What is left of it; `nil` where nothing is.
  private func remove() async -> String? {
    do throws(XMLRPCClient.Failure) {
      let answer = try await answer("endexp", ["wait": "yes", "noemail": "yes"], patience: Self.longPatience)
      // It may not have been made at all.
      guard answer.code == 0 || answer.code == Self.error else { throw answer.refusal }
      return nil
    } catch {
      return "what there is of \(name) at \(server) can't be removed: \(error)"
    }
  }

  /// Takes the experiment away, for someone who can't wait as tasks do.
  private func removeAtOnce() {
    let isDone = DispatchSemaphore(value: 0)
    Task.detached { [self] in
      // What the server is about to make can't be taken away yet.
      while isAtWork.withLock({ $0 }) { try? await Task.sleep(for: .milliseconds(100)) }
      if let trace = await remove() { Console.note("\(trace)\n") }
      isDone.signal()
    }
    isDone.wait()
  }

  // MARK: Calls

  private struct Answer {
    var code: Int
    var value: XMLRPCValue
    var output: String

    /// An answer that says no.
    var refusal: XMLRPCClient.Failure {
      let lines = output.split(whereSeparator: \.isNewline).joined(separator: "\n")
      return XMLRPCClient.Failure(
        description: "the testbed refuses: \(lines.isEmpty ? "code \(code)" : lines)", mayHaveHappened: false)
    }
  }

  private func answer(
    _ method: String, _ arguments: [String: XMLRPCValue] = [:], patience: Int
  ) async throws(XMLRPCClient.Failure) -> Answer {
    let experiment: [String: XMLRPCValue] = ["proj": .string(name.project), "exp": .string(name.experiment)]
    let call = XMLRPCCall(
      method: "experiment.\(method)",
      parameters: [.double(Self.version), .structure(arguments.merging(experiment) { first, _ in first })])
    let value = try await client.answer(to: call, patience: patience)
    guard case .structure(let members) = value, case .int(let code)? = members["code"] else {
      throw XMLRPCClient.Failure(
        description: "\(server) doesn't answer as Emulab's servers do", mayHaveHappened: true)
    }
    var output = ""
    if case .string(let text)? = members["output"] { output = text }
    return Answer(code: code, value: members["value"] ?? 0, output: output)
  }
}
