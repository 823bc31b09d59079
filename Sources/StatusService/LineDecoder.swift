internal import NIOCore

/// Cuts what comes from a client into lines; a line that is too long is reported, and skipped to its end.
struct LineDecoder: ByteToMessageDecoder {
  enum Line: Sendable, Equatable {
    case text(String)
    case tooLong
  }

  typealias InboundOut = Line

  private let limit: Int
  private var isSkipping = false

  init(limit: Int) { self.limit = limit }

  mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) -> DecodingState {
    guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else {
      if buffer.readableBytes > limit {
        if !isSkipping { context.fireChannelRead(wrapInboundOut(.tooLong)) }
        isSkipping = true
        buffer.clear()
      }
      return .needMoreData
    }
    let length = end - buffer.readerIndex
    let bytes = buffer.readBytes(length: length) ?? []
    buffer.moveReaderIndex(forwardBy: 1)
    if isSkipping {
      isSkipping = false
    } else if length > limit {
      context.fireChannelRead(wrapInboundOut(.tooLong))
    } else {
      let text = String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes[...], as: UTF8.self)
      context.fireChannelRead(wrapInboundOut(.text(text)))
    }
    return .continue
  }

  /// A line without an end isn't one.
  mutating func decodeLast(
    context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
  ) -> DecodingState {
    while decode(context: context, buffer: &buffer) == .continue {}
    return .needMoreData
  }
}
