/// A value that XML-RPC knows.
///
/// > Dave Winer: XML-RPC Specification, xmlrpc.com, 1999; `nil` and `i8` as many libraries extend it.
public enum XMLRPCValue: Sendable, Equatable {
  /// `int` or `i4`; `i8` where it needs more than 32 bits.
  case int(Int)
  case boolean(Bool)
  /// A finite number.
  case double(Double)
  case string(String)
  case base64([UInt8])
  /// `dateTime.iso8601`, such as `20260131T12:00:00`, as written: it has no time zone that one could know.
  case dateTime(String)
  case array([XMLRPCValue])
  case structure([String: XMLRPCValue])
  case null
}

extension XMLRPCValue: ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(integerLiteral value: Int) { self = .int(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: XMLRPCValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, XMLRPCValue)...) {
    self = .structure(Dictionary(elements) { first, _ in first })
  }
}

/// Why something isn't XML-RPC, or a call can't be made.
public struct XMLRPCError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  public let description: String

  /// An error.
  public init(_ description: String) { self.description = description }
}
