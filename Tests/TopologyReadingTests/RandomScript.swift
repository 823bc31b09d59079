import TestSupport

/// Makes random scripts out of the words of NS-2 files.
struct RandomScript {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private static let words = [
    "$ns", "node", "duplex-link", "make-lan", "$a", "$b", "$c", "$l", "$k", "100Mb", "10ms", "DropTail", "tb-set-ip",
    "tb-set-link-loss", "tb-set-node-lan-params", "tb-set-link-simplex-params", "tb-set-netmask", "255.255.255.0",
    "10.0.0.1", "0.5", "-1", "1e308", "", "{}", "[", "]", "{", "}", "\"", ";", "\n", "\\", "set", "x", "(", ")", "proc",
    "foreach", "while", "expr", "rename", "upvar", "eval", "uplevel", "catch", "info", "frame", "$ns run", "at",
    "[$ns node]", "[new Simulator]", "[new Agent/UDP]", "$x", "opt(a)", "string", "repeat", "ä", "\u{1F600}",
    "tb-add-node-attribute",
    "tb-set-node-startcmd", "add-route", "attach-agent", "connect", "make-simulated", "event-sequence", "namespace",
    "delete", "::", "unset", "ns", "a", "lan", "9999999999999999999", "0x7fffffff", "*", "~", "[list", "[lindex",
  ]

  mutating func next() -> String {
    (0..<Int.random(in: 1...40, using: &random)).map { _ in
      Self.words[Int.random(in: 0..<Self.words.count, using: &random)]
        + (Int.random(in: 0..<6, using: &random) == 0 ? "\n" : " ")
    }.joined()
  }
}
