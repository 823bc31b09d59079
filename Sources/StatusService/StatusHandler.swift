internal import NIOCore
internal import NIOPosix

/// Answers the lines of a client one after the other, and reads no further while many wait.
final class StatusHandler: ChannelDuplexHandler {
  typealias InboundIn = LineDecoder.Line
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How many lines of a client wait at most before no more are read.
  private static let greatestBacklog = 16

  private let threads: NIOThreadPool
  private let answer: StatusServer.Answer
  private var waiting: [LineDecoder.Line] = []
  private var isBusy = false
  private var wantsToRead = false
  private var isClosing = false

  init(threads: NIOThreadPool, answer: @escaping StatusServer.Answer) {
    self.threads = threads
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    waiting.append(unwrapInboundIn(data))
    proceed(context)
  }

  func read(context: ChannelHandlerContext) {
    wantsToRead = waiting.count >= Self.greatestBacklog
    if !wantsToRead { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    proceed(context)
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed:
      isClosing = true
      closeIfDone(context)
    case is IdleStateHandler.IdleStateEvent: context.close(promise: nil)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func proceed(_ context: ChannelHandlerContext) {
    // What a client doesn't take isn't kept for it without end.
    guard !isBusy, !waiting.isEmpty, context.channel.isWritable else { return }
    isBusy = true
    let line = waiting.removeFirst()
    let answer = answer
    let reply = threads.runIfActive(eventLoop: context.eventLoop) { Self.reply(to: line, answer) }
    reply.assumeIsolated().whenComplete { result in
      self.isBusy = false
      guard case .success(let text) = result, context.channel.isActive else {
        context.close(promise: nil)
        return
      }
      context.writeAndFlush(self.wrapOutboundOut(context.channel.allocator.buffer(string: text)), promise: nil)
      self.proceed(context)
      self.closeIfDone(context)
      if self.wantsToRead { self.read(context: context) }
    }
  }

  private func closeIfDone(_ context: ChannelHandlerContext) {
    if isClosing, !isBusy, waiting.isEmpty { context.close(promise: nil) }
  }

  private static func reply(to line: LineDecoder.Line, _ answer: StatusServer.Answer) -> String {
    do throws(StatusError) {
      guard case .text(let text) = line else {
        throw StatusError("a line has at most \(StatusLine.greatestLength) bytes")
      }
      return StatusLine.reply(try answer(StatusLine.experiment(in: text)))
    } catch {
      return StatusLine.reply(error)
    }
  }
}
