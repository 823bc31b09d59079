internal import CXML2

/// Reads a file as XML and tells a ``TopDLDocument`` what comes.
///
/// libxml2 pulls the file in pieces and calls back for each tag and text (SAX, version 1, which keeps a colon in a
/// tag as it is: TopDL has no namespaces). Nothing is ever looked up: documents with a document type are refused, so
/// that there are no entities, and neither files nor the network are touched.
@safe struct XMLEvents {
  /// Fills a buffer from the file and returns how many bytes it put there, 0 at the end.
  typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

  /// The most bytes without a tag, text or comment, all of which libxml2 would keep in memory.
  static let markupLimit = 1 << 20
  /// The most different names of tags and XML attributes: libxml2 needs quadratic time for more than it expects.
  static let nameLimit = 250

  private(set) var document: TopDLDocument
  /// Why the file can't be read.
  private(set) var failure: (any Error)?

  private let source: Source
  private var context: xmlParserCtxtPtr?
  private var bytesSinceEvent = 0
  /// The elements by the addresses of their tags: libxml2 keeps each tag once.
  private var elements = unsafe [(tag: UnsafePointer<xmlChar>?, element: TopDLElement?)](
    repeating: (nil, nil), count: 256)

  private static let elementsByTag = Dictionary(
    uniqueKeysWithValues: TopDLElement.allCases.filter { $0 != .attributeKey && $0 != .count }.map { ($0.tag, $0) })

  private init(_ document: TopDLDocument, _ source: @escaping Source) {
    self.document = document
    unsafe self.source = source
  }

  /// Reads a whole file.
  ///
  /// - Throws: Why the file can't be read; what is wrong with its contents, the document knows.
  static func read(into document: inout TopDLDocument, _ source: @escaping Source) throws {
    xmlInitParser()
    var events = unsafe XMLEvents(document, source)
    unsafe withUnsafeMutablePointer(to: &events) { unsafe parse($0) }
    document = events.document
    if let failure = events.failure { throw failure }
  }

  private static func parse(_ events: UnsafeMutablePointer<XMLEvents>) {
    var handler = unsafe callbacks
    guard
      let context = unsafe xmlCreateIOParserCtxt(&handler, events, read, nil, events, XML_CHAR_ENCODING_NONE)
    else { preconditionFailure("out of memory") }
    defer { unsafe xmlFreeParserCtxt(context) }
    unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    unsafe events.pointee.context = context
    // Some errors, such as those of a character encoding, belong to no context and would be printed.
    unsafe xmlSetStructuredErrorFunc(events, report)
    defer { xmlSetStructuredErrorFunc(nil, nil) }
    unsafe xmlParseDocument(context)
    if unsafe context.pointee.wellFormed == 0 {
      unsafe events.pointee.stopAsNotWellFormed("it isn't a document", line: events.pointee.line)
    }
    // libxml2 takes a NUL byte after the root for the end of the file.
    if let input = unsafe context.pointee.input?.pointee, unsafe input.cur < input.end {
      unsafe events.pointee.stopAsNotWellFormed("NUL byte after the end of the document", line: events.pointee.line)
    }
  }

  private var line: Int { unsafe Int(context?.pointee.input?.pointee.line ?? 0) }

  private mutating func stopAsNotWellFormed(_ reason: String, line: Int) {
    document.stop("not well-formed XML: \(reason)", line: line)
  }
}

// MARK: What libxml2 calls

extension XMLEvents {
  private static func events(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<XMLEvents> {
    guard let pointer = unsafe pointer else { preconditionFailure("libxml2 lost its user data") }
    return unsafe pointer.assumingMemoryBound(to: XMLEvents.self)
  }

  private static let read: xmlInputReadCallback = { pointer, buffer, count in
    let events = unsafe XMLEvents.events(pointer)
    return unsafe Int32(events.pointee.pull(UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))))
  }

  private static let report: xmlStructuredErrorFunc = { pointer, error in
    guard let error = unsafe error?.pointee, unsafe error.level == XML_ERR_FATAL || error.domain == XML_FROM_IO.rawValue
    else { return }
    unsafe XMLEvents.events(pointer).pointee.report(error)
  }

  private static let characters: charactersSAXFunc = { pointer, text, count in
    let text = unsafe UnsafeBufferPointer(start: text, count: Int(count))
    unsafe XMLEvents.events(pointer).pointee.characters(text)
  }

  private static var callbacks: xmlSAXHandler {
    var handler = unsafe xmlSAXHandler()
    // Anything but XML_SAX2_MAGIC stands for version 1.
    unsafe handler.initialized = 1
    unsafe handler.internalSubset = { pointer, _, _, _ in unsafe XMLEvents.events(pointer).pointee.documentType() }
    unsafe handler.startElement = { pointer, tag, attributes in
      guard let tag = unsafe tag else { return }
      unsafe XMLEvents.events(pointer).pointee.start(tag, attributes)
    }
    unsafe handler.endElement = { pointer, _ in unsafe XMLEvents.events(pointer).pointee.end() }
    unsafe handler.characters = characters
    // The same function, so that libxml2 doesn't try to tell which white space matters.
    unsafe handler.ignorableWhitespace = characters
    unsafe handler.cdataBlock = characters
    unsafe handler.comment = { pointer, _ in unsafe XMLEvents.events(pointer).pointee.bytesSinceEvent = 0 }
    unsafe handler.processingInstruction = { pointer, _, _ in
      unsafe XMLEvents.events(pointer).pointee.bytesSinceEvent = 0
    }
    return unsafe handler
  }
}

// MARK: What that means

extension XMLEvents {
  private mutating func pull(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
    // The end of the file is also how a reading is ended early.
    guard !document.isStopped, failure == nil else { return 0 }
    guard bytesSinceEvent <= Self.markupLimit else {
      document.stop("\(Self.markupLimit) bytes without a tag, text or comment", line: line)
      return 0
    }
    guard unsafe context.map({ unsafe xmlDictSize($0.pointee.dict) }) ?? 0 <= Self.nameLimit else {
      document.stop("more than \(Self.nameLimit) different names of tags and XML attributes", line: line)
      return 0
    }
    do {
      let count = try unsafe source(buffer)
      bytesSinceEvent += count
      return count
    } catch {
      failure = error
      return 0
    }
  }

  private mutating func report(_ error: xmlError) {
    var message = unsafe error.message.map { unsafe String(cString: $0) } ?? "unknown error"
    message = message.split(whereSeparator: \.isNewline).joined(separator: ", ")
    // libxml2 2.9 counts no lines for mismatched tags in version 1 of SAX.
    message = message.replacing(" line 0", with: "")
    if unsafe error.code == XML_ERR_GT_REQUIRED.rawValue, document.currentTag == TopDLElement.service.tag {
      message += " (topdl.py forgets the last character of </service>)"
    }
    stopAsNotWellFormed(message, line: unsafe error.line > 0 ? Int(error.line) : line)
  }

  private mutating func documentType() {
    document.stop("a document type (<!DOCTYPE …>) is not allowed: TopDL has none", line: line)
  }

  private mutating func start(
    _ tag: UnsafePointer<xmlChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    bytesSinceEvent = 0
    // Of a tag that is cut off, libxml2 complains only after it has reported it.
    guard let cursor = unsafe context?.pointee.input?.pointee.cur,
      unsafe cursor[0] == UInt8(ascii: ">") || cursor[0] == UInt8(ascii: "/")
    else { return }
    unsafe document.start(
      element(tag), tag: String(cString: tag), count: Self.value(of: TopDLElement.count.tag, in: attributes),
      line: line)
  }

  private mutating func element(_ tag: UnsafePointer<xmlChar>) -> TopDLElement? {
    let slot = Int(truncatingIfNeeded: (UInt(bitPattern: tag) &* 0x9E37_79B9_7F4A_7C15) >> 56)
    if unsafe elements[slot].tag != tag {
      unsafe elements[slot] = (tag, Self.elementsByTag[String(cString: tag)])
    }
    return unsafe elements[slot].element
  }

  /// The value of an XML attribute; `attributes` has names and values in turn, and ends with a null.
  private static func value(
    of name: String, in attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) -> String? {
    guard var next = unsafe attributes else { return nil }
    while let key = unsafe next[0], let value = unsafe next[1] {
      if unsafe String(cString: key) == name { return unsafe String(cString: value) }
      unsafe next += 2
    }
    return nil
  }

  private mutating func characters(_ text: UnsafeBufferPointer<UInt8>) {
    bytesSinceEvent = 0
    unsafe document.characters(text, isReference: isReferencedSpace(text), line: line)
  }

  /// Whether a text is white space that was written as a character reference such as `&#10;`.
  ///
  /// libxml2 passes such a character alone, and has just read the semicolon; after other white space, it has just
  /// read white space.
  private func isReferencedSpace(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count == 1, unsafe text[0].isXMLSpace, let input = unsafe context?.pointee.input else { return false }
    guard let cursor = unsafe input.pointee.cur, let base = unsafe input.pointee.base, unsafe cursor > base else {
      return false
    }
    return unsafe cursor[-1] == UInt8(ascii: ";")
  }

  private mutating func end() {
    bytesSinceEvent = 0
    document.end()
  }
}
