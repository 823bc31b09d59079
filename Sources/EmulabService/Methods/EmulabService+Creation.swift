internal import Foundation
internal import Swapping
internal import SystemPackage
internal import Testbed
internal import XMLRPC

extension EmulabService {
  /// The largest NS file, in bytes.
  private static let scriptLimit = 512 << 10

  /// `startexp`, and `batchexp`, which is the same.
  func startExperiment(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let name = try arguments.experiment(complaint: Self.illegalNames)
    try requireAccess(of: caller, to: name)
    let record = try ExperimentRecord(arguments, creator: caller.user)
    let topology = try topology(in: arguments, of: caller)
    guard !testbed.contains(name) else { throw EmulabProblem(.error, "Experiment \(name) exists already", value: 1) }
    let creation = try await operations.begin("prerunning", name) { [self] in
      do throws(EmulabProblem) {
        try await create(name, topology, record)
        return nil
      } catch {
        return error
      }
    }
    // It takes a moment, and whoever asked wants to know what is wrong with the file.
    if let problem = await creation.value { throw problem }
    guard !arguments.flag("noswapin") else { return EmulabResponse() }
    try await swap("in", name, isAwaited: arguments.flag("wait"))
    return EmulabResponse()
  }

  private func create(
    _ name: ExperimentName, _ topology: String, _ record: ExperimentRecord
  ) async throws(EmulabProblem) {
    let folder = try ScratchFolder()
    let file = Self.isTopDL(topology) ? "topology.xml" : "topology.ns"
    try folder.write(topology, to: file)
    let project = name.project + (record.group.map { $0 == name.project ? "" : "/\($0)" } ?? "")
    // `--local`, as the site's file may name this very server.
    let arguments = ["--local", "--", project, name.experiment, file]
    if let problem = await programs.run("containerize", arguments, in: folder.path) { throw problem }
    do {
      try record.write(in: testbed.directory(of: name))
    } catch {
      throw EmulabProblem(.serverError, "the experiment's record can't be written: \(error)")
    }
  }

  /// `nscheck`.
  func checkScript(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let script = try topology(in: arguments, of: caller)
    let folder = try ScratchFolder()
    try folder.write(script, to: "nsfile.ns")
    guard let problem = await programs.run("ns2topdl", ["-n", "nsfile.ns"], in: folder.path) else {
      return EmulabResponse()
    }
    var response = problem.response
    response.output += "\(response.output.hasSuffix("\n") ? "" : "\n")NS Parse failed!\n"
    throw EmulabProblem(response.code, response.output, value: response.value)
  }

  /// `modify`: not yet.
  func modify(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let name = try experiment(arguments, caller)
    throw EmulabProblem(
      .error, "Experiment \(name) can't be modified here: end it, and create it anew from the changed file", value: 1)
  }

  // MARK: Topologies

  /// The text of the topology that a call is about: a file in NS-2, or TopDL where DETER's clients send that.
  private func topology(in arguments: EmulabArguments, of caller: Caller) throws(EmulabProblem) -> String {
    guard let path = try arguments.text("nsfilepath") else {
      let name = arguments["topdlfilestr"] == nil ? "nsfilestr" : "topdlfilestr"
      let text = try arguments.requiredText(name)
      guard text.utf8.count <= Self.scriptLimit else { throw EmulabProblem(.tooBig, "NS File way too big!") }
      return text
    }
    // The server may read more than those who call it.
    guard caller.isOwner else {
      throw EmulabProblem(.forbidden, "Send the file itself, as nsfilestr: the server reads no files for you")
    }
    guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
      throw EmulabProblem(.badArguments, "\(path) can't be read as text in UTF-8")
    }
    guard text.utf8.count <= Self.scriptLimit else { throw EmulabProblem(.tooBig, "NS File way too big!") }
    return text
  }

  /// Whether a text is XML: no script begins so, whatever a client says that it is.
  private static func isTopDL(_ text: String) -> Bool {
    text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" } == "<"
  }
}
