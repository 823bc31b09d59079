import Testing
import TopologyModel
import TopologyReading

@Suite struct NS2ContentTests {
  @Test(
    "Bandwidths are in kb/s, truncated",
    arguments: zip(
      ["100Mb", "1.5Mbps", "1e3kb", "{10 Mb}", "20000", "15999b", "1Gb", "64K", "0.5M"],
      [100_000, 1500, 1000, 10_000, 20, 15, 1_000_000, 64, 500] as [Double]))
  func readsBandwidths(text: String, kilobits: Double) throws {
    let topology = try readBody("set m [$ns duplex-link $a $c \(text) 0 DropTail]").topology
    let link = try #require(topology.substrates.first { $0.name == "m" })
    #expect(link.capacity?.kilobitsPerSecond == kilobits)
  }

  @Test func aMemberMayHaveNoLimitWhereOthersHaveOne() throws {
    let topology = try readBody(
      "tb-set-node-lan-bandwidth $b $k *; tb-set-link-simplex-params $l $a 10ms * 0.1"
    ).topology
    #expect(topology.shaping(of: "b", on: "k")?.outgoing.kilobitsPerSecond == nil)
    #expect(topology.shaping(of: "c", on: "k")?.incoming.kilobitsPerSecond == 10_000)
    #expect(topology.shaping(of: "a", on: "l")?.outgoing.kilobitsPerSecond == nil)
    #expect(topology.shaping(of: "a", on: "l")?.incoming.kilobitsPerSecond == 100_000)
    #expect(topology.shaping(of: "b", on: "l")?.outgoing.kilobitsPerSecond == 100_000)
    #expect(topology.shaping(of: "b", on: "l")?.incoming.kilobitsPerSecond == nil)
  }

  @Test func variablesOfObjectsAreThoseOfTheParser() throws {
    let topology = try readBody(
      """
      $a set type pc600; $a set osid FBSD; $l set delay([list $b 0]) 7; $k set netmask 255.255.255.128
      foreach member [$k set nodelist] { tb-add-node-attribute [lindex $member 0] port [lindex $member 1] }
      foreach net [$b set portlist] { tb-set-link-loss $net 0.19 }
      """
    ).topology
    #expect(topology.computer("a")?.attributes[AttributeName.hardwareType] == "pc600")
    #expect(topology.computer("a")?.operatingSystems.first?.attributes[AttributeName.osid] == "FBSD")
    #expect(topology.computers.map { $0.attributes["port"] }.sorted { $0 ?? "" < $1 ?? "" } == ["0", "1", "1"])
    #expect(topology.shaping(of: "b", on: "l")?.outgoing.milliseconds == 7)
    #expect(topology.shaping(of: "b", on: "l")?.incoming.milliseconds == 5)
    #expect(topology.substrates.map { $0.attributes[AttributeName.loss] } == ["0.19", "0.19"])
  }

  @Test(
    "What changes nothing is warned of",
    arguments: zip(
      [
        "tb-set-hardware $l pc600", "tb-set-link-loss $a 0.1", "tb-set-endnodeshaping $l maybe", "set x 1 # one",
        "set two [new Agent/UDP a b]",
      ],
      [
        "[tb-set-hardware] l is not a node: nothing is changed",
        "[tb-set-link-loss] a is not a link or a lan: nothing is changed",
        "[tb-set-endnodeshaping] maybe should be 0 or 1", "set ignores what follows the value: # one",
        "unsupported NS statement: arguments for Agent/UDP, which isn't made",
      ]))
  func warns(body: String, message: String) throws {
    #expect(try readBody(body).warnings.map(\.message) == [message])
  }

  @Test func agentsMayBeConnectedBeforeTheyHaveApplications() throws {
    let reading = try readBody(
      """
      set tcp [new Agent/TCP/FullTcp]; set sink [new Agent/TCP/FullTcp]; $sink listen
      $ns attach-agent $a $tcp; $ns attach-agent $b $sink; $ns connect $tcp $sink
      set ftp [new Application/FTP]; $ftp attach-agent $tcp; $ns at 5 "$ftp start"
      """)
    #expect(reading.topology.computer("b")?.operatingSystems.first?.attributes[AttributeName.osid] == "FBSD-STD")
  }

  @Test func anyBandwidthIsNone() throws {
    let topology = try readBody("set m [$ns duplex-link $a $c * 0 DropTail]").topology
    #expect(topology.substrates.first { $0.name == "m" }?.capacity == nil)
  }

  @Test(
    "Delays are in ms, truncated",
    arguments: zip(
      ["10ms", "2.5ms", "10", "0.05s", "5000ns", "0", "{10 ms}"], [10, 2, 10_000, 50, 5, nil, 10] as [Double?]))
  func readsDelays(text: String, milliseconds: Double?) throws {
    let topology = try readBody("set m [$ns duplex-link $a $c 1Mb \(text) DropTail]").topology
    #expect(topology.substrates.first { $0.name == "m" }?.latency?.milliseconds == milliseconds)
  }

  @Test func theSeedsOwnLinkIsTenSecondsLong() throws {
    let reading = try readBody("set m [$ns duplex-link $a $c 100Mb 10 ms DropTail]")
    #expect(reading.topology.shaping(of: "a", on: "m")?.outgoing.milliseconds == 5000)
    #expect(
      reading.warnings.map(\.message) == [
        "unsupported NS statement: Arguments for duplex-link: DropTail",
        "unsupported NS statement: Link type ms, using DropTail!",
      ])
  }

  @Test func lossIsSharedByBothHalves() throws {
    let topology = try readBody("tb-set-link-loss $l 0.19; tb-set-lan-loss $k 0").topology
    let shaping = try #require(topology.shaping(of: "a", on: "l"))
    #expect(abs(shaping.outgoing.loss - 0.1) < 1e-12)
    #expect(shaping.incoming.loss == shaping.outgoing.loss)
    #expect(topology.substrates.first { $0.name == "l" }?.attributes[AttributeName.loss] == "0.19")
  }

  @Test func membersOfALANHaveTheirOwnFigures() throws {
    let topology = try readBody("tb-set-node-lan-params $b $k 7ms 2Mb 0.25").topology
    let own = MemberShaping.Direction(milliseconds: 7, kilobitsPerSecond: 2000, loss: 0.25)
    #expect(topology.shaping(of: "b", on: "k") == MemberShaping(outgoing: own, incoming: own))
    #expect(topology.shaping(of: "a", on: "k")?.outgoing.kilobitsPerSecond == 10_000)
  }

  @Test func directionsOfALinkHaveTheirOwnFigures() throws {
    let topology = try readBody("tb-set-link-simplex-params $l $a 20ms 1Mb 0.19").topology
    let a = try #require(topology.shaping(of: "a", on: "l"))
    let b = try #require(topology.shaping(of: "b", on: "l"))
    for half in [a.outgoing, b.incoming] {
      #expect(half.milliseconds == 10)
      #expect(half.kilobitsPerSecond == 1000)
      #expect(abs(half.loss - 0.1) < 1e-12)
    }
    for half in [a.incoming, b.outgoing] {
      #expect(half == MemberShaping.Direction(milliseconds: 5, kilobitsPerSecond: 100_000, loss: 0))
    }
  }

  @Test func directionsOfALANMemberHaveTheirOwnFigures() throws {
    let topology = try readBody("tb-set-lan-simplex-params $k $c 3ms 1Mb 0.1 4ms 2Mb 0.2").topology
    let shaping = try #require(topology.shaping(of: "c", on: "k"))
    #expect(shaping.outgoing == MemberShaping.Direction(milliseconds: 3, kilobitsPerSecond: 1000, loss: 0.1))
    #expect(shaping.incoming == MemberShaping.Direction(milliseconds: 4, kilobitsPerSecond: 2000, loss: 0.2))
  }

  @Test func fixedAddressesAndMasksAreKept() throws {
    let topology = try readBody(
      "tb-set-ip $c 10.9.0.7; tb-set-ip-interface $a $b 10.8.0.1; tb-set-netmask $l 255.255.252.0"
    ).topology
    let c = try #require(topology.computer("c"))
    #expect(
      topology.interfaces[c.interfaces.lowerBound].attributes
        == ["ip4_address": "10.9.0.7", "ip4_netmask": "255.255.255.0"])
    let a = try #require(topology.computer("a"))
    #expect(
      topology.interfaces[a.interfaces.lowerBound].attributes
        == ["ip4_address": "10.8.0.1", "ip4_netmask": "255.255.252.0"])
  }

  @Test func nodesKeepWhatIsSaidOfThem() throws {
    let topology = try readBody(
      """
      tb-set-node-os $a Ubuntu1604-STD; tb-set-hardware $a pc3000; tb-set-node-failure-action $a nonfatal
      tb-set-node-startcmd $a "sudo sh -c 'echo \\"hi\\" > /tmp/x'"; tb-set-node-rpms $a one.rpm two.rpm
      tb-set-node-tarfiles $a /opt /proj/P/x.tgz
      tb-add-node-attribute $a containers:node_type qemu; tb-add-node-attribute $a containers:node_type openvz
      $a add-route $c $b; $a add-desire fast 0.5
      tb-set-node-startup $b "old"
      """
    ).topology
    let a = try #require(topology.computer("a"))
    #expect(a.operatingSystems.first?.attributes[AttributeName.osid] == "Ubuntu1604-STD")
    #expect(a.attributes[AttributeName.hardwareType] == "pc3000")
    #expect(a.attributes[AttributeName.failureAction] == "nonfatal")
    #expect(a.attributes[AttributeName.startup] == "sudo sh -c 'echo \"hi\" > /tmp/x'")
    #expect(a.attributes[AttributeName.nodeType] == "qemu")
    #expect(a.attributes[AttributeName.route] == "c b")
    #expect(a.attributes["desire:fast"] == "0.5")
    #expect(a.software.map(\.location) == ["one.rpm", "two.rpm", "/proj/P/x.tgz"])
    #expect(a.software.last?.install == "/opt")
    #expect(topology.computer("b")?.attributes[AttributeName.startup] == "old")
  }

  @Test(
    arguments: zip(
      [
        "", "$ns rtproto Static", "$ns rtproto Session", "$ns rtproto Manual; $ns rtproto ospf", "$ns rtproto Magic",
        "$ns rtptoto Static",
      ],
      ["none", "static", "ospf", "ospf", "none", "none"]))
  func readsTheRoutingProtocol(body: String, routing: String) throws {
    #expect(try readBody(body).topology.attributes[AttributeName.routing] == routing)
  }

  @Test func hardwareTypesAndEnvironmentAreKept() throws {
    let attributes = try readBody(
      "tb-make-soft-vtype fast {pc850 pc600}; set opt(B) 1; set opt(A) {x y}; set opt(B) 2; tb-set-sync-server $a"
    ).topology.attributes
    #expect(attributes["vtype:fast"] == "0.5 pc850 pc600")
    #expect(attributes["syncserver"] == "a")
    #expect(
      attributes.entries.filter { $0.name.hasPrefix("opt:") } == [Attribute("opt:B", "2"), Attribute("opt:A", "x y")])
  }

  @Test func eventsAreReadAndLeftOut() throws {
    let reading = try readBody(
      """
      set udp [new Agent/UDP]; $ns attach-agent $a $udp
      set cbr [new Application/Traffic/CBR]; $cbr set rate_ 1Mb; $cbr attach-agent $udp
      set sink [new Agent/Null]; $ns attach-agent $b $sink; $ns connect $udp $sink
      set prog [$a program-agent -command "ls"]
      $ns at 5 "$cbr start; $l down"; $ns at 1h2m3s "$l bandwidth 10Mb duplex"
      [$ns link $a $b] queue; set q [[$ns lanlink $k $a] queue]; $q set limit_ 20
      """)
    #expect(
      reading.warnings.map(\.message) == [
        "program agents, traffic agents and events are read, and left out: containers run start commands only"
      ])
  }

  @Test func whatIsUnknownIsIgnoredWithAWarning() throws {
    let reading = try readBody("$ns color 1 Blue; set t [new Tracer]; $t anything; $a color red; $l orient right")
    #expect(
      reading.warnings.map { "\($0)".replacing(/^.*x\.ns/, with: "") } == [
        ":3: warning: unsupported NS statement: Object color", ":3: warning: unsupported NS statement: Object: Tracer",
        ":3: warning: unsupported NS statement: Tracer anything", ":3: warning: unsupported NS statement: Node color",
        ":3: warning: unsupported NS statement: Link orient",
      ])
  }

  @Test func largeLANsNeedNoNetmask() throws {
    let topology = try readScript(
      """
      set ns [new Simulator]
      for {set i 0} {$i < 400} {incr i} { lappend all [set n($i) [$ns node]] }
      set lan [$ns make-lan $all 100Mb 0]
      $ns run
      """
    ).topology
    #expect(topology.interfaces.count == 400)
  }
}
