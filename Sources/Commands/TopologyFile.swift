internal import Emitting
internal import SystemPackage
internal import TopologyModel
internal import TopologyReading

/// A topology as a user's file has it.
struct TopologyFile: Sendable {
  /// The file, byte for byte.
  var bytes: [UInt8]
  /// Its language.
  var language: Experiment.Language
  /// What it says.
  var topology: Topology

  /// Reads a file: NS-2 if its name ends in `.tcl` or `.ns`, TopDL otherwise.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - converter: The site's own program that turns NS-2 into TopDL; `nil` for ours.
  ///   - journal: What warnings go to.
  ///   - interruption: What ends that program with this one, if anything does.
  /// - Returns: The file and what it says.
  /// - Throws: Everything that is wrong with it.
  static func read(
    _ path: String, converter: String?, journal: Journal, interruption: Interruption? = nil
  ) async throws -> Self {
    let bytes = try InputFile.bytes(of: path)
    switch language(of: path) {
    case .ns2:
      let document = try await NS2Converter(command: converter)
        .topDL(of: path, journal: journal, interruption: interruption)
      return Self(bytes: bytes, language: .ns2, topology: try TopDLReader.read(document, file: path))
    case .topDL:
      return Self(bytes: bytes, language: .topDL, topology: try TopDLReader.read(bytes, file: path))
    }
  }

  /// The language that a file's name says it is in.
  static func language(of path: String) -> Experiment.Language {
    path.hasSuffix(".tcl") || path.hasSuffix(".ns") ? .ns2 : .topDL
  }
}
