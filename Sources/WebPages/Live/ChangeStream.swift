internal import Foundation
internal import Hummingbird
internal import ServiceLifecycle

/// What changes in a page, for as long as somebody looks at it: server-sent events.
///
/// > WHATWG. "HTML Living Standard", 9.2 Server-sent events.
struct ChangeStream: Sendable {
  /// The parts of a page, and whether they change soon.
  typealias Look = @Sendable () async throws -> (fragments: [Fragment], isUnderWay: Bool)

  /// How often somebody looks who waits for something, and who doesn't.
  private static let pauses = (short: Duration.milliseconds(500), long: Duration.seconds(1))
  /// A line that nobody reads shows whether there is anybody: after so many looks without a change.
  private static let patience = 10

  /// The parts that the page had when it was made.
  let version: String
  let look: Look

  /// The parts of a page as a short text, for the page to say which it had.
  static func version(of fragments: [Fragment]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for fragment in fragments {
      for text in [fragment.id, fragment.style, fragment.content] {
        for byte in (text ?? "").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      }
    }
    return String(hash, radix: 36)
  }

  /// The answer.
  var response: Response {
    var fields = SecurityHeaders.fields
    fields[.contentType] = "text/event-stream"
    return Response(status: .ok, headers: fields, body: ResponseBody { writer in try await write(to: &writer) })
  }

  private func write(to writer: inout any ResponseBodyWriter) async throws {
    var shown: [String: Fragment] = [:]
    var isFirst = true
    var silence = 0
    while !Task.isCancelled, !Task.isShuttingDownGracefully {
      guard let now = try? await look() else {
        try await writer.write(ByteBuffer(string: "event: gone\ndata:\n\n"))
        break
      }
      let isKnown = isFirst && Self.version(of: now.fragments) == version
      let changes = isKnown ? [] : now.fragments.filter { shown[$0.id] != $0 }
      if isFirst || !changes.isEmpty { shown = Self.byIdentifier(now.fragments) }
      silence = changes.isEmpty ? silence + 1 : 0
      if !changes.isEmpty {
        try await writer.write(Self.event(changes, version: Self.version(of: now.fragments)))
      } else if isFirst || silence >= Self.patience {
        try await writer.write(ByteBuffer(string: ":\n\n"))
        silence = 0
      }
      isFirst = false
      try await Task.sleep(for: now.isUnderWay ? Self.pauses.short : Self.pauses.long)
    }
    try await writer.finish(nil)
  }

  private static func byIdentifier(_ fragments: [Fragment]) -> [String: Fragment] {
    Dictionary(fragments.map { ($0.id, $0) }) { first, _ in first }
  }

  private static func event(_ changes: [Fragment], version: String) throws -> ByteBuffer {
    // JSON has no line ends outside of strings, and there they are escaped: it is one line.
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let json = try encoder.encode(changes)
    return ByteBuffer(string: "id: \(version)\ndata: \(String(decoding: json, as: UTF8.self))\n\n")
  }
}
