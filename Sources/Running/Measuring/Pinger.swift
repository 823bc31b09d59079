internal import CLinux
internal import Glibc
internal import SystemPackage

/// Sends probes from nodes, many at once, and waits for the answers.
struct Pinger {
  /// How many probes are under way at once; then, of those that took longer than expected, which they may have made
  /// each other do.
  private static let widths = [64, 4, 1]
  /// How many packets of a stream leave before it is seen to what comes back.
  private static let burst = 16
  /// How long an answer is waited for beyond what is expected.
  private static let patience: Int64 = 400_000_000
  /// The pause between packets that are counted, so that they don't fill the queues of slow links.
  private static let pause: Int64 = 5_000_000

  private struct Flight {
    var attempt: UInt32 = 0
    var sent = 0
    var sentAt: Int64 = 0
    /// When the next packet goes out, whether this one is answered or not.
    var deadline: Int64 = 0
    /// When the packets of a stream came back.
    var arrivals: [Int64] = []
  }

  private let probes: [Probe]
  /// The socket of each probe; -1 where there is none.
  private let sockets: [CInt]
  private let identifier: UInt16
  private let epoll: CInt
  private var results: [Measurement]
  private var flights: [Int: Flight] = [:]
  private var buffer = [UInt8](repeating: 0, count: 1 << 14)

  /// Answers probes.
  ///
  /// - Parameters:
  ///   - probes: The probes.
  ///   - networks: The network namespace of each node, by name.
  /// - Returns: The answers, in the order of the probes.
  /// - Throws: If there are no sockets to be had.
  static func answers(to probes: [Probe], networks: [String: FileDescriptor]) throws(RunningError) -> [Measurement] {
    var sockets: [String: CInt] = [:]
    defer { for socket in sockets.values { close(socket) } }
    for name in Set(probes.map(\.node)).sorted() {
      guard let network = networks[name] else { continue }
      let socket = clinux_icmp_socket(network.rawValue)
      guard socket >= 0 else { throw RunningError(kernel: "\(name) can't be asked to ping") }
      sockets[name] = socket
    }
    let epoll = clinux_epoll_create()
    defer { close(epoll) }
    for socket in sockets.values { _ = clinux_epoll_add(epoll, socket, UInt32(socket)) }
    // Who takes the time should be there when it has come.
    _ = clinux_thread_priority(-15)
    defer { _ = clinux_thread_priority(0) }
    var pinger = Self(probes, sockets: probes.map { sockets[$0.node] ?? -1 }, epoll: epoll)
    pinger.run()
    return pinger.results
  }

  private init(_ probes: [Probe], sockets: [CInt], epoll: CInt) {
    self.probes = probes
    self.sockets = sockets
    self.epoll = epoll
    identifier = .random(in: 1...UInt16.max)
    results = probes.map { _ in Measurement() }
  }

  private mutating func run() {
    for index in probes.indices where sockets[index] < 0 {
      results[index].problem = "there is no node \(probes[index].node) here"
    }
    for index in probes.indices where sockets[index] >= 0 && probes[index].aim == .rate { stream(index) }
    var open = probes.indices.filter { sockets[$0] >= 0 && probes[$0].aim != .rate }
    for width in Self.widths {
      run(open, width: width)
      open.removeAll { probes[$0].aim != .delay || results[$0].received == 0 || results[$0].meets(probes[$0]) }
    }
  }

  private mutating func run(_ indices: [Int], width: Int) {
    var rest = indices[...]
    var ready = [UInt32](repeating: 0, count: 64)
    while !rest.isEmpty || !flights.isEmpty {
      while flights.count < width, let next = rest.popFirst() {
        flights[next] = Flight()
        send(next)
      }
      guard let deadline = flights.values.map(\.deadline).min() else { continue }
      let wait = max(0, deadline - clinux_now())
      let count = unsafe clinux_epoll_wait(epoll, &ready, CInt(ready.count), wait)
      for socket in ready.prefix(Int(max(0, count))) { receive(CInt(socket)) }
      let now = clinux_now()
      for (index, flight) in flights where flight.deadline <= now { proceed(index) }
    }
  }

  /// Sends the next packet of a probe, or ends it.
  private mutating func proceed(_ index: Int) {
    let probe = probes[index]
    let isDone = probe.aim == .delay && results[index].meets(probe)
    if isDone || flights[index].map({ $0.sent >= probe.attempts }) ?? true {
      flights[index] = nil
    } else {
      send(index)
    }
  }

  /// Sends the packets of a probe at a steady pace.
  private mutating func stream(_ index: Int) {
    let probe = probes[index]
    let interval = Int64(probe.intervalMilliseconds * 1e6)
    var ready = [UInt32](repeating: 0, count: 64)
    flights[index] = Flight()
    var next = clinux_now()
    while let flight = flights[index] {
      let now = clinux_now()
      var wait = flight.deadline - now
      if flight.sent < probe.attempts {
        // Those whose time has come, together, as the clock isn't that fine; but what comes back is taken meanwhile.
        let due = max(0, min(Int((now - next) / max(1, interval)) + 1, probe.attempts - flight.sent, Self.burst))
        for _ in 0..<due { send(index) }
        next += Int64(due) * interval
        wait = next - now
      } else if wait <= 0 {
        results[index].kilobitsPerSecond = Self.rate(of: flight.arrivals, size: probe.size)
        flights[index] = nil
      }
      let count = unsafe clinux_epoll_wait(epoll, &ready, CInt(ready.count), max(0, wait))
      for socket in ready.prefix(Int(max(0, count))) { receive(CInt(socket)) }
    }
  }

  /// The rate of a stream in kb/s: that of the third of it that went best, as a busy machine may have held back the others.
  private static func rate(of arrivals: [Int64], size: Int) -> Double? {
    let length = arrivals.count / 3
    guard length > 4 else { return nil }
    let shortest = (length..<arrivals.count).map { arrivals[$0] - arrivals[$0 - length] }.min() ?? 0
    return shortest > 0 ? Double(length * (size + 14) * 8) * 1e6 / Double(shortest) : nil
  }

  private mutating func send(_ index: Int) {
    let probe = probes[index]
    guard var flight = flights[index], let target = IPv4.number(probe.target) else {
      flights[index] = nil
      results[index].problem = "\(probe.target) is no address"
      return
    }
    results[index].sent += 1
    flight.attempt = UInt32(results[index].sent)
    flight.sent += 1
    flight.sentAt = clinux_now()
    let isLast = flight.sent >= probe.attempts
    let expected = Int64((probe.expectedMilliseconds ?? 1000) * 2e6)
    flight.deadline = flight.sentAt + (probe.aim == .loss && !isLast ? Self.pause : expected + Self.patience)
    flights[index] = flight
    let message = EchoMessage(identifier: identifier, probe: UInt32(index), attempt: flight.attempt)
    // The IP header takes 20 bytes.
    let bytes = message.bytes(size: probe.size - 20)
    let source = probe.source.flatMap { IPv4.number($0) } ?? 0
    let sent = unsafe bytes.withUnsafeBytes {
      unsafe clinux_send(sockets[index], source.bigEndian, target.bigEndian, $0.baseAddress, $0.count)
    }
    guard sent < 0 else { return }
    results[index].problem = Errno.last.description.lowercased()
    // A route may yet come, an interface come up.
    flights[index]?.deadline = flight.sentAt + 50_000_000
  }

  private mutating func receive(_ socket: CInt) {
    while true {
      var source: UInt32 = 0
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe clinux_receive(socket, &source, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return }
      let now = clinux_now()
      guard let echo = EchoMessage(packet: buffer[..<Int(count)]), echo.identifier == identifier else { continue }
      let index = Int(echo.probe)
      guard let flight = flights[index], IPv4.number(probes[index].target) == UInt32(bigEndian: source) else {
        continue
      }
      results[index].received += 1
      results[index].problem = nil
      if probes[index].aim == .rate { flights[index]?.arrivals.append(now) }
      guard flight.attempt == echo.attempt else { continue }
      let milliseconds = Double(now - flight.sentAt) / 1e6
      results[index].milliseconds = min(results[index].milliseconds ?? .infinity, milliseconds)
      if probes[index].aim == .delay { proceed(index) }
    }
  }
}
