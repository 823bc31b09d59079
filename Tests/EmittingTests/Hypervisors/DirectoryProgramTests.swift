import Emitting
import Foundation
import TestSupport
import Testing
import TopologyReading

/// The programs that the files of the directory are for take every file of every experiment, and refuse a broken one.
struct DirectoryProgramTests {
  static func validate(_ schema: String, _ files: [String]) async throws -> Program.Result {
    let path = Examples.root.appending(path: "schemas/\(schema).schema.json").path
    let type = schema == "host-manifest" ? "json" : "yaml"
    return try await Validator.checkJSONSchema.run(["--schemafile", path, "--force-filetype", type] + files)
  }

  @Test(
    .enabled(if: Validator.checkJSONSchema.isInstalled, "check-jsonschema isn't installed"),
    arguments: [
      ("assignment", "assignment"), ("backend-config", "backend_config.yaml"), ("containerlab", ".clab.yaml"),
      ("embedding", "embedding.yaml"), ("host-manifest", ".json"), ("images", "_url"), ("shaping", "shaping.yaml"),
      ("switch-extra", "switch_extra.yaml"), ("traffic-shaping", "traffic_shaping"),
      ("wirefilters", "wirefilters.yaml"),
    ])
  func ourSchemasDescribeEveryFile(schema: String, ending: String) async throws {
    let files = try ValidatedFiles {
      $0.hasSuffix(ending) && (ending != ".json" || $0.hasPrefix("manifests/"))
    }
    let result = try await Self.validate(schema, files.paths)
    #expect(result.status == 0, "\(result.output.prefix(4000))")
  }

  @Test(.enabled(if: Validator.xmllint.isInstalled, "xmllint isn't installed"))
  func theSchemaOfTopDLDescribesEveryTopology() async throws {
    let names = ["annotated.xml", "partitioned.xml", "phys_topo.xml", "topo.xml"]
    let files = try ValidatedFiles { names.contains($0) }
    func validate(_ paths: [String]) async throws -> Program.Result {
      let schema = Examples.root.appending(path: "schemas/topdl.rng").path
      return try await Validator.xmllint.run(["--noout", "--nonet", "--relaxng", schema] + paths)
    }
    let result = try await validate(files.paths)
    #expect(result.status == 0, "\(result.errors.split(separator: "\n").filter { !$0.hasSuffix(" validates") })")
    for (found, damage) in [("<kind>max", "<kind>most"), ("<substrates>", "<substrates><name>x</name>"), ("</", "<")] {
      #expect(try await validate([files.damaged(".xml", found, damage)]).status != 0, "\(damage)")
    }
  }

  @Test(.enabled(if: Validator.tclsh.isInstalled, "tclsh isn't installed"))
  func tclReadsEveryHostExperiment() async throws {
    let files = try ValidatedFiles { $0 == "phys_topo.ns" }
    let recorder = Examples.root.appending(path: "Tests/EmittingTests/recorder.tcl").path
    for path in files.paths {
      let result = try await Validator.tclsh.run([recorder, path])
      #expect(result.status == 0 && result.errors == "", "\(path): \(result.errors)")
      #expect(result.output.hasSuffix("rtproto\u{1F}Static\nrun\n"))
    }
    for (found, damage) in [
      ("\"\n", "\n"), ("[$ns node]", "[$ns node"), ("${", "$x{"), ("tb-set-node-os", "no-such-command"),
    ] {
      let broken = try files.damaged("phys_topo.ns", found, damage)
      #expect(try await Validator.tclsh.run([recorder, broken]).status != 0, "\(damage)")
    }
  }

  @Test func ourReaderReadsEveryHostExperiment() throws {
    let files = try ValidatedFiles { $0 == "phys_topo.ns" }
    for path in files.paths { #expect(try NS2Reader().read(path).warnings == [], "\(path)") }
    let broken = try files.damaged("phys_topo.ns", "[$ns node]", "[$ns node")
    #expect(throws: (any Error).self) { try NS2Reader().read(broken) }
  }

  @Test(.enabled(if: Validator.dot.isInstalled, "Graphviz isn't installed"))
  func graphvizReadsEveryPicture() async throws {
    let files = try ValidatedFiles { $0 == "picture.dot" }
    // Debian's Graphviz has no `-Tnull`; `-Tcanon` reads a drawing and lays nothing out.
    let result = try await Validator.dot.run(["-Tcanon", "-o", "/dev/null"] + files.paths)
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    let small = files.paths.filter { $0.contains("/star") || $0.contains("/awkward") || $0.contains("/example2") }
    let drawn = try await Validator.dot.run(["-Tsvg"] + small)
    #expect(drawn.status == 0 && drawn.errors == "", "\(drawn.errors)")
    for (found, damage) in [("\"", ""), ("}", "]"), ("graph", "grapf")] {
      #expect(try await Validator.dot.run(["-Tcanon", files.damaged(".dot", found, damage)]).status != 0, "\(damage)")
    }
  }

  @Test(.enabled(if: Validator.ip.isInstalled && Validator.isRoot, "ip isn't installed, or this isn't root"))
  func ipTakesTheRoutesOfEveryNodeOfEveryExperiment() async throws {
    // One network namespace and one run of `ip` for all nodes, one after the other, on interfaces that lead nowhere.
    let ports = 60
    let setup = (0..<ports).map { "link add e\($0) up type veth peer name p\($0)\nlink set p\($0) up" }
    var commands = setup
    var count = 0
    for experiment in try ValidatedExperiment.all.get() {
      var routes: [String: String] = [:]
      for file in experiment.files where file.path.hasPrefix("route/") && !file.contents.isEmpty {
        routes[String(file.path.dropFirst(6))] = String(decoding: file.contents, as: UTF8.self)
      }
      for file in experiment.files where file.path.hasPrefix("manifests/") {
        let manifest = try JSONDecoder().decode(Manifest.self, from: Data(file.contents))
        for node in manifest.nodes {
          guard let table = routes[node.name] else { continue }
          commands += node.interfaces.enumerated().map { "address add \($1.address)/\($1.prefixLength) dev e\($0)" }
          commands.append(String(table.dropLast()))
          commands += node.interfaces.indices.map { "address flush dev e\($0)" }
          count += 1
        }
      }
    }
    #expect(count > 1000)
    func run(_ commands: [String]) async throws -> Program.Result {
      let input = commands.joined(separator: "\n") + "\n"
      return try await Validator.unshare.run(["--net", Validator.ipPath, "-batch", "-"], input: input)
    }
    let result = try await run(commands)
    #expect(result.status == 0 && result.errors == "", "\(result.errors.prefix(2000))")
    let own = ["address add 10.0.0.1/24 dev e0"]
    for broken in [
      "route add 10.0.1.0/24 via 10.0.5.1", "route add 10.0.1.0/33 via 10.0.0.2", "route add 10.0.1.7/24 via 10.0.0.2",
    ] {
      #expect(try await run(setup + own + [broken]).status != 0, "\(broken)")
    }
  }

  private struct Manifest: Decodable {
    struct Node: Decodable {
      struct Interface: Decodable {
        var address: String
        var prefixLength: Int
      }
      var name: String
      var interfaces: [Interface]
    }
    var nodes: [Node]
  }

  // MARK: Switches

  /// Starts switches one after the other; each must have the ports that its commands make.
  private static let startSwitches = """
    cd "$1" || exit 1
    shift
    for file; do
      vde_switch -s socket -f "$file" -M "$PWD/management" --daemon --pidfile "$PWD/pid" || exit 1
      for _ in $(seq 100); do [ -S management ] && [ -s pid ] && break; sleep 0.02; done
      found=$(unixcmd -s "$PWD/management" -f /etc/vde2/vdecmd port/allprint | tr -d '\\0' | grep -c '^Port ')
      kill "$(cat pid)"
      while [ -e management ]; do sleep 0.02; done
      rm -f pid
      [ "$found" = "$(grep -c '^port/allocatable' "$file")" ] || { echo "$file: $found"; exit 1; }
    done
    """

  @Test(.enabled(if: Validator.vdeSwitch.isInstalled, "vde_switch isn't installed"))
  func switchesHaveThePortsThatTheirCommandsMake() async throws {
    let files = try ValidatedFiles { $0.hasPrefix("switch/") }
    // The largest of each experiment.
    let largest = files.directories.compactMap { directory in
      files.paths.filter { $0.hasPrefix("\(directory)/") }
        .max {
          (try? String(contentsOfFile: $0, encoding: .utf8).count) ?? 0
            < (try? String(contentsOfFile: $1, encoding: .utf8).count) ?? 0
        }
    }
    let folder = try TemporaryFolder()
    func run(_ paths: [String]) async throws -> Program.Result {
      try await Program("/bin/sh").run(["-c", Self.startSwitches, "sh", folder.url.path] + paths)
    }
    let result = try await run(largest)
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    for (found, damage) in [("port/setnumports ", "port/setnumports 1#"), ("port/create 1\n", "port/creat 1\n")] {
      #expect(try await run([files.damaged(".rc", found, damage)]).status != 0, "\(damage)")
    }
  }

  @Test(
    .enabled(
      if: Validator.wirefilter.isInstalled && Validator.vdeSwitch.isInstalled,
      "wirefilter or vde_switch isn't installed")
  )
  func wirefilterTakesTheArgumentsOfEveryDelayElement() async throws {
    var lists: Set<String> = []
    for experiment in try ValidatedExperiment.all.get() {
      for file in experiment.files where file.path == "wirefilters.yaml" {
        for line in String(decoding: file.contents, as: UTF8.self).split(separator: "\n") {
          guard let list = line.firstRange(of: "\"arguments\": [") else { continue }
          lists.insert(line[list.upperBound...].dropLast(2).filter { $0 != "\"" && $0 != "," })
        }
      }
    }
    #expect(!lists.isEmpty)
    let script = """
      cd "$1" || exit 1
      shift
      # A busy switch may see late that a filter has ended, so each has ports of its own.
      vde_switch -s socket --numports $((10 * $# + 2)) --daemon --pidfile "$PWD/switch" || exit 1
      for _ in $(seq 500); do [ -S socket/ctl ] && break; sleep 0.02; done
      trap 'kill "$(cat "$PWD/switch")"' EXIT
      for arguments; do
        # A filter that ends removes its file, so each has its own.
        filter=$PWD/filter-$((number += 1))
        # On a busy machine a plug now and then misses a switch that is there: arguments that are wrong are so each time.
        for attempt in 1 2 3 4 5; do
          wirefilter -v "$PWD/socket:$PWD/socket" $arguments --daemon --pidfile "$filter" && break
          [ $attempt -lt 5 ] || exit 1
        done
        for _ in $(seq 500); do [ -s "$filter" ] && break; sleep 0.02; done
        kill "$(cat "$filter")" || exit 1
      done
      """
    let folder = try TemporaryFolder()
    func run(_ lists: [String]) async throws -> Program.Result {
      try await Program("/bin/sh").run(["-c", script, "sh", folder.url.path] + lists)
    }
    let result = try await run(lists.sorted())
    #expect(result.status == 0, "\(result.output) \(result.errors)")
    for broken in ["-d LR5 --no-such-option", "-d", "-v nowhere:nowhere"] {
      #expect(try await run([broken]).status != 0, "\(broken)")
    }
  }
}
