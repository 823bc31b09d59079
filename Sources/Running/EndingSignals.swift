internal import Glibc

/// Requests to end this process, as a value to wait for.
enum EndingSignals {
  private static var all: sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&set, number) }
    return set
  }

  /// Keeps them until someone waits. To be called before there are threads, which inherit it.
  static func block() {
    var set = all
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits for one.
  static func wait() {
    var set = all
    var number: CInt = 0
    while unsafe sigwait(&set, &number) != 0 {}
  }
}
