import Testing
import TopologyModel

/// A link of 20 ms, 10 Mb/s and a loss of 19 %: half of it has 10 ms and loses 10 %.
private let link = Substrate(
  name: "l", capacity: Capacity(kilobitsPerSecond: 10_000), latency: Latency(milliseconds: 20),
  attributes: ["loss": "0.19"])

@Suite struct MemberShapingTests {
  private func shaping(
    capacity: Double? = nil, latency: Double? = nil, _ attributes: Attributes = [:], on substrate: Substrate = link
  ) -> MemberShaping {
    MemberShaping(
      Interface(
        name: "i", substrate: 0, capacity: capacity.map { Capacity(kilobitsPerSecond: $0) },
        latency: latency.map { Latency(milliseconds: $0) }, attributes: attributes),
      on: substrate)
  }

  private func expect(
    _ direction: MemberShaping.Direction, _ milliseconds: Double, _ kilobitsPerSecond: Double?, _ loss: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(direction.milliseconds == milliseconds, sourceLocation: sourceLocation)
    #expect(direction.kilobitsPerSecond == kilobitsPerSecond, sourceLocation: sourceLocation)
    #expect(abs(direction.loss - loss) < 1e-12, sourceLocation: sourceLocation)
  }

  @Test func aMemberHasHalfTheDelayAndHalfTheLossOfItsLink() {
    expect(shaping().outgoing, 10, 10_000, 0.1)
    expect(shaping().incoming, 10, 10_000, 0.1)
  }

  @Test func anInterfaceSpeaksOfItsOwnHalfInBothDirections() {
    let own = shaping(capacity: 500, latency: 3, ["loss": "0.2"])
    expect(own.outgoing, 3, 500, 0.2)
    expect(own.incoming, 3, 500, 0.2)
  }

  @Test func reverseAttributesSpeakOfTheWayInwards() {
    let reverse: Attributes = ["reverse_capacity": "64", "reverse_latency": "1.5", "reverse_loss": "0"]
    expect(shaping(reverse).outgoing, 10, 10_000, 0.1)
    expect(shaping(reverse).incoming, 1.5, 64, 0)
    expect(shaping(capacity: 500, latency: 3, ["reverse_latency": "4"]).incoming, 4, 500, 0.1)
  }

  @Test func aLinkOfNothingShapesNothing() {
    let free = shaping(on: Substrate(name: "s"))
    expect(free.outgoing, 0, nil, 0)
    expect(free.incoming, 0, nil, 0)
    #expect(!free.delaysOrLoses)
  }

  @Test func onlyDelayAndLossDelayOrLose() {
    let rate = Substrate(name: "s", capacity: Capacity(kilobitsPerSecond: 10))
    #expect(!shaping(on: rate).delaysOrLoses)
    #expect(shaping(latency: 0.1, on: rate).delaysOrLoses)
    #expect(shaping(["reverse_loss": "0.1"], on: rate).delaysOrLoses)
  }

  @Test("Two halves lose what the whole loses", arguments: [0, 0.000_005, 0.01, 0.19, 0.5, 1])
  func halves(loss: Double) {
    let half = MemberShaping.halfLoss(of: loss)
    #expect(abs(1 - (1 - half) * (1 - half) - loss) < 1e-12)
  }
}
