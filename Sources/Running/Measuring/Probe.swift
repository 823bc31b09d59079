/// A question to a network: does an address answer a node, and how fast?
public struct Probe: Codable, Sendable, Equatable {
  /// The node that asks.
  public var node: String
  /// The address that it asks from; `nil` for the one that its routes choose.
  public var source: String?
  /// The address that is asked.
  public var target: String
  /// The size of the packets in bytes, IP header and all; they aren't fragmented.
  public var size: Int
  /// The round trip that is expected, in ms; `nil` where any will do.
  public var expectedMilliseconds: Double?
  /// How far it may be off, in ms.
  public var toleranceMilliseconds: Double
  /// How often it is asked: at most, before an answer comes as expected, and again while less else is asked; exactly so
  /// often where loss or rate are asked for.
  public var attempts: Int
  /// What is to be found out.
  public var aim: Aim
  /// The time between packets where the rate is asked for, in ms.
  public var intervalMilliseconds: Double

  /// What probes find out.
  public enum Aim: String, Codable, Sendable {
    /// The fastest round trip.
    case delay
    /// How many packets are lost.
    case loss
    /// The rate: packets leave at a steady pace, and come back as fast as the slowest part of the way lets them.
    case rate
  }

  /// A question.
  public init(
    node: String, source: String? = nil, target: String, size: Int = 84, expectedMilliseconds: Double? = nil,
    toleranceMilliseconds: Double = 1, attempts: Int = 20, aim: Aim = .delay,
    intervalMilliseconds: Double = 1
  ) {
    self.node = node
    self.source = source
    self.target = target
    self.size = size
    self.expectedMilliseconds = expectedMilliseconds
    self.toleranceMilliseconds = toleranceMilliseconds
    self.attempts = attempts
    self.aim = aim
    self.intervalMilliseconds = intervalMilliseconds
  }
}

/// The answers to a probe.
public struct Measurement: Codable, Sendable, Equatable {
  /// How often the address was asked.
  public var sent: Int
  /// How often it answered.
  public var received: Int
  /// The fastest round trip in ms; `nil` without an answer. What a busy machine adds to a round trip says nothing about
  /// the network, so the fastest one is what counts.
  public var milliseconds: Double?
  /// The rate in kb/s, Ethernet headers and all, where it was asked for; `nil` where too little came back.
  public var kilobitsPerSecond: Double?
  /// Why nothing could be sent, where that is so.
  public var problem: String?

  /// Answers.
  public init(
    sent: Int = 0, received: Int = 0, milliseconds: Double? = nil, kilobitsPerSecond: Double? = nil,
    problem: String? = nil
  ) {
    self.sent = sent
    self.received = received
    self.milliseconds = milliseconds
    self.kilobitsPerSecond = kilobitsPerSecond
    self.problem = problem
  }

  /// Whether the address answered a probe as expected.
  public func meets(_ probe: Probe) -> Bool {
    guard let milliseconds else { return false }
    guard let expected = probe.expectedMilliseconds else { return true }
    return abs(milliseconds - expected) <= probe.toleranceMilliseconds
  }
}
