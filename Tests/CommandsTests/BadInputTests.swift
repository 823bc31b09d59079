import TestSupport
import Testing

/// Files with mistakes, as the command meets them: an error that says where, and nothing written.
struct BadInputTests {
  struct Mistake: Sendable, CustomStringConvertible {
    var description: String
    var text: String
    /// What is said, each after the file's name.
    var messages: [String]

    init(_ description: String, _ text: String, _ messages: String...) {
      self.description = description
      self.text = text
      self.messages = messages
    }
  }

  /// A script of two linked nodes with a statement on line 5.
  private static func script(_ statement: String) -> String {
    """
    set ns [new Simulator]
    source tb_compat.tcl
    set a [$ns node]; set b [$ns node]; set c [$ns node]
    set l [$ns duplex-link $a $b 100Mb 10ms DropTail]; set lan [$ns make-lan "$a $b" 100Mb 10ms]
    \(statement)
    $ns run

    """
  }

  private static func wrong(_ statement: String, _ message: String) -> Mistake {
    Mistake(statement, script(statement), ":5: \(message)")
  }

  static let scripts = [
    Mistake("empty", "", ": No 'Simulator run' statement found."),
    Mistake("comments only", "# nothing\n", ": No 'Simulator run' statement found."),
    Mistake("no run", "set ns [new Simulator]\nset a [$ns node]\n", ": No 'Simulator run' statement found."),
    Mistake(
      "tb- commands before their file", "set ns [new Simulator]\nset a [$ns node]\ntb-set-node-os $a X\n$ns run\n",
      ":3: Unknown: tb-set-node-os"),
    Mistake("two runs", script("$ns run"), ":6: The Simulator 'run' statement can only be run once."),
    wrong("$ns duplex-link $a $b 100MB 10ms DropTail", "Unknown bandwidth unit MB."),
    wrong("$ns duplex-link $a $b 9kb 10ms DropTail", "Bandwidth of 9 Kbs is too low."),
    wrong("$ns duplex-link $a $b 2Gb 10ms DropTail", "Bandwidth requested (2000000) exceeds maximum of 1000000 kbps!"),
    wrong("$ns duplex-link $a $b 100Mb 10us DropTail", "Unknown delay unit us."),
    wrong("$ns duplex-link $a nobody 100Mb 10ms DropTail", "Unknown: nobody"),
    wrong("$ns duplex-link $a $l 100Mb 10ms DropTail", "[duplex-link] l is not a node."),
    wrong("$ns duplex-link $a", "wrong # args"),
    wrong(
      "$ns make-lan $a 100Mb 10ms", "[run] tblan-lan6 has only a single node.  LANs must have at least 2 nodes in them."
    ),
    wrong(
      "set no_good [$ns node]",
      "[run] Invalid node name no_good.  Can only contain [-0-9A-Za-z] due to DNS limitations."),
    wrong("set ops [$ns node]", "You may not use the name for 'ops' for a node!"),
    wrong("set a [$ns node]", "can't rename to \"a\": command already exists"),
    wrong("puts $nothing", "can't read \"nothing\": no such variable"),
    wrong("error {as I say}", "as I say"),
    wrong("frobnicate", "Unknown: frobnicate"),
    wrong("tb-set-nonsense $a 1", "Unknown: tb-set-nonsense a 1"),
    wrong("source other.tcl", ""),
    wrong("tb-set-ip $a 10.0.0.1", "[tb-set-ip] a does not have a single connection."),
    wrong("tb-set-ip-lan $a $l 10.0.0.1", "[tb-set-ip-lan] l is not a LAN."),
    wrong("tb-set-ip-link $a $lan 10.0.0.1", "[tb-set-ip-link] lan is not a link."),
    wrong("tb-set-ip-link $c $l 10.0.0.1", "tb-set-ip-link - c is not connected to l."),
    wrong("tb-set-ip-interface $a $c 10.0.0.1", "[tb-set-ip-interface] No connection between a and c."),
    wrong("tb-set-ip-link $a $l 10.0.0", "tb-set-ip-link - 10.0.0 is not a valid IP address."),
    wrong("tb-set-netmask $l 255.0.0.0", "[tb-set-netmask] - 255.0.0.0 is too big"),
    wrong("tb-set-lan-loss $l 0.1", "[tb-set-lan-loss] l is not a lan."),
    wrong("tb-set-link-loss $l 1.5", ""),
    wrong("tb-set-node-lan-delay $c $lan 5ms", "[tb-set-node-lan-delay] c is not in lan."),
    wrong(
      "tb-set-node-failure-action $a perhaps", "[tb-set-node-failure-action] type must be one of fatal|nonfatal|ignore."
    ),
    wrong("tb-set-node-tarfiles $a opt x.tgz", "[tb-set-node-tarfiles] 'opt' is not an absolute path."),
    wrong("tb-set-colocate-factor 0", ""), wrong("tb-set-vlink-emulation ether", ""),
    wrong("$ns at soon \"$l down\"", ""), wrong("$ns attach-agent $a $b", ""),
    Mistake(
      "several", script("tb-set-ip $a 10.0.0.1\ntb-set-netmask $l 255.0.0.0\nset x_y [$ns node]"),
      ":5: [tb-set-ip] a does not have a single connection.", ":6: [tb-set-netmask] - 255.0.0.0 is too big",
      ":7: [run] Invalid node name x_y."),
  ]

  /// A document with a child of the root on line 4.
  private static func document(_ child: String) -> String {
    """
    <experiment>
    <substrates><name>s0</name></substrates>
    <elements><computer><name>a</name><interface><substrate>s0</substrate></interface></computer></elements>
    \(child)
    </experiment>

    """
  }

  private static func computer(_ name: String, _ rest: String) -> Mistake {
    Mistake(name, document("<elements><computer><name>b</name>\(rest)</computer></elements>"), ":4: ")
  }

  static let documents = [
    Mistake("empty", "", ":1: "), Mistake("no XML", "set ns [new Simulator]\n", ":1: "),
    Mistake("not closed", "<experiment>\n<substrates>\n", ":3: "), Mistake("unknown root", "<foo/>", ":1: "),
    Mistake("entities", "<!DOCTYPE x [<!ENTITY a \"b\">]>\n<experiment>&a;</experiment>\n", ":1: "),
    Mistake("duplicate substrate", document("<substrates><name>s0</name></substrates>"), ":4: "),
    Mistake("duplicate computer", document("<elements><computer><name>a</name></computer></elements>"), ":4: "),
    Mistake("computer without a name", document("<elements><computer/></elements>"), ":4: "),
    Mistake("name with a blank", document("<elements><computer><name>a b</name></computer></elements>"), ":4: "),
    Mistake("unknown element", document("<elements><router><name>b</name></router></elements>"), ":4: "),
    Mistake(
      "rate that is no number",
      document("<substrates><name>t</name><capacity><rate>fast</rate><kind>max</kind></capacity></substrates>"), ":4: "),
    Mistake(
      "capacity without a kind",
      document("<substrates><name>t</name><capacity><rate>5</rate></capacity></substrates>"), ":4: "),
    computer("unknown substrate", "<interface><substrate>nope</substrate></interface>"),
    computer("interface without a substrate", "<interface><name>x</name></interface>"),
    computer("attribute without a value", "<attribute><attribute>x</attribute></attribute>"),
    computer("unknown child", "<colour>red</colour>"),
  ]

  /// What is right as a file and can't be packed.
  static let plans = [
    Mistake(
      "kinds that share a partition",
      Topologies.ring(2) { ["containers:partition": "0", "containers:node_type": ["openvz", "qemu"][$0]] },
      "partition 0"),
    Mistake(
      "pass that is no number", Topologies.ring(2) { _ in ["containers:PartitionPass": "first"] }, "PartitionPass"),
    Mistake("name of a host", Topologies.ring(2).replacing("n-1", with: "pnode-0000"), "pnode-0000"),
    Mistake(
      "start command of two lines on a machine",
      Topologies.ring(2) { _ in ["containers:node_type": "embedded_pnode", "startup": "a&#10;b"] }, "start command"),
  ]

  private func check(
    _ mistake: Mistake, as file: String, isPlaced: Bool = true, _ options: [[String]] = [[]]
  ) async throws {
    let place = try Workplace()
    try place.folder.write(mistake.text, to: file)
    for options in options {
      let result = try await place.run(options + ["Proj", "exp1", file])
      #expect(result.status == 1)
      #expect(result.output == "")
      for message in mistake.messages {
        #expect(result.errors.contains(isPlaced ? "\(file)\(message)" : message), "\(result.errors)")
      }
      #expect(FileSnapshot(of: place.folder.url).paths == [file])
    }
  }

  @Test(arguments: scripts)
  func aScriptWithAMistakeIsRefusedWithItsPlace(_ mistake: Mistake) async throws {
    try await check(mistake, as: "bad.tcl")
  }

  @Test(arguments: documents)
  func aDocumentWithAMistakeIsRefusedWithItsPlace(_ mistake: Mistake) async throws {
    try await check(mistake, as: "bad.xml")
  }

  @Test(arguments: plans)
  func whatCannotBePackedIsRefused(_ mistake: Mistake) async throws {
    try await check(mistake, as: "bad.xml", isPlaced: false, [[], ["--dry-run"], ["--output", "out"]])
  }

  @Test(arguments: [
    "while 1 {}", "proc f {} { f }; f", "string repeat x 1000000000000", "while 1 { $ns node }",
    "set x [list 1]; while 1 { lappend x $x }", "exec touch made", "open made w", "cd /", "socket localhost 22",
    "while 1 { puts [string repeat x 1000000] }", "set l {}; while 1 { set l [list $l] }", "vwait forever", "exit 0",
    "after 1000000", "load /lib/x.so", "interp create x", "glob *", "source /etc/passwd",
  ])
  func aHostileScriptEndsWithOneLine(_ statement: String) async throws {
    let place = try Workplace()
    let script = Self.script(statement)
    try place.folder.write(script, to: "bad.tcl")
    try place.folder.write(
      "[site]\ntopdl_converter = \(Program.directory)/ns2topdl --time-limit 1 --memory-limit 1000\n", to: "site.conf")
    let result = try await place.run(["--config", "site.conf", "Proj", "exp1", "bad.tcl"])
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("Error: bad.tcl:"))
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    #expect(result.duration < .seconds(60))
    #expect(FileSnapshot(of: place.folder.url).paths == ["bad.tcl", "site.conf"])
  }
}
