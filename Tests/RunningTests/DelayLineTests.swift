import HostManifests
import Testing

@testable import Running

struct DelayLineTests {
  private func line(
    delay: Double = 0, loss: Double = 0, rate: Double? = nil, seed: UInt64 = 1
  ) -> DelayLine {
    DelayLine(.init(delayMilliseconds: delay, loss: loss, kilobitsPerSecond: rate), seed: seed)
  }

  @Test func aLineWithoutShapingIsNoWay() {
    var line = line()
    #expect(line.arrival(ofSize: 1500, at: 7) == 7)
    #expect(line.arrival(ofSize: 1500, at: 7) == 7)
  }

  @Test func aDelayIsAddedToEachPacket() {
    var line = line(delay: 12.5)
    #expect(line.arrival(ofSize: 1500, at: 100) == 12_500_100)
    #expect(line.arrival(ofSize: 1500, at: 200) == 12_500_200)
  }

  @Test func packetsOfARateWaitForThoseBefore() {
    // 8 Mb/s: a microsecond a byte.
    var line = line(delay: 1, rate: 8000)
    #expect(line.arrival(ofSize: 1000, at: 0) == 2_000_000)
    #expect(line.arrival(ofSize: 500, at: 0) == 2_500_000)
    #expect(line.arrival(ofSize: 500, at: 9_000_000) == 10_500_000)
  }

  @Test func aQueueHoldsFiftyPackets() {
    var line = line(rate: 8000)
    let taken = (0..<100).filter { _ in line.arrival(ofSize: 1514, at: 0) != nil }.count
    // The one whose turn it is doesn't wait.
    #expect(taken == 50 || taken == 51)
    #expect(line.arrival(ofSize: 1514, at: 2_000_000) != nil)
  }

  @Test func aRateOfNothingLetsNothingPass() {
    var line = line(rate: 0)
    #expect(line.arrival(ofSize: 100, at: 0) == nil)
  }

  @Test(arguments: [0.01, 0.1, 0.5], 0..<3 as Range<UInt64>)
  func soManyPacketsAreLostAsAsked(_ loss: Double, _ seed: UInt64) {
    var line = line(loss: loss, seed: seed << 32)
    let count = 100_000
    let lost = (0..<count).filter { _ in line.arrival(ofSize: 100, at: 0) == nil }.count
    let deviation = (Double(count) * loss * (1 - loss)).squareRoot()
    #expect(abs(Double(lost) - Double(count) * loss) < 4 * deviation)
  }

  @Test func allAreLostWhereThatIsAsked() {
    var line = line(loss: 1)
    #expect((0..<1000).allSatisfy { _ in line.arrival(ofSize: 100, at: 0) == nil })
  }
}

struct ArrivalQueueTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func framesArriveInOrderAndThoseOfOneTimeAsTheyLeft(_ seed: UInt64) {
    var random = Mixer(state: seed)
    var queue = ArrivalQueue()
    var expected: [(time: Int64, frame: UInt8)] = []
    for frame in 0..<UInt8(200) {
      let time = Int64(random.next() % 30)
      queue.insert([frame], at: time, for: Int(frame))
      expected.append((time, frame))
    }
    expected.sort { ($0.time, $0.frame) < ($1.time, $1.frame) }
    var arrived: [UInt8] = []
    for now in 0..<Int64(30) {
      while let entry = queue.removeFirst(until: now) {
        #expect(entry.time == now && entry.port == Int(entry.frame[0]))
        arrived.append(entry.frame[0])
      }
    }
    #expect(arrived == expected.map(\.frame))
    #expect(queue.nextTime == nil)
  }

  private struct Mixer {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}

struct NeighbourTableTests {
  private static let mac: [UInt8] = [2, 0, 0, 0, 0, 9]

  /// An ARP message.
  private func message(from sender: [UInt8], _ senderAddress: [UInt8], for target: [UInt8]) -> [UInt8] {
    [255, 255, 255, 255, 255, 255] + sender + [8, 6, 0, 1, 8, 0, 6, 4, 0, 1] + sender + senderAddress
      + [0, 0, 0, 0, 0, 0] + target
  }

  @Test func aNeighbourIsKnownByTheMessagesItSends() {
    var table = NeighbourTable([0x0a00_0002: 0], rest: 1)
    let packet = Self.mac + [2, 0, 0, 0, 0, 1, 8, 0] + [UInt8](repeating: 0, count: 46)
    #expect(table.lane(of: packet) == 1)
    table.learn(from: message(from: Self.mac, [10, 0, 0, 2], for: [10, 0, 0, 1]))
    #expect(table.lane(of: packet) == 0)
    // Somebody else's address teaches nothing.
    table.learn(from: message(from: [2, 0, 0, 0, 0, 8], [10, 0, 0, 3], for: [10, 0, 0, 1]))
    #expect(table.lane(of: [2, 0, 0, 0, 0, 8] + packet.dropFirst(6)) == 1)
  }

  @Test func aQuestionForANeighbourTravelsAsItsPacketsWill() {
    let table = NeighbourTable([0x0a00_0002: 0], rest: 1)
    #expect(table.lane(of: message(from: [2, 0, 0, 0, 0, 1], [10, 0, 0, 1], for: [10, 0, 0, 2])) == 0)
    #expect(table.lane(of: message(from: [2, 0, 0, 0, 0, 1], [10, 0, 0, 1], for: [10, 0, 0, 3])) == 1)
  }

  @Test(arguments: [0, 5, 13, 14, 41]) func shortFramesAreTakenAsTheyAre(_ size: Int) {
    var table = NeighbourTable([0x0a00_0002: 0], rest: 1)
    let frame = [UInt8](repeating: 8, count: size)
    table.learn(from: frame)
    #expect(table.lane(of: frame) == 1)
  }
}
