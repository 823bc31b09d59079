internal import CLinux
internal import Glibc
public import SystemPackage

/// A child process of this one, in namespaces of its own where it is to have them.
public struct SystemProcess: Sendable {
  /// The namespaces that a process has to itself.
  public struct Namespaces: OptionSet, Sendable {
    public let rawValue: CInt
    public init(rawValue: CInt) { self.rawValue = rawValue }

    /// Interfaces, addresses, routes.
    public static let network = Self(rawValue: clinux_new_network)
    /// Mounted file systems.
    public static let mounts = Self(rawValue: clinux_new_mounts)
    /// The host's name.
    public static let hostName = Self(rawValue: clinux_new_host_name)
    /// Process numbers: when the first process ends, the kernel ends all others.
    public static let processes = Self(rawValue: clinux_new_processes)
    /// Semaphores, message queues, shared memory.
    public static let communication = Self(rawValue: clinux_new_ipc)
  }

  /// Its number.
  public let number: Int32

  /// Starts a program, in a session of its own and with none of this process's descriptors but those named.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - arguments: What follows its name.
  ///   - environment: Its variables, as `NAME=VALUE`.
  ///   - descriptors: Its descriptors 0 to 3; `nil` for `/dev/null`, and for none in place of the last.
  ///   - namespaces: Those it has to itself.
  ///   - network: A network namespace to start it in.
  ///   - gate: It begins when a byte can be read here, and ends when none ever will.
  /// - Throws: What the kernel refuses. A program that isn't there shows only in how the process ends.
  public init(
    _ program: String, _ arguments: [String], environment: [String], descriptors: [FileDescriptor?] = [],
    namespaces: Namespaces = [], network: FileDescriptor? = nil, gate: FileDescriptor? = nil
  ) throws(RunningError) {
    let numbers = (0..<4).map { index in
      index < descriptors.count ? descriptors[index]?.rawValue ?? -1 : -1
    }
    let started = unsafe withCStrings([program] + arguments) { arguments in
      unsafe withCStrings(environment) { environment in
        unsafe program.withCString { path in
          var process = unsafe clinux_process()
          unsafe process.path = path
          unsafe process.arguments = UnsafePointer(arguments)
          unsafe process.environment = UnsafePointer(environment)
          unsafe process.descriptors = (numbers[0], numbers[1], numbers[2], numbers[3])
          unsafe process.namespaces = namespaces.rawValue
          unsafe process.network = network?.rawValue ?? -1
          unsafe process.gate = gate?.rawValue ?? -1
          return unsafe clinux_start(&process)
        }
      }
    }
    guard started > 0 else { throw RunningError(kernel: "can't start \(program)") }
    number = started
  }

  /// Waits for its end.
  ///
  /// - Returns: Its exit code, or 128 and the number of the signal that ended it.
  @discardableResult
  public func wait() -> Int32 { clinux_wait(number) }

  /// The same if it has ended; `nil` otherwise.
  public var exitCode: Int32? {
    let code = clinux_ended(number)
    return code == -2 ? nil : code
  }

  /// Ends it at once.
  public func kill() { _ = Glibc.kill(number, SIGKILL) }

  /// Becomes another program, with this process's environment and descriptors.
  ///
  /// - Parameter words: Its name, which is looked for on the `PATH`, and its arguments.
  /// - Returns: What hinders that.
  public static func replaceThisProcess(by words: [String]) -> RunningError {
    unsafe withCStrings(words) { arguments in
      _ = unsafe clinux_execute(arguments[0], UnsafePointer(arguments))
      return RunningError(kernel: words.first ?? "")
    }
  }

  /// The network namespace of a process.
  ///
  /// - Throws: If it is gone, or isn't ours to see.
  public static func networkNamespace(of number: Int32) throws(RunningError) -> FileDescriptor {
    do {
      return try FileDescriptor.open(FilePath("/proc/\(number)/ns/net"), .readOnly, options: .closeOnExec)
    } catch {
      throw RunningError("process \(number) has no network namespace: \(error)")
    }
  }
}

/// Runs `body` with an array of C strings that ends with a null pointer.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
  defer { unsafe pointers.forEach { unsafe free($0) } }
  return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("an array with an end is never empty") }
    return unsafe body(base)
  }
}
