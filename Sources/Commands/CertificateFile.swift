internal import FoundationEssentials
internal import Partitioning

/// Files with what a lower bound rests on, as JSON; the schema is `schemas/bound-certificate.schema.json`.
enum CertificateFile {
  /// The bytes of a certificate's file.
  static func contents(_ certificate: BoundCertificate) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try Array(encoder.encode(certificate)) + [UInt8(ascii: "\n")]
  }

  /// Reads a certificate.
  ///
  /// - Throws: What is wrong with the file.
  static func read(_ path: String) throws(CommandError) -> BoundCertificate {
    let bytes = try InputFile.bytes(of: path)
    do {
      return try JSONDecoder().decode(BoundCertificate.self, from: Data(bytes))
    } catch DecodingError.keyNotFound(let key, let context) {
      throw CommandError("\(path): isn't a certificate of a bound: \(place(context))\(key.stringValue) is missing")
    } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
      throw CommandError("\(path): isn't a certificate of a bound: \(place(context))is something else than expected")
    } catch {
      throw CommandError("\(path): isn't a certificate of a bound: it isn't the JSON that is expected")
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    context.codingPath.map { $0.intValue.map { "\($0 + 1). entry: " } ?? "\($0.stringValue): " }.joined()
  }
}
