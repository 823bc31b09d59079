import Testing
import TopologyReading

/// A mistake in a script, and what is said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
  let body: String
  let message: String
  /// The line that is named: of the body, unless it is that of the second `run`.
  let line: Int
  var testDescription: String { body }

  init(_ body: String, _ message: String, line: Int = 3) {
    self.body = body
    self.message = message
    self.line = line
  }
}

@Suite struct NS2ErrorTests {
  static let mistakes: [Mistake] = [
    // Making things.
    Mistake("$ns duplex-link $a $l 1Mb 0 DropTail", "[duplex-link] l is not a node."),
    Mistake("$ns duplex-link $a nobody 1Mb 0 DropTail", "Unknown: nobody info class Node"),
    Mistake("$ns duplex-link $a $b 1Mb 0", "wrong # args: should be \"ns duplex-link n1 n2 bw delay type ?arg ...?\""),
    Mistake(
      "$ns make-lan $a 1Mb 0", "[run] tblan-lan6 has only a single node.  LANs must have at least 2 nodes in them."),
    Mistake(
      "$ns make-lan {} 1Mb 0", "[run] tblan-lan6 has only a single node.  LANs must have at least 2 nodes in them."),
    Mistake("$ns make-lan \"$a $l\" 1Mb 0", "[make-lan] l is not a node."),
    Mistake(
      "set a_b [$ns node]", "[run] Invalid node name a_b.  Can only contain [-0-9A-Za-z] due to DNS limitations."),
    Mistake(
      "set n(0,1) [$ns node]",
      "[run] Invalid node name n-0,1.  Can only contain [-0-9A-Za-z] due to DNS limitations."),
    Mistake(
      "set k_l [$ns duplex-link $a $c 1Mb 0 DropTail]",
      "[run] Invalid lan/link name k_l.  Can only contain [-0-9A-Za-z] for symmetry with node DNS limitations."),
    Mistake("set ops [$ns node]", "You may not use the name for 'ops' for a node!"),
    Mistake("set l [$ns duplex-link $a $c 1Mb 0 DropTail]", "can't rename to \"l\": command already exists"),
    Mistake("set a [$ns duplex-link $b $c 1Mb 0 DropTail]", "can't rename to \"a\": command already exists"),
    Mistake("set list [$ns node]", "can't rename to \"list\": command already exists"),
    Mistake("set file [$ns node]", "can't rename to \"file\": command already exists"),
    Mistake("$ns at never \"$l down\"", "Invalid time spec: never"),
    Mistake("$ns at 10 \"$l\"", "Missing event type for l"),
    Mistake("$ns attach-agent $a $b", "[attach-agent] b is not an Agent."),
    Mistake("$ns attach-agent $l [new Agent/UDP]", "[attach-agent] l is not a Node."),
    Mistake("$ns run", "The Simulator 'run' statement can only be run once.", line: 4),
    Mistake(
      "set two [new Simulator]; $two node", "two is a second Simulator: a file describes one experiment"),
    Mistake("new Agent/UDP x", "wrong # args: should be \"new Agent/UDP\""),
    Mistake("new Program", "wrong # args: should be \"new Program simulator\""),
    Mistake("set s [new Simulator -multicast on]; $s node", "Unknown: Simulator8 node"),
    Mistake("set 5 [$ns node]", "\"5\" can't be an object's name: Tcl takes it for a level of the stack"),
    Mistake("rename a z", "Unknown: a (the command of a node or link must stay)", line: 4),
    Mistake("tb-make-soft-vtype a pc", "[tb-make-soft-vtype] a hardware type can't be named a: command already exists"),
    Mistake("tb-make-soft-vtype v pc; set v [$ns node]", "can't rename to \"v\": command already exists"),
    // Events and agents.
    Mistake("$ns at 5 \"$l explode\"", "l has no event \"explode\": Link"),
    Mistake("$ns at 5 \"$l down;\"", "Missing event type for "),
    Mistake("$ns at 5 \"$l bandwidth 5XX duplex\"", "Unknown bandwidth unit XX."),
    Mistake("$ns at 5 \"$l plr 2\"", "Improper argument: l plr 2"),
    Mistake("$ns at 5 \"$a snapshot-to\"", "Wrong number of arguments: a snapshot-to"),
    Mistake(
      "set g [$ns event-group [list $l $k]]; $ns at 5 \"$g down\"", "g has no event \"down\": a group of LanLink"),
    Mistake("$ns event-sequence { $l explode }", "l has no event \"explode\": Link"),
    Mistake("set t [$ns event-timeline]; $t draw", "t: unable to dispatch method draw"),
    Mistake(
      "set cbr [new Application/Traffic/CBR]; $ns at 5 \"$cbr start\"",
      "[Application get_node] cbr is not attached to an agent."),
    Mistake("set u [new Agent/UDP]; $ns attach-agent $a $u", "[updatedb] u has no role.", line: 4),
    Mistake(
      "set u [new Agent/UDP]; set n [new Agent/Null]; $ns attach-agent $a $u; $ns attach-agent $b $n; $ns connect $u $n",
      "[updatedb] u does not have an attached application.", line: 4),
    Mistake("$ns connect [$a console] $b; $ns connect $c [$a console]", "[connect] a-console is already connected"),
    Mistake("set p [$ns make-path $a]", "[updatedb] p leads along a, which is not a link or a lan", line: 4),
    Mistake("set p [new Program $ns]; $p set node nobody", "[updatedb] p is on nobody, which is not a node", line: 4),
    Mistake("$l Queue $c", "Queue: c is not a member of l"),
    Mistake("$ns cost $a $c 5", "no link between a and c"),
    Mistake("$ns node-config -colour red", "bad option '-colour', should be one of: -topography"),
    // Units.
    Mistake("$ns duplex-link $a $b 5MB 0 DropTail", "Unknown bandwidth unit MB."),
    Mistake("$ns duplex-link $a $b 5Mbit 0 DropTail", "Unknown bandwidth unit Mbit."),
    Mistake("$ns duplex-link $a $b 9kb 0 DropTail", "Bandwidth of 9 Kbs is too low."),
    Mistake("$ns duplex-link $a $b 9000 0 DropTail", "Bandwidth of 9 Kbs is too low."),
    Mistake(
      "$ns duplex-link $a $b 1001Mb 0 DropTail", "Bandwidth requested (1001000) exceeds maximum of 1000000 kbps!"),
    Mistake("$ns duplex-link $a $b fast 0 DropTail", "\"fast\" is not a bandwidth: a number and a unit are wanted"),
    Mistake("$ns duplex-link $a $b 1Mb 5us DropTail", "Unknown delay unit us."),
    Mistake(
      "$ns duplex-link $a $b 1Mb 1ms DropTail", "The delay of 1.0ms is invalid, it must be either 0 or at least 2ms."),
    Mistake("$ns duplex-link $a $b 1Mb soon DropTail", "\"soon\" is not a delay: a number and a unit are wanted"),
    // Addresses.
    Mistake("tb-set-ip $a 10.0.0.1", "[tb-set-ip] a does not have a single connection."),
    Mistake("tb-set-ip $c 10.0.0", "tb-set-ip - 10.0.0 is not a valid IP address."),
    Mistake("tb-set-ip-link $c $l 10.0.0.1", "tb-set-ip-link - c is not connected to l."),
    Mistake("tb-set-ip-link $a $k 10.0.0.1", "[tb-set-ip-link] k is not a link."),
    Mistake("tb-set-ip-lan $a $l 10.0.0.1", "[tb-set-ip-lan] l is not a LAN."),
    Mistake("tb-set-ip-interface $a $c 10.0.0.1", "[tb-set-ip-interface] No connection between a and c."),
    Mistake("tb-set-netmask $l 255.0.0.0", "[tb-set-netmask] - 255.0.0.0 is too big"),
    Mistake("tb-set-netmask $l wide", "[tb-set-netmask] - wide is not a valid IP mask"),
    Mistake(
      "tb-set-netmask $l 255.255.0.255",
      "[tb-set-netmask] - 255.255.0.255 is not a valid IP mask: its ones must come before its zeros"),
    Mistake("$l set netmask wide", "[inet_atohl] Invalid ip wide; cannot be converted!", line: 2),
    Mistake("tb-set-netmask $a 255.255.255.0", "[tb-set-netmask] a is not a link or a lan."),
    Mistake(
      "tb-set-netmask $l 255.255.255.252", "Ran out of IP addresses in subnet of l, netmask 255.255.255.252."),
    Mistake(
      "tb-set-ip-link $a $l 10.1.2.0",
      "[check-ip-mask] IP address 10.1.2.0 with netmask 255.255.255.0 has either all '0's (reserved) or all '1's "
        + "(broadcast) in the host portion of the address."),
    // Loss and shaping.
    Mistake("tb-set-link-loss $l 1.5", "[tb-set-link-loss] 1.5 is not a valid loss rate."),
    Mistake("tb-set-link-loss $l 1e-3", "[tb-set-link-loss] 1e-3 is not a valid loss rate."),
    Mistake("tb-set-link-loss $l -1", "[tb-set-link-loss] -1 is not a valid loss rate."),
    Mistake("tb-set-link-loss $a $c 0.1", "[tb-set-link-loss] No link between a and c."),
    Mistake("tb-set-lan-loss $l 0.1", "[tb-set-lan-loss] l is not a lan."),
    Mistake("tb-set-node-lan-delay $l $k 5ms", "[tb-set-node-lan-delay] l is not a node."),
    Mistake("tb-set-node-lan-delay $a $l 5ms", "[tb-set-node-lan-delay] l is not a lan."),
    Mistake("set d [$ns node]; tb-set-node-lan-delay $d $k 5ms", "[tb-set-node-lan-delay] d is not in k."),
    Mistake("tb-set-link-simplex-params $l $c 5ms 1Mb 0.1", "[tb-set-link-simplex-params] c is not in l."),
    Mistake("tb-set-lan-simplex-params $k $a 5ms 1Mb 2 5ms 1Mb 0", "[tb-set-link-loss] 2 is not a valid loss rate."),
    // Nodes and settings.
    Mistake("tb-set-node-startcmd $l ls", "[tb-set-node-startcmd] l is not a node."),
    Mistake(
      "tb-set-node-startcmd $a \"one\\ntwo\"",
      "[updatedb] a_startcmd has disallowed newline in command: one two"),
    Mistake("tb-set-lan-backfill $l 5Mb", "[tb-set-lan-backfill] l is not a lan."),
    Mistake("tb-set-node-plab-role $a king", "[tb-set-node-plab-role] type must be one of plc|node|none"),
    Mistake("tb-set-wasolver-weights -1 7 500", "[tb-set-wasolver-weights] Weights must be postive integers."),
    Mistake("tb-set-node-rpms $a", "[tb-set-node-rpms] No rpms given."),
    Mistake("tb-set-node-tarfiles $a one", "[tb-set-node-tarfiles] Arguments should be node and series of pairs."),
    Mistake("tb-set-node-tarfiles $a here x.tgz", "[tb-set-node-tarfiles] 'here' is not an absolute path."),
    Mistake(
      "tb-set-node-tarfiles $a /proj/P /proj/P/x.tgz",
      "[tb-set-node-tarfiles] '/proj/P' refers to an NFS directory instead of the node's local disk."),
    Mistake(
      "tb-set-node-failure-action $a explode",
      "[tb-set-node-failure-action] type must be one of fatal|nonfatal|ignore."),
    Mistake("tb-set-link-failure-action $l ignore", "[tb-set-link-failure-action] must be one of fatal|nonfatal"),
    Mistake(
      "tb-make-weighted-vtype v 1.5 {pc}", "[tb-make-weighted-vtype] 1.5 is not a valid weight. (0 < weight < 1)."),
    Mistake("tb-use-endnodeshaping 2", "[tb-use-endnodeshaping] 2 must be 0/1"),
    Mistake(
      "tb-set-vlink-emulation magic",
      "[tb-set-vlink-emulation] magic is not one of alias|gre|egre|vtun|veth|veth-ne|vlan"),
    Mistake("tb-set-colocate-factor 101", "[tb-set-colocate-factor] factor must be 1 <= factor <= 100"),
    Mistake("tb-set-cpu-usage 6", "[tb-set-cpu-usage] usage must be 1 <= factor <= 5"),
    Mistake("tb-set-security-level Pink", "[tb-set-security-level] Pink is not a valid level"),
    Mistake("tb-fix-node $a $b", "[set-fixed] Improper fix-node a to b!"),
    Mistake("$a add-desire x 1 2", "wrong # args: should be \"a add-desire desire weight\""),
    Mistake("$a add-desire x 1; $a add-desire x 1", "[add-desire] Desire x on a already exists!"),
    Mistake("$a add-route $c $b; $a add-route $c $b", "[add-route] route from a to c already exists!"),
    Mistake("set d [$ns node]; $a add-route $c $d", "[add-route] Cannot find a link from a to d!"),
    Mistake("$c add-route $b $a", "[add-route] b must have only one link."),
    // Tcl's own.
    Mistake("tb-set-nonsense n0 1", "Unknown: tb-set-nonsense n0 1"),
    Mistake("puts $nothing", "can't read \"nothing\": no such variable"),
    Mistake("error {I give up}", "I give up"),
    Mistake("tb-set-ip $a", "wrong # args: should be \"tb-set-ip node ip\""),
  ]

  @Test("A mistake is reported with its line", arguments: mistakes)
  func reports(mistake: Mistake) {
    let found = complaints { try readBody(mistake.body) }
    #expect(found.contains("\(mistake.line): \(mistake.message)"), "\(found)")
  }

  @Test func reportsAllSemanticErrorsAtOnce() {
    let found = complaints {
      try readBody(
        "tb-set-ip $c 1.2.3\nfor {set i 0} {$i < 2} {incr i} {\n  tb-set-lan-loss $l 0.1\n}\ntb-set-cpu-usage 9")
    }
    #expect(
      found == [
        "3: tb-set-ip - 1.2.3 is not a valid IP address.", "5: [tb-set-lan-loss] l is not a lan.",
        "5: [tb-set-lan-loss] l is not a lan.", "7: [tb-set-cpu-usage] usage must be 1 <= factor <= 5",
      ])
  }

  @Test func reportsTheLineInsideALoop() {
    #expect(
      complaints { try readBody("for {set i 0} {$i < 2} {incr i} {\n\n  puts $nothing\n}") }
        == ["5: can't read \"nothing\": no such variable"])
  }

  @Test func namesTheProcedureOfAnError() {
    #expect(
      complaints { try readBody("proc p {} {\n  puts $nothing\n}\np") }
        == ["6: can't read \"nothing\": no such variable (in procedure \"p\", line 2)"])
  }

  @Test(arguments: ["", "# nothing\n", "set ns [new Simulator]\nsource tb_compat.tcl\nset a [$ns node]"])
  func missesTheRunStatement(script: String) {
    #expect(complaints { try readScript(script) } == ["0: No 'Simulator run' statement found."])
  }

  @Test func testbedCommandsExistOnceTheyAreSourced() {
    let found = complaints { try readScript("set ns [new Simulator]\nset a [$ns node]\ntb-set-node-os $a FBSD") }
    #expect(found == ["3: Unknown: tb-set-node-os a FBSD (tb- commands exist after \"source tb_compat.tcl\")"])
  }

  @Test func otherFilesAreNotSourced() {
    let found = complaints { try readScript("set ns [new Simulator]\nsource /etc/passwd") }
    #expect(
      found == [
        "2: source /etc/passwd is not allowed: only tb_compat.tcl can be sourced; put everything in one file"
      ])
  }

  @Test func missingFilesAreNamed() {
    #expect(complaints { try NS2Reader().read("/nowhere/x.ns") } == ["0: can't be read: no such file or directory"])
    #expect(complaints { try NS2Reader().read("/") } == ["0: can't be read: is a directory"])
  }

  @Test func binaryFilesAreRefused() {
    #expect(complaints { try readScript("set a 1\n\0") } == ["2: has a NUL byte, so it isn't an NS-2 file"])
  }
}
