import Foundation
import Glibc

/// A program that runs beside a test, and is killed when the test has seen enough.
final class BackgroundProgram: Sendable {
  private let process: Process
  private let output: FileHandle

  init(_ path: String, _ arguments: [String], environment: [String: String] = [:]) throws {
    process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    output = pipe.fileHandleForReading
    try process.run()
  }

  /// The next line that it writes of some kind; `nil` where it ends before.
  func line(where isRight: (String) -> Bool) -> String? {
    var text = Data()
    while true {
      guard let byte = try? output.read(upToCount: 1), !byte.isEmpty else { return nil }
      guard byte[byte.startIndex] == UInt8(ascii: "\n") else {
        text += byte
        continue
      }
      let line = String(decoding: text, as: UTF8.self)
      if isRight(line) { return line }
      text = Data()
    }
  }

  /// Ends it at once.
  func kill() {
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
