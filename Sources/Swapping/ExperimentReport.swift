/// An experiment in a list.
public struct ExperimentSummary: Codable, Sendable, Equatable {
  /// Its project.
  public var project: String
  /// Its name.
  public var experiment: String
  /// What has become of it.
  public var state: ExperimentState
}

/// How an experiment is.
public struct ExperimentReport: Codable, Sendable, Equatable {
  /// Its project.
  public var project: String
  /// Its name.
  public var experiment: String
  /// What has become of it.
  public var state: ExperimentState
  /// Its hosts.
  public var hosts: [HostReport]
  /// Its nodes.
  public var nodes: [NodeReport]
  /// Its links, where they were asked for.
  public var links: [LinkReport]?
}

/// How a host is.
public struct HostReport: Codable, Sendable, Equatable {
  /// Its name.
  public var name: String
  /// 0 where its nodes came up, 1 where they didn't or its agent is gone; `nil` before that.
  public var startupStatus: Int?
  /// Why.
  public var problem: String?
}

/// How a node is.
public struct NodeReport: Codable, Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Where it is.
  public var host: String
  /// What realises it.
  public var kind: String
  /// `running`, `booted`, `dead` or `ghost`; `nil` where nobody knows.
  public var state: String?
  /// The exit code of its start command; `nil` while that runs, and where there is none.
  public var exitCode: Int?
  /// What is wrong with it.
  public var notes: [String]
}

/// What of links is measured, beside their delays.
public struct LinkMeasures: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// How many packets are lost: takes seconds.
  public static let loss = Self(rawValue: 1)
  /// Rates: fills links for a moment.
  public static let rate = Self(rawValue: 2)
}

/// What was asked of the way between two nodes, and what was measured.
public struct LinkReport: Codable, Sendable, Equatable {
  /// The link or LAN.
  public var name: String
  /// One node.
  public var from: String
  /// The other.
  public var to: String
  /// The round trip of a small packet that follows from what was asked, in ms.
  public var askedMilliseconds: Double
  /// The fastest that was measured, in ms; `nil` where there was no answer.
  public var measuredMilliseconds: Double?
  /// The part of round trips that is lost as was asked; `nil` where that wasn't measured.
  public var askedLoss: Double?
  /// The part that was lost.
  public var measuredLoss: Double?
  /// The rate of the slowest part of the way there and back that was asked for, in kb/s; `nil` where nothing limits it, or
  /// that wasn't measured.
  public var askedKilobitsPerSecond: Double?
  /// The rate that was measured, in kb/s.
  public var measuredKilobitsPerSecond: Double?
  /// Whether the round trip is within a tenth of what was asked, or 1 ms, and the largest packets arrive.
  public var isAsAsked: Bool
}
