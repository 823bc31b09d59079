/// Tables as lines of fields with commas between them.
///
/// > Y. Shafranovich. *Common Format and MIME Type for Comma-Separated Values (CSV) Files*, RFC 4180, 2005.
enum CommaSeparatedValues {
  /// A record with its line end.
  static func record(_ fields: [String]) -> String {
    fields.map { field in
      let isPlain = !field.utf8.contains { [",", "\"", "\n", "\r"].contains(Character(UnicodeScalar($0))) }
      return isPlain
        ? field : "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }.joined(separator: ",") + "\n"
  }

  /// The records that are there as a whole; what follows the last line end is left out.
  ///
  /// - Returns: The fields of each record, and where it is.
  static func records(_ bytes: [UInt8]) -> [(fields: [String], range: Range<Int>)] {
    var records: [(fields: [String], range: Range<Int>)] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var start = 0
    for (position, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\""):
        // A doubled quotation mark inside quotation marks ends them and begins them again.
        if !isQuoted, position > start, bytes[position - 1] == byte { field.append(byte) }
        isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      case UInt8(ascii: "\n") where !isQuoted:
        if position > start, bytes[position - 1] == UInt8(ascii: "\r") { field.removeLast() }
        records.append((fields + [String(decoding: field, as: UTF8.self)], start..<(position + 1)))
        (fields, field, start) = ([], [], position + 1)
      default: field.append(byte)
      }
    }
    return records
  }
}
