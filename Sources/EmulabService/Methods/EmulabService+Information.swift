internal import Foundation
internal import HostManifests
internal import Swapping
internal import SystemPackage
internal import Testbed
internal import TopologyModel
internal import TopologyReading
internal import XMLRPC

extension EmulabService {
  /// What is known of an experiment.
  private func facts(
    _ arguments: EmulabArguments, _ caller: Caller, complaint: String = Self.illegalNames
  ) async throws(EmulabProblem) -> ExperimentFacts {
    let name = try experiment(arguments, caller, complaint: complaint)
    let word = try await word(of: name)
    return try await waiting { [testbed] () throws(TestbedError) in
      ExperimentFacts(
        name: name, word: word, manifests: try testbed.manifests(of: name), report: try testbed.status(of: name),
        record: ExperimentRecord.read(in: testbed.directory(of: name)),
        path: testbed.directory(of: name).string)
    }
  }

  /// `info`.
  func information(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let aspect = try arguments.requiredText("aspect")
    let facts = try await facts(arguments, caller, complaint: "Illegal characters in arguments!")
    switch aspect {
    case "mapping": return EmulabResponse(value: try facts.mapping())
    case "cmapping": return EmulabResponse(value: facts.containerMapping)
    case "links": return EmulabResponse(value: facts.links)
    case "physical": return EmulabResponse(value: try facts.physical())
    // Nothing is traced here.
    case "traces": return EmulabResponse(value: [:])
    case "cthumbnail":
      let picture = try content(of: "visualization.png", of: facts.name)
      return EmulabResponse(value: ["thumbnail": ["png": .base64(Array(picture))]])
    default:
      throw EmulabProblem(
        .badArguments, "aspect must be mapping, cmapping, links, physical, traces or cthumbnail")
    }
  }

  /// `expinfo`.
  func report(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let parts = try arguments.words("show") ?? []
    if let part = parts.first(where: { !ExperimentFacts.parts.contains($0) }) {
      throw EmulabProblem(
        .badArguments, "there is no \(part) to show: \(ExperimentFacts.parts.joined(separator: ", "))")
    }
    return EmulabResponse(output: try await facts(arguments, caller).text(parts))
  }

  /// `metadata`.
  func metadata(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    var facts = try await facts(arguments, caller)
    // Large topologies are read for this alone.
    facts.environment = try Self.environment(in: text(of: ["annotated.xml"], of: facts.name))
    return EmulabResponse(value: facts.metadata)
  }

  private static func environment(in topology: String) throws(EmulabProblem) -> [(name: String, value: String)] {
    do throws(ReadError) {
      let attributes = try TopDLReader.read(Array(topology.utf8), file: "annotated.xml").attributes.entries
      return attributes.filter { $0.name.hasPrefix(optionPrefix) }.map {
        ($0.name.dropFirst(optionPrefix.count).description, $0.value)
      }
    } catch {
      throw EmulabProblem(.serverError, "\(error)")
    }
  }

  /// What the name of an attribute begins with that is an element of `opt`.
  private static let optionPrefix = "opt:"

  /// `extra_nodes`: the containers, by their qualified names.
  func extraNodes(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let facts = try await facts(arguments, caller)
    let names = facts.report.nodes.filter { $0.kind != "embedded_pnode" }.map { "\($0.name).\(facts.suffix)" }
    return EmulabResponse(value: .array(names.map { .string($0) }), output: names.map { "\($0)\n" }.joined())
  }

  /// `virtual_topology`.
  func virtualTopology(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    EmulabResponse(value: try await facts(arguments, caller).virtualTopology)
  }

  /// `virtual_topology_xml`: as TopDL, which is the language for topologies here.
  func virtualTopologyText(
    _ arguments: EmulabArguments, _ caller: Caller
  ) async throws(EmulabProblem) -> EmulabResponse {
    let text = try text(of: ["annotated.xml"], of: experiment(arguments, caller))
    return EmulabResponse(value: .string(text), output: text)
  }

  /// `nsfile`: the user's file, or where that was in TopDL the one that describes the hosts.
  func script(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let text = try text(of: ["experiment.tcl", "phys_topo.ns"], of: experiment(arguments, caller))
    return EmulabResponse(value: .string(text), output: text)
  }

  private func text(of files: [String], of name: ExperimentName) throws(EmulabProblem) -> String {
    for file in files.dropLast() {
      if let data = try? content(of: file, of: name) { return String(decoding: data, as: UTF8.self) }
    }
    return String(decoding: try content(of: files[files.count - 1], of: name), as: UTF8.self)
  }

  private func content(of file: String, of name: ExperimentName) throws(EmulabProblem) -> Data {
    let path = testbed.directory(of: name).appending("containers").appending(file)
    guard let data = FileManager.default.contents(atPath: path.string) else {
      throw EmulabProblem(.error, "Experiment \(name) has no \(file)", value: 1)
    }
    return data
  }

  /// `getlist`: the experiments that the caller may see, by project and group.
  func list(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let format = try arguments.text("format") ?? "brief"
    guard format == "brief" || format == "full" else {
      throw EmulabProblem(.badArguments, "format must be 'brief' or 'full'")
    }
    let summaries = try await waiting { [testbed] () throws(TestbedError) in try testbed.list() }
    var projects: [String: [String: [XMLRPCValue]]] = [:]
    for summary in summaries {
      guard let name = try? ExperimentName(project: summary.project, experiment: summary.experiment),
        try doing({ () throws(TestbedError) in try members.includes(caller, in: name.project) })
      else { continue }
      let record = ExperimentRecord.read(in: testbed.directory(of: name))
      let group = record.group ?? name.project
      let entry: XMLRPCValue =
        format == "brief"
        ? .string(name.experiment)
        : [
          "pid": .string(name.project), "gid": .string(group), "eid": .string(name.experiment),
          "description": .string(record.description), "state": .string(summary.state.rawValue),
        ]
      projects[name.project, default: [:]][group, default: []].append(entry)
    }
    return EmulabResponse(value: .structure(projects.mapValues { .structure($0.mapValues { .array($0) }) }))
  }

  /// `echo`.
  func echo(_ arguments: EmulabArguments, _ caller: Caller) async throws(EmulabProblem) -> EmulabResponse {
    let text = try arguments.requiredText("str")
    return EmulabResponse(value: .string(text), output: text)
  }
}
