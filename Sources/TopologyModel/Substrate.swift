/// A link or a LAN: what computers meet on.
///
/// Its capacity, latency and the attribute `loss` hold between any two of its computers; see ``MemberShaping`` for
/// how each computer's share follows from them.
public struct Substrate: Sendable, Equatable {
  /// Its name, unique among the substrates of its topology.
  public var name: String
  /// The rate it carries.
  public var capacity: Capacity?
  /// The full one-way delay between two of its computers.
  public var latency: Latency?
  /// What else is said of it, such as `loss`.
  public var attributes: Attributes
  /// The names, status, services and operations that federation and running testbeds add.
  public var annotations = Annotations()

  /// A substrate.
  public init(
    name: String, capacity: Capacity? = nil, latency: Latency? = nil, attributes: Attributes = Attributes()
  ) {
    self.name = name
    self.capacity = capacity
    self.latency = latency
    self.attributes = attributes
  }
}

/// What a rate or a delay describes: its largest value, its average, or a short peak.
public enum MeasureKind: String, Sendable, CaseIterable {
  /// Never more than this.
  case max
  /// This on average.
  case average
  /// This for a short time.
  case peak
}

/// A rate.
public struct Capacity: Sendable, Equatable {
  /// The rate in kb/s (1000 bits per second).
  public var kilobitsPerSecond: Double
  /// What the rate describes.
  public var kind: MeasureKind

  /// A rate.
  public init(kilobitsPerSecond: Double, kind: MeasureKind = .max) {
    self.kilobitsPerSecond = kilobitsPerSecond
    self.kind = kind
  }
}

/// A delay.
public struct Latency: Sendable, Equatable {
  /// The delay in ms.
  public var milliseconds: Double
  /// What the delay describes.
  public var kind: MeasureKind

  /// A delay.
  public init(milliseconds: Double, kind: MeasureKind = .average) {
    self.milliseconds = milliseconds
    self.kind = kind
  }
}
