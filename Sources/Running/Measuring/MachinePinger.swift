internal import Dispatch
internal import Synchronization

/// Has virtual machines answer probes: only a machine's own system can ask as the node.
struct MachinePinger {
  /// How many packets are sent at once, and their pause in ms.
  private static let count = 4
  private static let pause = 20.0
  /// How often it is tried to get an answer as expected: whatever a busy machine adds to a round trip, some are without.
  private static let rounds = 8

  private let machine: VirtualMachine

  /// The pinger of a machine.
  init(_ machine: VirtualMachine) { self.machine = machine }

  /// Answers those of some probes that are for virtual machines: each machine one after the other, and machines at once; then
  /// alone those that took longer than expected, which machines may have made each other do.
  ///
  /// - Parameters:
  ///   - probes: The probes.
  ///   - machines: The virtual machines, by name.
  /// - Returns: The answers, by the places of their probes.
  static func answers(to probes: [Probe], _ machines: [String: VirtualMachine]) -> [Int: Measurement] {
    let work = Dictionary(grouping: probes.indices.filter { machines[probes[$0].node] != nil }) { probes[$0].node }
      .sorted { $0.key < $1.key }
    let found = Mutex<[Int: Measurement]>([:])
    DispatchQueue.concurrentPerform(iterations: work.count) { number in
      guard let machine = machines[work[number].key] else { return }
      for index in work[number].value {
        let answer = Self(machine).answer(to: probes[index])
        found.withLock { $0[index] = answer }
      }
    }
    var answers = found.withLock { $0 }
    for (name, indices) in work {
      for index in indices where probes[index].aim == .delay {
        guard let machine = machines[name], let first = answers[index], first.received > 0, !first.meets(probes[index])
        else { continue }
        let second = Self(machine).answer(to: probes[index])
        if second.meets(probes[index]) { answers[index] = second }
      }
    }
    return answers
  }

  /// Answers a probe.
  private func answer(to probe: Probe) -> Measurement {
    var result = Measurement()
    switch probe.aim {
    case .delay:
      let count = max(Self.count, probe.attempts / 4)
      for _ in 0..<Self.rounds {
        ask(probe, count: count, interval: Self.pause, into: &result)
        if result.meets(probe) { break }
      }
    case .loss: ask(probe, count: probe.attempts, interval: 5, into: &result)
    case .rate: result.problem = "virtual machines aren't asked for rates"
    }
    return result
  }

  private func ask(_ probe: Probe, count: Int, interval: Double, into result: inout Measurement) {
    guard let text = machine.ping(probe, count: count, interval: interval), let found = Self.summary(text) else {
      result.sent += count
      result.problem = "\(probe.node) doesn't say how its ping ended"
      return
    }
    result.sent += found.sent
    result.received += found.received
    if let milliseconds = found.milliseconds {
      result.milliseconds = min(result.milliseconds ?? .infinity, milliseconds)
    }
  }

  /// What `ping` says at its end, of busybox or iputils: "4 packets transmitted, 4 packets received, …", "4 received"; then
  /// "round-trip min/avg/max = 0.1/…", "rtt min/avg/max/mdev = …".
  static func summary(_ text: String) -> (sent: Int, received: Int, milliseconds: Double?)? {
    guard let middle = text.firstRange(of: " packets transmitted, "),
      let sent = text[..<middle.lowerBound].split(separator: " ").last.flatMap({ Int($0) }),
      let received = text[middle.upperBound...].split(separator: " ").first.flatMap({ Int($0) })
    else { return nil }
    let fastest = text.split(separator: "= ").last?.prefix { $0 != "/" }
    return (sent, received, received > 0 ? fastest.flatMap { Double($0) } : nil)
  }
}
