internal import CLinux
internal import Glibc
internal import HostManifests
internal import SystemPackage

/// Delays, holds back and loses frames between TAP interfaces, where the kernel has nothing that does.
///
/// One thread moves all frames of a host. A frame crosses between kernel and program twice, which is the price of a
/// kernel without netem.
struct Relay {
  /// A way for frames, from one TAP interface to another.
  struct Path {
    /// Where frames are read.
    var source: FileDescriptor
    /// Where they are written.
    var target: FileDescriptor
    /// What happens to them on the way: to each neighbour that has a direction of its own, and last to all others.
    var lanes: [InterfaceShaping.Direction]
    /// The lane of each neighbour that has one of its own.
    var neighbours: [UInt32: Int] = [:]
    /// The path of frames that come back, from which it is learnt who the neighbours are.
    var reverse: Int
  }

  private struct Line {
    let source: FileDescriptor
    let target: FileDescriptor
    let reverse: Int
    var lanes: [DelayLine]
    var neighbours: NeighbourTable
  }

  private let epoll: CInt
  private var lines: [Line]
  private var queue = ArrivalQueue()

  /// The largest frame: TAP interfaces without offloads give none that is larger than their MTU and a header.
  private static let greatestFrame = 1 << 16
  /// How many frames are read from one interface before the others have their turn.
  private static let burst = 64

  /// A relay for these ways.
  ///
  /// - Throws: What the kernel refuses.
  init(_ paths: [Path]) throws(RunningError) {
    epoll = clinux_epoll_create()
    guard epoll >= 0 else { throw RunningError(kernel: "the relay can't wait for frames") }
    var seed: UInt64 = 0
    lines = paths.map { path in
      Line(
        source: path.source, target: path.target, reverse: path.reverse,
        lanes: path.lanes.map { direction in
          seed += 1
          return DelayLine(direction, seed: seed << 32)
        }, neighbours: NeighbourTable(path.neighbours, rest: path.lanes.count - 1))
    }
    for (index, path) in paths.enumerated() {
      guard clinux_epoll_add(epoll, path.source.rawValue, UInt32(index)) == 0 else {
        throw RunningError(kernel: "the relay can't wait for frames")
      }
    }
  }

  /// Begins to move frames, on a thread of its own, until the process ends.
  func start() {
    var loop = self
    Threads.start("relay") {
      // A frame that is late is a link that is slower than asked for.
      _ = clinux_thread_priority(-15)
      loop.run()
    }
  }

  private mutating func run() -> Never {
    var buffer = [UInt8](repeating: 0, count: Self.greatestFrame)
    var ready = [UInt32](repeating: 0, count: 64)
    while true {
      var now = clinux_now()
      while let entry = queue.removeFirst(until: now) { write(entry.frame, to: lines[entry.port].target) }
      let wait = queue.nextTime.map { max(0, $0 - clinux_now()) } ?? -1
      let count = unsafe clinux_epoll_wait(epoll, &ready, CInt(ready.count), wait)
      guard count > 0 else { continue }
      now = clinux_now()
      for index in ready.prefix(Int(count)) { take(from: Int(index), into: &buffer, at: now) }
    }
  }

  /// Takes the frames that wait at the beginning of a way.
  private mutating func take(from index: Int, into buffer: inout [UInt8], at now: Int64) {
    for _ in 0..<Self.burst {
      guard let size = unsafe buffer.withUnsafeMutableBytes({ unsafe try? lines[index].source.read(into: $0) }),
        size > 0
      else { return }
      let frame = Array(buffer[..<size])
      lines[lines[index].reverse].neighbours.learn(from: frame)
      let lane = lines[index].neighbours.lane(of: frame)
      guard let time = lines[index].lanes[lane].arrival(ofSize: size, at: now) else { continue }
      if time <= now {
        write(frame, to: lines[index].target)
      } else {
        queue.insert(frame, at: time, for: index)
      }
    }
  }

  /// A frame that its interface doesn't take, as where it is down, is lost.
  private func write(_ frame: [UInt8], to target: FileDescriptor) {
    _ = unsafe frame.withUnsafeBytes { unsafe try? target.write($0) }
  }
}
