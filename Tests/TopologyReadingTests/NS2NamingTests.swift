import Testing
import TopologyModel
import TopologyReading

@Suite struct NS2NamingTests {
  private func names(_ body: String) throws -> (nodes: Set<String>, substrates: Set<String>) {
    let topology = try readScript(
      "set ns [new Simulator]\nsource tb_compat.tcl\n\(body)\n$ns run"
    ).topology
    return (Set(topology.computers.map(\.name)), Set(topology.substrates.map(\.name)))
  }

  @Test func arrayElementsNameObjectsWithAHyphen() throws {
    #expect(try names("set n(0) [$ns node]; set pnode(0000) [$ns node]").nodes == ["n-0", "pnode-0000"])
  }

  @Test func dynamicNamesCount() throws {
    #expect(try names("foreach x {p q} { set $x [$ns node] }").nodes == ["p", "q"])
  }

  @Test func unnamedObjectsShareOneCounter() throws {
    let found = try names(
      "set a [$ns node]; $ns node; $ns duplex-link $a tbnode-n2 1Mb 0 DropTail; $ns trace-all x; $ns node")
    #expect(found.nodes == ["a", "tbnode-n2", "tbnode-n5"])
    #expect(found.substrates == ["tblink-l3"])
  }

  @Test func aSecondAssignmentDoesNotRename() throws {
    #expect(try names("set a [$ns node]; set b $a").nodes == ["a"])
  }

  @Test func anAssignmentInBetweenKeepsTheInternalName() throws {
    #expect(try names("set x 1; $ns node; set y 2; set z tbnode-n1").nodes == ["tbnode-n1"])
  }

  @Test func variablesOfProceduresDoNotName() throws {
    #expect(try names("proc make {} { global ns; set inside [$ns node]; return $inside }; make").nodes == ["tbnode-n1"])
  }

  @Test func theResultOfAProcedureIsNamedByAGlobalVariable() throws {
    #expect(
      try names("proc make {} { global ns; set inside [$ns node]; return $inside }; set out [make]").nodes == ["out"])
  }

  @Test func globalVariablesOfProceduresDoName() throws {
    #expect(try names("set g 0; proc make {} { global ns g; set g [$ns node] }; make").nodes == ["g"])
  }

  @Test func theSimulatorAndNodesAreCommands() throws {
    let found = try names("set a [$ns node]; set b [ns node]; set l [ns duplex-link a b 1Mb 0 DropTail]")
    #expect(found.nodes == ["a", "b"])
    #expect(found.substrates == ["l"])
  }

  @Test func aQualifiedNameIsNoHostName() {
    let found = complaints { try readScript("set ns [new Simulator]\nset ::a [$ns node]\n$ns run") }
    #expect(found.first?.hasPrefix("2: [run] Invalid node name ::a.") == true)
  }

  @Test func aSecondSimulatorThatDoesNothingIsNoMistake() throws {
    #expect(try names("set other [new Simulator]; set a [$ns node]").nodes == ["a"])
  }

  @Test func theSimulatorMayHaveAnotherName() throws {
    let topology = try readScript("source tb_compat.tcl\nset sim [new Simulator]\nset a [$sim node]\n$sim run").topology
    #expect(topology.computers.map(\.name) == ["a"])
  }

  @Test func statementsAfterTheRunChangeNothing() throws {
    let topology = try readScript(
      "set ns [new Simulator]\nset a [$ns node]\n$ns run\nset b [$ns node]\n"
    ).topology
    #expect(topology.computers.map(\.name) == ["a"])
  }

  @Test func aFileWithoutNodesIsRead() throws {
    #expect(try readScript("set ns [new Simulator]\n$ns run").topology.computers.isEmpty)
  }

  @Test func carriageReturnsAndContinuationsAreRead() throws {
    let topology = try readScript(
      "set ns [new Simulator]\r\nset a [$ns node]\r\nset b [$ns node]\r\nset l [$ns duplex-link $a \\\r\n  $b 1Mb 0 DropTail] ;# a link\r\n$ns run\r\n"
    ).topology
    #expect(topology.substrates.map(\.name) == ["l"])
  }

  /// The vectors of the documentation's pictures: a star of ten nodes whose links have no names.
  @Test func arrayOrderIsThatOfTcl() throws {
    let topology = try readScript(
      """
      source tb_compat.tcl
      set ns [new Simulator]
      set center [$ns node]
      for {set i 0} {$i < 9} {incr i} {
        set n($i) [$ns node]
        ns duplex-link $center $n($i) 100Mb 10ms DropTail
      }
      $ns run
      """
    ).topology
    #expect(
      topology.computers.map(\.name) == ["n-5", "n-1", "n-6", "n-2", "center", "n-7", "n-3", "n-8", "n-4", "n-0"])
    #expect(topology.substrates.map(\.name) == [7, 3, 17, 13, 9, 5, 19, 15, 11].map { "tblink-l\($0)" })
  }
}
