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

  /// A sector that the BIOS starts, and which ends the machine with a code. Before that it enters protected mode and comes
  /// back from an interrupt there, as boot loaders do: there is hardware support that only seems to work until then.
  private static let sector: [UInt8] = program + [UInt8](repeating: 0, count: 510 - program.count) + [0x55, 0xaa]
  private static let program: [UInt8] = [
    // cli; xor ax, ax; mov ds, ax
    0xfa, 0x31, 0xc0, 0x8e, 0xd8,
    // lgdt [0x7c58]; lidt [0x7c5e]
    0x66, 0x0f, 0x01, 0x16, 0x58, 0x7c, 0x66, 0x0f, 0x01, 0x1e, 0x5e, 0x7c,
    // mov eax, cr0; or al, 1; mov cr0, eax
    0x0f, 0x20, 0xc0, 0x0c, 0x01, 0x0f, 0x22, 0xc0,
    // jmp 8:0x7c21
    0x66, 0xea, 0x21, 0x7c, 0x00, 0x00, 0x08, 0x00,
    // mov ax, 16; mov ds, ax; mov ss, ax; mov esp, 0x7000
    0x66, 0xb8, 0x10, 0x00, 0x8e, 0xd8, 0x8e, 0xd0, 0xbc, 0x00, 0x70, 0x00, 0x00,
    // int 0
    0xcd, 0x00,
    // mov al, 16; out 0xf4, al; hlt; jmp back
    0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd,
    // the interrupt's handler: iret
    0xcf,
    // descriptors: none, code, data
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0x00, 0x00, 0x00, 0x9a, 0xcf, 0x00,
    0xff, 0xff, 0x00, 0x00, 0x00, 0x92, 0xcf, 0x00,
    // the interrupt's gate
    0x37, 0x7c, 0x08, 0x00, 0x00, 0x8e, 0x00, 0x00,
    // where the descriptors are
    0x17, 0x00, 0x38, 0x7c, 0x00, 0x00,
    // where the gate is
    0x07, 0x00, 0x50, 0x7c, 0x00, 0x00,
  ]
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
