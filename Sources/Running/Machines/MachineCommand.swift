internal import HostManifests

/// How QEMU is started for a node.
struct MachineCommand: Equatable {
  /// What the command depends on beside the node.
  struct Circumstances: Equatable {
    /// What runs the processors.
    var accelerator: Accelerator
    /// The disk that it starts from.
    var disk: String
    /// The disk with its seed.
    var seed: String
    /// The disk with the experiment's directory; `nil` for none.
    var configuration: String?
    /// Where what it writes to its first serial line goes.
    var console: String
  }

  /// The program.
  let program: String
  /// What follows its name.
  let arguments: [String]

  /// The memory of machines for which none is asked, in MB.
  static let usualMemory = 512

  /// A command. Its standard input is the second serial line; its TAP interfaces are there, in the namespace that it is
  /// started in.
  init(_ node: ManifestNode, _ circumstances: Circumstances) {
    program = "qemu-system-\(node.architecture ?? "x86_64")"
    var arguments = [
      "-name", Self.quoted(node.name), "-nodefaults", "-no-user-config", "-display", "none",
      "-accel", circumstances.accelerator.rawValue, "-m", "\(node.memoryMegabytes ?? Self.usualMemory)",
      "-device", "virtio-rng-pci",
      // It has nothing to start, and nobody to become.
      "-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
      "-chardev", "file,id=console,path=\(Self.quoted(circumstances.console))", "-serial", "chardev:console",
      "-chardev", "socket,id=agent,fd=0", "-serial", "chardev:agent",
      // What is written goes when the node does: nobody waits for the disk.
      "-drive", "file=\(Self.quoted(circumstances.disk)),if=none,id=disk,format=qcow2,cache=unsafe,discard=unmap",
      "-device", "virtio-blk-pci,drive=disk,bootindex=1",
    ]
    if circumstances.accelerator == .kvm { arguments += ["-cpu", "host"] }
    for (name, file) in [("cidata", circumstances.seed), ("containers", circumstances.configuration)] {
      guard let file else { continue }
      arguments += [
        "-drive", "file=\(Self.quoted(file)),if=none,id=\(name),format=raw,readonly=on",
        "-device", "virtio-blk-pci,drive=\(name),serial=\(name)",
      ]
    }
    for (number, mac) in ([node.control?.mac] + node.interfaces.map(\.mac)).enumerated() {
      guard let mac else { continue }
      arguments += [
        "-netdev", "tap,id=card\(number),ifname=\(NetworkPlan.machineTap(number)),script=no,downscript=no",
        "-device", "virtio-net-pci,netdev=card\(number),mac=\(mac),romfile=",
      ]
    }
    self.arguments = arguments
  }

  /// A value of an option, in which a comma is written twice.
  private static func quoted(_ text: String) -> String { text.replacing(",", with: ",,") }
}
