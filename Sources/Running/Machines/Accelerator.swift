internal import CLinux
internal import Glibc
internal import SystemPackage

/// What runs the processors of virtual machines.
public enum Accelerator: String, Codable, Sendable {
  /// The machine's own hardware.
  case kvm
  /// QEMU's translator: slower by a factor of ten and more, and everywhere.
  case tcg

  /// How long a machine of one sector has to start and end, in ms. With hardware it takes some hundred.
  private static let patience = 5000

  /// What there is: hardware only where a machine has just started and ended with it. A `/dev/kvm` that can be opened says
  /// little; on machines that are virtual themselves some never start anything.
  public static func probed() -> Self {
    guard unsafe access("/dev/kvm", R_OK | W_OK) == 0 else { return .tcg }
    return starts(.kvm) ? .kvm : .tcg
  }

  /// What is said to users where there is no hardware.
  public static let fallback = "no working /dev/kvm: QEMU translates the programs of virtual machines, which is slower"

  /// A sector that the BIOS starts, and which ends the machine with a code: `mov al, 16; out 0xf4, al; hlt`.
  private static let sector: [UInt8] =
    [0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd] + [UInt8](repeating: 0, count: 503) + [0x55, 0xaa]
  /// QEMU's device `isa-debug-exit` makes 2n + 1 of a code n.
  private static let code: Int32 = 33

  /// Whether a machine starts and ends.
  private static func starts(_ accelerator: Self) -> Bool {
    let number = unsafe sector.withUnsafeBytes { unsafe clinux_memory_file($0.baseAddress, $0.count) }
    guard number >= 0 else { return false }
    let disk = FileDescriptor(rawValue: number)
    defer { try? disk.close() }
    let process = try? SystemProcess(
      SystemCommand.path(of: "qemu-system-x86_64"),
      [
        "-nodefaults", "-no-user-config", "-display", "none", "-accel", accelerator.rawValue, "-m", "16", "-no-reboot",
        "-drive", "file=/dev/stdin,if=floppy,format=raw,readonly=on", "-boot", "a", "-device",
        "isa-debug-exit,iobase=0xf4,iosize=4",
      ], environment: SystemCommand.environment, descriptors: [disk])
    guard let process else { return false }
    for _ in 0..<(patience / 20) {
      if let code = process.exitCode { return code == Self.code }
      usleep(20_000)
    }
    process.kill()
    process.wait()
    return false
  }
}
