internal import Foundation
public import Testing

/// Compares `text` with the file `Golden/<name>` beside the test.
///
/// `tools/golden` rewrites the files; the run that rewrites fails, so that it can't pass in CI by accident.
public func expectGolden(
  _ name: String, _ text: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let url = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(name)")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: true, encoding: .utf8)
    Issue.record("rewrote \(name)", sourceLocation: sourceLocation)
    return
  }
  #expect(try text == String(contentsOf: url, encoding: .utf8), sourceLocation: sourceLocation)
}
