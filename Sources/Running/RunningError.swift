internal import SystemPackage

/// Why a host can't bring up what its manifest says.
public struct RunningError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, and what would be right.
  public let description: String

  /// An error.
  public init(_ description: String) { self.description = description }

  /// What the kernel refused just now.
  init(kernel what: String) { self.init("\(what): \(Errno.last.description.lowercased())") }
}

extension Errno {
  /// What the last system call of this thread ran into.
  static var last: Errno { Errno(rawValue: lastNumber) }
}
