internal import CTcl
internal import Glibc

/// Limits on the whole process that runs scripts from strangers: memory, processor time and stack.
///
/// Tcl's own limits count commands, and are no help where one command eats all memory, or nests so deep that the stack
/// overflows. Here the kernel stops the process, and a handler says in one line that it was the script's fault.
public enum ScriptSandbox {
  /// The memory that a script's process may use, in bytes.
  public static let defaultMemory = 6 << 30

  /// Limits this process from now on. Call it once, before anything else runs.
  ///
  /// - Parameters:
  ///   - file: The script, for the message.
  ///   - seconds: Processor time.
  ///   - memory: Address space in bytes.
  public static func enter(file: String, seconds: Int, memory: Int = defaultMemory) {
    let text = "\(file): the script was stopped: it uses too much memory, stack or time\n"
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = unsafe bytes.update(fromContentsOf: text.utf8)
    unsafe message = UnsafeRawBufferPointer(bytes)

    // The handler can't run on a stack that has overflowed.
    let stackSize = 1 << 16
    var stack = unsafe stack_t()
    unsafe stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    unsafe stack.ss_size = stackSize
    unsafe sigaltstack(&stack, nil)
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGXCPU] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { _ in
        if let start = unsafe ScriptSandbox.message.baseAddress {
          _ = unsafe write(STDERR_FILENO, start, ScriptSandbox.message.count)
        }
        _exit(1)
      }
      action.sa_flags = CInt(SA_ONSTACK)
      unsafe sigaction(signal, &action, nil)
    }
    ctcl_silence_panics()
    limit(__rlimit_resource_t(RLIMIT_CPU.rawValue), UInt(seconds))
    limit(__rlimit_resource_t(RLIMIT_AS.rawValue), UInt(memory))
    limit(__rlimit_resource_t(RLIMIT_CORE.rawValue), 0)
  }

  private static func limit(_ resource: __rlimit_resource_t, _ value: UInt) {
    var limit = rlimit(rlim_cur: value, rlim_max: value + 1)
    unsafe setrlimit(resource, &limit)
  }

  /// Set once, before any script runs, and read by the signal handler.
  nonisolated(unsafe) private static var message = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
}
