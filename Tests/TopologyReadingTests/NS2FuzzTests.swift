import TestSupport
import Testing
import TopologyModel
import TopologyReading

/// Random and damaged scripts: each is refused with errors, or read as a topology that TopDL can hold.
@Suite struct NS2FuzzTests {
  @Test func randomScriptsAreRefusedOrRead() throws {
    let folder = try TemporaryFolder()
    var readCount: UInt64 = 0
    let count = try Fuzzing.forEachSeed(usual: 100) { seed in
      if try isRead(seed: seed, in: folder) { readCount += 1 }
    }
    #expect(readCount > 0, "some damage does no harm")
    #expect(readCount < count)
  }

  /// Reads a random script, and tells whether it is one.
  private func isRead(seed: UInt64, in folder: TemporaryFolder) throws -> Bool {
    let path = try folder.write(RandomScript(seed: seed).text, to: "x.ns")
    let limits = NS2Limits(seconds: 1, objects: 10_000, outputBytes: 10_000)
    let topology: Topology
    do {
      topology = try NS2Reader(limits: limits).read(path).topology
    } catch {
      #expect(!error.diagnostics.isEmpty && error.diagnostics.allSatisfy { !$0.message.isEmpty }, "seed \(seed)")
      return false
    }
    // Start commands may hold control characters, which XML can't.
    if let bytes = try? TopDLWriter().bytes(of: topology) {
      #expect(try TopDLReader.read(bytes, file: "x") == topology, "seed \(seed)")
    }
    return true
  }
}

/// A script out of the words of NS-2 files: random ones, or a good script with a few changes.
private struct RandomScript {
  private(set) var text: String
  private var random: SplitMix64

  private static let example = """
    set ns [new Simulator]
    source tb_compat.tcl
    # a comment
    proc pair {name} {
      global ns
      set first [$ns node]
      return $first
    }
    set all {}
    for {set i 0} {$i < 4} {incr i} {
      set n($i) [$ns node]
      tb-set-node-os $n($i) Ubuntu1604-STD
      if {$i > 0} { set link$i [$ns duplex-link $n(0) $n($i) 10Mb 20ms DropTail] }
      lappend all $n($i)
    }
    set other [pair x]
    set lan0 [$ns make-lan "$all" 100Mb 0ms]
    tb-set-link-loss $link1 0.05; tb-set-ip-link $n(0) $link2 10.1.2.3; tb-set-netmask $link2 255.255.255.0
    tb-set-node-lan-params $n(1) $lan0 5ms 5Mb 0.1
    tb-set-link-simplex-params $link3 $n(3) 10ms 1Mb 0.01
    tb-add-node-attribute $n(2) containers:node_type qemu
    tb-set-node-startcmd $n(2) "echo \\"a b\\" > /tmp/x"
    $n(1) add-route $link2 $n(0)
    $ns rtproto Manual
    $ns run

    """

  private static let words = [
    "$ns", "node", "duplex-link", "make-lan", "$a", "$n(0)", "$lan0", "$link1", "100Mb", "10ms", "DropTail",
    "tb-set-ip", "tb-set-link-loss", "tb-set-node-lan-params", "tb-set-link-simplex-params", "tb-set-netmask",
    "255.255.255.0", "10.0.0.1", "0.5", "-1", "1e308", "", "{}", "[", "]", "{", "}", "\"", ";", "\n", "\\", "set", "x",
    "(", ")", "proc", "foreach", "while", "expr", "rename", "upvar", "eval", "uplevel", "catch", "info", "frame",
    "$ns run", "at", "[$ns node]", "[new Simulator]", "[new Agent/UDP]", "$x", "opt(a)", "string", "repeat", "ä",
    "\u{1F600}", "tb-add-node-attribute", "tb-set-node-startcmd", "add-route", "attach-agent", "connect",
    "make-simulated", "event-sequence", "namespace", "delete", "::", "unset", "ns", "a", "lan", "9999999999999999999",
    "0x7fffffff", "*", "~", "[list", "[lindex", "trace", "add", "variable", "coroutine", "yield", "interp", "exit",
  ]

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    if seed.isMultiple(of: 3) {
      text = "set ns [new Simulator]\nsource tb_compat.tcl\nset a [$ns node]\n"
      for _ in 0..<Int.random(in: 1...40, using: &random) { text += word() }
      text += "\n$ns run\n"
    } else {
      text = Self.example
      for _ in 0..<Int.random(in: 1...4, using: &random) { damage() }
    }
  }

  private mutating func word() -> String {
    Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
      + (Int.random(in: 0..<6, using: &random) == 0 ? "\n" : " ")
  }

  private mutating func damage() {
    var scalars = Array(text.unicodeScalars)
    let start = Int.random(in: 0..<scalars.count, using: &random)
    let end = min(scalars.count, start + Int.random(in: 0...30, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: scalars.removeSubrange(start..<end)
    case 1: scalars.insert(contentsOf: scalars[start..<end], at: Int.random(in: 0...scalars.count, using: &random))
    case 2: scalars[start] = Unicode.Scalar(UInt8.random(in: 1...255, using: &random))
    default: scalars.insert(contentsOf: word().unicodeScalars, at: start)
    }
    text = String(String.UnicodeScalarView(scalars))
  }
}
