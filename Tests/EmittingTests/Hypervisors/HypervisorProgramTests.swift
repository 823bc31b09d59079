import Emitting
import Foundation
import TestSupport
import Testing

/// The programs that emitters write for take every file of every experiment, and refuse a broken one.
struct HypervisorProgramTests {
  private func isEmitted(_ path: String, by emitter: Emitter) -> Bool { path.hasPrefix("\(emitter.rawValue)/") }

  // MARK: All

  static let consistency = Examples.root
    .appending(path: "Tests/EmittingTests/Hypervisors/consistency.py").path

  @Test(.enabled(if: Validator.hasPythonYAML, "python3-yaml isn't installed"))
  func everyFormatSaysWhatTheManifestsSay() async throws {
    let files = try ValidatedFiles { path in
      path.hasPrefix("manifests/") || path.hasPrefix("switch")
        || Emitter.allCases.contains { isEmitted(path, by: $0) }
    }
    let result = try await Validator.python.run([Self.consistency] + files.directories)
    #expect(result.status == 0 && result.output == "", "\(result.output.prefix(4000)) \(result.errors)")
  }

  @Test(
    .enabled(if: Validator.hasPythonYAML, "python3-yaml isn't installed"),
    arguments: [
      ("libvirt/pnode-0000/domains/v-0.xml", "<mac address=\"02", "<mac address=\"0a"),
      ("libvirt/pnode-0000/domains/v-0.xml", "outbound", "inbound"),
      ("libvirt/pnode-0000/networks/net.0.xml", "1500", "1400"), ("libvirt/pnode-0000/tunnels", "id ", "id 1"),
      ("qemu/pnode-0000/v-0.conf", "mac = \"06", "mac = \"02"), ("qemu/pnode-0000/v-0.conf", "512M", "256M"),
      ("qemu/pnode-0000/v-0.conf", "port = \"1\"", "port = \"2\""),
      ("containerlab/pnode-0001/pnode-0001.clab.yaml", "10.0.", "10.9."),
      ("containerlab/pnode-0001/pnode-0001.clab.yaml", "\"vni\": ", "\"vni\": 1"),
      ("containerlab/pnode-0001/hosts", "10.0.0.1", "10.0.0.9"),
      ("ansible/inventory.yaml", "\"v-1\": {}, ", ""),
      ("ansible/inventory.yaml", "isGhost\": true", "isGhost\": false"),
    ])
  func whatSaysOtherwiseIsFoundOut(path: String, found: String, damage: String) async throws {
    let folder = try DirectoryFolder(EmittingCase.shaped().experiment, emitters: Emitter.allCases)
    let text = try folder.text(path)
    try #require(text.contains(found))
    try folder.folder.write(text.replacing(found, with: damage, maxReplacements: 1), to: path)
    let result = try await Validator.python.run([Self.consistency, folder.folder.url.path])
    #expect(result.output != "" || result.status != 0)
  }

  // MARK: libvirt

  @Test(
    .enabled(
      if: Validator.xmllint.isInstalled && FileManager.default.fileExists(atPath: Validator.libvirtSchemas),
      "xmllint or libvirt's schemas aren't installed"),
    arguments: [
      ("domain", "domains", "<vcpu>", "<cpus>1</cpus><vcpu>"), ("network", "networks", "stp=\"off\"", "stp=\"x\""),
    ])
  func libvirtsSchemasDescribeDomainsAndNetworks(
    schema: String, folder: String, found: String, damage: String
  ) async throws {
    let files = try ValidatedFiles { isEmitted($0, by: .libvirt) && $0.contains("/\(folder)/") && $0.hasSuffix(".xml") }
    func validate(_ paths: [String]) async throws -> Program.Result {
      try await Validator.xmllint.run(
        ["--noout", "--nonet", "--relaxng", "\(Validator.libvirtSchemas)/\(schema).rng"] + paths)
    }
    let result = try await validate(files.paths)
    #expect(result.status == 0, "\(result.errors.split(separator: "\n").filter { !$0.hasSuffix(" validates") })")
    #expect(try await validate([files.damaged(".xml", found, damage)]).status != 0)
  }

  @Test(.enabled(if: Validator.virsh.isInstalled, "virsh isn't installed"))
  func libvirtDefinesDomainsAndNetworksOfEveryHost() async throws {
    let files = try ValidatedFiles { isEmitted($0, by: .libvirt) && $0.hasSuffix(".xml") }
    // Hosts one after the other: several know a network by the same name.
    let hosts = Dictionary(grouping: files.paths) { path in
      URL(filePath: path).deletingLastPathComponent().deletingLastPathComponent().path
    }
    var commands: [String] = []
    for (_, paths) in hosts.sorted(by: { $0.key < $1.key }) {
      var undoing: [String] = []
      for path in paths.sorted().reversed() {
        let kind = path.contains("/networks/") ? "net-" : ""
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let name = text.split(separator: "<name>").dropFirst().first?.prefix { $0 != "<" }
        commands.append("\(kind)define \(path)")
        undoing.append("\(kind)undefine -- \(name ?? "")")
      }
      commands += undoing
    }
    let input = commands.joined(separator: "\n") + "\n"
    let result = try await Validator.virsh.run(["-q", "-c", "test:///default"], input: input)
    #expect(result.status == 0 && result.errors == "", "\(result.errors.prefix(4000))")
    let broken = try files.damaged(".xml", "<memory unit=\"MiB\">", "<memory unit=\"many\">")
    #expect(try await Validator.virsh.run(["-q", "-c", "test:///default", "define \(broken)"]).status != 0)
    let unnamed = try files.damaged(".xml", "<name>", "<!-- --><nom>").replacing("</name>", with: "</nom>")
    #expect(try await Validator.virsh.run(["-q", "-c", "test:///default", "net-define \(unnamed)"]).status != 0)
  }

  @Test(.enabled(if: Validator.ip.isInstalled && Validator.isRoot, "ip isn't installed, or this isn't root"))
  func ipMakesTheBridgesAndTunnelsOfEveryHost() async throws {
    let files = try ValidatedFiles { $0.hasSuffix("/tunnels") || $0.hasSuffix("/bridges") }
    // libvirt makes the bridges that its tunnels end in.
    let script = """
      for file; do
        sed -n 's/.* master \\(net[.0-9]*\\) up/link add \\1 type bridge/p' "$file" | sort -u | ip -batch - || exit 1
        ip -batch "$file" || { echo "$file"; exit 1; }
        ip -o link | sed -n 's/^[0-9]*: \\(\\(vx\\|net\\)[.0-9]*\\).*/link del \\1/p' | ip -batch - || exit 1
      done
      """
    let result = try await Validator.unshare.run(["--net", "sh", "-c", script, "sh"] + files.paths)
    #expect(result.status == 0 && result.errors == "", "\(result.output) \(result.errors)")
    let broken = try files.damaged("/tunnels", "remote ", "remote pnode-")
    #expect(try await Validator.unshare.run(["--net", "sh", "-c", script, "sh", broken]).status != 0)
  }

  // MARK: QEMU

  @Test(
    .enabled(
      if: Validator.qemu.isInstalled && Validator.qemuImage.isInstalled && Validator.vdeSwitch.isInstalled
        && Validator.isRoot, "qemu-system-x86_64, qemu-img or vde_switch isn't installed, or this isn't root"))
  func qemuMakesAMachineOfEveryShape() async throws {
    let files = try ValidatedFiles { isEmitted($0, by: .qemu) || $0.hasPrefix("switch/") }
    // A machine a shape: those that differ in names and numbers only are all the same to QEMU.
    var seen: Set<[Substring]> = []
    var paths: [String] = []
    for path in files.paths(".conf") {
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { line in
        !["#", "  guest", "  file", "  mac", "  port", "  ifname"].contains { line.hasPrefix($0) }
      }
      if seen.insert(lines).inserted { paths.append(path) }
    }
    #expect(paths.count > 4 && paths.count < 60)
    // Paths of sockets are short: all is done in one folder.
    let script = """
      cd "$1" || exit 1
      shift
      for file; do
        host=${file%/*}; node=${file##*/}; node=${node%.conf}; cp "$file" "${file%.conf}.json" . || exit 1
        for switch in "${host%/qemu/*}/switch/${host##*/}"/*.rc; do
          [ -e "$switch" ] || continue
          name=${switch##*/}; name=${name%.rc}
          vde_switch -s "$name.ctl" -f "$switch" --daemon --pidfile "$PWD/$name.pid" || exit 1
        done
        qemu-img create -q -f qcow2 "$node.qcow2" 64M || exit 1
        printf '{"execute":"qmp_capabilities"}{"execute":"query-name"}{"execute":"quit"}' |
          timeout 60 qemu-system-x86_64 -nodefaults -display none -readconfig "$node.conf" -S -qmp stdio; code=$?
        for pid in ./*.pid; do
          [ -e "$pid" ] || continue
          kill "$(cat "$pid")"
          while [ -e "${pid%.pid}.ctl" ]; do sleep 0.01; done
        done
        [ $code = 0 ] || { echo "$file"; exit 1; }
      done
      """
    let folder = try TemporaryFolder()
    func start(_ paths: [String]) async throws -> Program.Result {
      try await Validator.unshare.run(["--net", "sh", "-c", script, "sh", folder.url.path] + paths)
    }
    let result = try await start(paths)
    #expect(result.status == 0 && result.errors == "", "\(result.output.suffix(1000)) \(result.errors)")
    for path in paths {
      let name = URL(filePath: path).deletingPathExtension().lastPathComponent
      #expect(result.output.contains("{\"return\": {\"name\": \"\(name)\"}}"))
    }
    let path = try #require(paths.first)
    for (found, damage) in [("virtio-net-pci", "no-such-card"), ("host_mtu", "no_such_mtu"), ("size = \"", "size = ")] {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(found))
      try text.replacing(found, with: damage).write(toFile: path, atomically: true, encoding: .utf8)
      defer { try? text.write(toFile: path, atomically: true, encoding: .utf8) }
      #expect(try await start([path]).status != 0, "\(damage)")
    }
  }

  // MARK: containerlab

  @Test(
    .enabled(if: Validator.checkJSONSchema.isInstalled, "check-jsonschema isn't installed"),
    arguments: [
      // Each is a mistake that containerlab would refuse; the first is one that others have shipped.
      ("\"type\": \"vxlan\", \"endpoint\": {", "\"type\": \"vxlan\", \"endpoints\": {"), ("\"vni\": ", "\"vni\": 99"),
      ("\"image\": \"", "\"image\": \"/"), ("\"interface\": \"eth1\"", "\"interface\": \"ethernet-number-one\""),
      ("\"kind\": \"linux\"", "\"kind\": \"unix\""),
    ])
  func theSchemaRejectsWhatContainerlabWould(found: String, damage: String) async throws {
    let folder = try DirectoryFolder(EmittingCase.shaped().experiment, emitters: [.containerlab])
    let text = try folder.text("containerlab/pnode-0001/pnode-0001.clab.yaml")
    try #require(text.contains(found))
    let path = try folder.folder.write(text.replacing(found, with: damage, maxReplacements: 1), to: "damaged.yaml")
    #expect(try await DirectoryProgramTests.validate("containerlab", [path]).status != 0)
  }

  @Test func shellsReadTheShapingOfEveryHost() async throws {
    let files = try ValidatedFiles { $0.hasSuffix("/shaping.sh") }
    // What would be run, with the programs that it is for.
    let script = """
      containerlab() { [ "$1 $2 $3" = "tools netem set" ] || exit 1; }
      tc() { [ "$1 $2 $3" = "qdisc replace dev" ] || exit 1; }
      for file; do . "$file" || exit 1; done
      """
    let result = try await Program("/bin/sh").run(["-c", script, "sh"] + files.paths)
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    let broken = try files.damaged("/shaping.sh", "netem", "'netem")
    #expect(try await Program("/bin/sh").run(["-c", script, "sh", broken]).status != 0)
  }

  // MARK: Ansible

  @Test(
    .enabled(if: Validator.ansibleInventory.isInstalled, "ansible-inventory isn't installed"),
    arguments: ["hostile", "mixed-kinds", "awkward-names", "generated-1000"])
  func ansibleFindsEveryHostAndNode(_ name: String) async throws {
    let files = try ValidatedFiles { $0 == "ansible/inventory.yaml" || $0 == "embedding.yaml" }
    let directory = try #require(files.directories.first { $0.hasSuffix("/\(name)") })
    func list(_ path: String) async throws -> Program.Result {
      try await Validator.ansibleInventory.run(
        ["-i", path, "--list"], environment: ["ANSIBLE_INVENTORY_UNPARSED_FAILED": "true"])
    }
    let result = try await list("\(directory)/ansible/inventory.yaml")
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    struct Group: Decodable { var hosts: [String]? }
    let groups = try JSONDecoder().decode([String: Group].self, from: Data(result.output.utf8))
    let embedding = try String(contentsOfFile: "\(directory)/embedding.yaml", encoding: .utf8)
    let hosts = try #require(groups["containerize_hosts"]?.hosts)
    #expect(hosts.count == embedding.split(separator: "\n").count { !$0.hasPrefix("-") })
    #expect(hosts.allSatisfy { embedding.contains("\"\($0)\":\n") })
    let broken = try files.damaged("inventory.yaml", "\"hosts\": {", "\"hosts\": [")
    #expect(try await list(broken).status != 0)
  }

  @Test(.enabled(if: Validator.ansibleInventory.isInstalled, "ansible-inventory isn't installed"))
  func ansibleTakesNoTextForATemplate() async throws {
    let folder = try DirectoryFolder(.hostile(), emitters: [.ansible])
    let result = try await Validator.ansibleInventory.run(["-i", folder.path("ansible/inventory.yaml"), "--list"])
    struct Inventory: Decodable {
      struct Meta: Decodable { var hostvars: [String: Variables] }
      struct Variables: Decodable { var containerize_node: Node? }
      struct Node: Decodable { var startCommand: Text }
      /// Text that Ansible says it leaves alone, or text in which it looks for templates.
      enum Text: Decodable, Equatable {
        case unsafe(String)
        case plain(String)

        init(from decoder: any Decoder) throws {
          if let plain = try? decoder.singleValueContainer().decode(String.self) {
            self = .plain(plain)
          } else {
            let marked = try decoder.singleValueContainer().decode([String: String].self)
            self = .unsafe(marked["__ansible_unsafe"] ?? "")
          }
        }
      }
      var _meta: Meta
    }
    let inventory = try JSONDecoder().decode(Inventory.self, from: Data(result.output.utf8))
    for (index, text) in Experiment.hostileTexts.enumerated() {
      let found = inventory._meta.hostvars["n-\(index)"]?.containerize_node?.startCommand
      #expect(found == (text.contains("{") ? .unsafe(text) : .plain(text)))
    }
  }
}
