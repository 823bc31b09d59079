internal import SystemPackage
public import TopologyModel

/// Reads TopDL, the XML topology description language of DETER, versions 1.0 and 2.0.
///
/// The root is `experiment` or `topology`. Reading is strict where DETER's library is: unknown, missing and repeated
/// elements, wrong numbers and words, names with other characters than `A-Z a-z 0-9 _ -`, duplicate names and
/// interfaces on unknown substrates are errors, all found in one reading; a file that is no well-formed XML is read
/// up to the place where it isn't. The order of an element's children is free, and elements may precede the
/// substrates they are on. XML attributes (but `count` of `cpu`) and what is outside the root are ignored.
///
/// White space around a text is trimmed, unless it is written as character references (`&#32;`), as
/// ``TopDLWriter`` does. Interfaces without a name get the first of `inf000`, `inf001`, … that no other
/// interface of their element has.
///
/// Files are data from strangers: a document type, and with it entities, is refused, no other file and no network is
/// touched, and texts, tags, nesting and the number of errors are limited. Memory grows with the topology.
///
/// > Ted Faber et al., *topdl*, in DETER's fedd, and its Java counterpart.
public enum TopDLReader {
  /// Reads a file.
  ///
  /// - Returns: The topology that it describes.
  /// - Throws: Everything that is wrong with it.
  /// - Complexity: O(size of the file).
  public static func read(path: String) throws(ReadError) -> Topology {
    var document = TopDLDocument(file: path)
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      defer { try? file.close() }
      try unsafe XMLEvents.read(into: &document) { try unsafe file.read(into: $0) }
    } catch {
      throw ReadError(file: path, message: "can't be read: \(error)")
    }
    return try document.finish()
  }

  /// Reads what a file holds.
  ///
  /// - Parameters:
  ///   - bytes: The contents of the file.
  ///   - file: The name of the file, for messages.
  /// - Returns: The topology that it describes.
  /// - Throws: Everything that is wrong with it.
  /// - Complexity: O(size of the file).
  public static func read(_ bytes: [UInt8], file: String) throws(ReadError) -> Topology {
    var document = TopDLDocument(file: file)
    var rest = bytes[...]
    do {
      try unsafe XMLEvents.read(into: &document) { buffer in
        let part = rest.prefix(buffer.count)
        unsafe buffer.copyBytes(from: part)
        rest.removeFirst(part.count)
        return part.count
      }
    } catch {
      preconditionFailure("reading from memory failed: \(error)")
    }
    return try document.finish()
  }
}
