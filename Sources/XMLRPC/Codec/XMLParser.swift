internal import CXML2

/// Reads XML with libxml2 and tells an ``XMLElementBuilder`` what comes.
///
/// The document is pushed in pieces (SAX, version 1), so that hostile ones end early. Nothing is ever looked up:
/// documents with a document type are refused, so that there are no entities, and neither files nor the network are
/// touched.
@safe struct XMLParser {
  private var builder: XMLElementBuilder
  private var context: xmlParserCtxtPtr?
  private var bytesSinceEvent = 0

  /// In bytes.
  private static let piece = 4096
  /// The most bytes without a tag or a text: libxml2 needs quadratic time for a tag of many attributes.
  private static let markupLimit = 1 << 16

  /// Reads a whole document; what is wrong with it, the builder is told.
  static func parse(_ document: [UInt8], into builder: inout XMLElementBuilder) {
    guard document.count <= XMLRPCLimits.bytes else {
      return builder.stop("a document has at most \(XMLRPCLimits.bytes) bytes")
    }
    xmlInitParser()
    var parser = unsafe XMLParser(builder: builder)
    unsafe withUnsafeMutablePointer(to: &parser) { unsafe parse(document, $0) }
    builder = parser.builder
  }

  private static func parse(_ document: [UInt8], _ parser: UnsafeMutablePointer<XMLParser>) {
    var handler = unsafe callbacks
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, parser, nil, 0, nil) else {
      preconditionFailure("out of memory")
    }
    defer { unsafe xmlFreeParserCtxt(context) }
    unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    unsafe parser.pointee.context = context
    // Some errors, such as those of a character encoding, belong to no context and would be printed.
    unsafe xmlSetStructuredErrorFunc(parser, report)
    defer { xmlSetStructuredErrorFunc(nil, nil) }
    var position = 0
    while position < document.count, unsafe !parser.pointee.builder.isStopped {
      let count = min(piece, document.count - position)
      unsafe parser.pointee.bytesSinceEvent += count
      if unsafe parser.pointee.bytesSinceEvent > markupLimit {
        unsafe parser.pointee.builder.stop("more than \(markupLimit) bytes without a tag or text")
      }
      unsafe document[position..<position + count].withUnsafeBytes { bytes in
        let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = unsafe xmlParseChunk(context, start, Int32(count), 0)
      }
      position += count
    }
    if unsafe !parser.pointee.builder.isStopped { _ = unsafe xmlParseChunk(context, nil, 0, 1) }
    if unsafe context.pointee.wellFormed == 0 {
      unsafe parser.pointee.builder.stop("not well-formed XML: it isn't a document")
    }
  }

  private static func parser(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLParser> {
    guard let pointer = unsafe pointer else { preconditionFailure("libxml2 lost its user data") }
    return unsafe pointer.assumingMemoryBound(to: XMLParser.self)
  }

  private static let report: xmlStructuredErrorFunc = { pointer, error in
    guard let error = unsafe error?.pointee, unsafe error.level == XML_ERR_FATAL else { return }
    let message = unsafe error.message.map { unsafe String(cString: $0) } ?? "unknown error"
    let line = message.split(whereSeparator: \.isNewline).joined(separator: ", ")
    unsafe XMLParser.parser(pointer).pointee.stop("not well-formed XML: \(line)")
  }

  private static let characters: charactersSAXFunc = { pointer, text, count in
    let text = unsafe UnsafeBufferPointer(start: text, count: Int(count))
    unsafe XMLParser.parser(pointer).pointee.bytesSinceEvent = 0
    unsafe XMLParser.parser(pointer).pointee.builder.characters(String(decoding: text, as: UTF8.self))
  }

  private static var callbacks: xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    // Anything but XML_SAX2_MAGIC stands for version 1.
    unsafe handler.initialized = 1
    unsafe handler.internalSubset = { pointer, _, _, _ in
      unsafe XMLParser.parser(pointer).pointee.stop("a document type (<!DOCTYPE …>) is not allowed: XML-RPC has none")
    }
    unsafe handler.startElement = { pointer, tag, attributes in
      guard let tag = unsafe tag else { return }
      unsafe XMLParser.parser(pointer).pointee.start(String(cString: tag), hasAttributes: attributes?[0] != nil)
    }
    unsafe handler.endElement = { pointer, _ in
      unsafe XMLParser.parser(pointer).pointee.bytesSinceEvent = 0
      unsafe XMLParser.parser(pointer).pointee.builder.end()
    }
    unsafe handler.characters = characters
    // The same function, so that libxml2 doesn't try to tell which white space matters.
    unsafe handler.ignorableWhitespace = characters
    unsafe handler.cdataBlock = characters
    return unsafe handler
  }

  private mutating func start(_ tag: String, hasAttributes: Bool) {
    bytesSinceEvent = 0
    builder.start(tag, hasAttributes: hasAttributes)
    if builder.isStopped { unsafe xmlStopParser(context) }
  }

  private mutating func stop(_ reason: String) {
    builder.stop(reason)
    unsafe xmlStopParser(context)
  }
}
