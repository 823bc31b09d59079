internal import Glibc

/// The memory of this process.
enum ProcessMemory {
  /// The most that it has held at once, in bytes.
  ///
  /// What `getrusage` reports starts from what the process that started this one held; the kernel's count of the
  /// program's own pages (`VmHWM`) doesn't.
  static var peak: Int {
    let status = (try? InputFile.text(of: "/proc/self/status")) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    if let line, let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first {
      return (Int(kilobytes) ?? 0) << 10
    }
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss << 10
  }
}
