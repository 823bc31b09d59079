internal import CLinux
internal import Glibc

/// Threads that live as long as the process, apart from those that Dispatch lends for short work.
enum Threads {
  private final class Work {
    let name: String
    let body: () -> Void
    init(_ name: String, _ body: @escaping () -> Void) { (self.name, self.body) = (name, body) }
  }

  /// Starts one.
  ///
  /// - Parameters:
  ///   - name: What the kernel shows it as, up to 15 bytes.
  ///   - body: What it does.
  static func start(_ name: String, _ body: sending @escaping () -> Void) {
    let work = unsafe Unmanaged.passRetained(Work(name, body)).toOpaque()
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { work in
        guard let work = unsafe work else { return nil }
        let taken = unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue()
        _ = unsafe clinux_name_thread(taken.name)
        taken.body()
        return nil
      }, work)
    precondition(status == 0, "no thread can be started: \(status)")
    pthread_detach(thread)
  }
}
