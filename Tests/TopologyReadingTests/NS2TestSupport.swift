import Foundation
import TestSupport
import TopologyModel
import TopologyReading

/// Reads a script, with a prologue of two lines that makes `$ns`, `$a`, `$b`, `$c`, the link `$l` between a and b, and
/// the LAN `$k` of all three; and runs it at the end.
func readBody(_ body: String, limits: NS2Limits = NS2Limits()) throws -> NS2Reader.Reading {
  try readScript(
    """
    set ns [new Simulator]; source tb_compat.tcl; set a [$ns node]; set b [$ns node]; set c [$ns node]
    set l [$ns duplex-link $a $b 100Mb 10ms DropTail]; set k [$ns make-lan "$a $b $c" 10Mb 0]
    \(body)
    $ns run
    """, limits: limits)
}

/// Reads a script as it is.
func readScript(_ text: String, limits: NS2Limits = NS2Limits()) throws -> NS2Reader.Reading {
  let folder = try TemporaryFolder()
  let path = try folder.write(text, to: "x.ns")
  return try NS2Reader(limits: limits).read(path)
}

/// What is wrong with a script, as `line: message` a line.
func complaints(_ read: () throws -> NS2Reader.Reading) -> [String] {
  do {
    _ = try read()
    return []
  } catch let error as ReadError {
    return error.diagnostics.filter { $0.severity == .error }.map { "\($0.line ?? 0): \($0.message)" }
  } catch {
    return ["\(error)"]
  }
}

extension Topology {
  /// The computer of a name.
  func computer(_ name: String) -> Computer? { computers.first { $0.name == name } }

  /// The shaping of a computer on a substrate.
  func shaping(of computer: String, on substrate: String) -> MemberShaping? {
    guard let computer = self.computer(computer), let index = substrates.firstIndex(where: { $0.name == substrate }),
      let interface = interfaces[computer.interfaces].first(where: { $0.substrate == index })
    else { return nil }
    return MemberShaping(interface, on: substrates[index])
  }
}
