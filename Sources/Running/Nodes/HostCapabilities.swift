internal import Glibc
public import HostManifests
internal import SystemPackage

/// What this host can do, found by trying.
public struct HostCapabilities: Codable, Sendable, Equatable {
  /// Whether this process may make namespaces and interfaces.
  public var isPrivileged: Bool
  /// Whether mounts can be kept from being seen elsewhere; not where the root isn't a mount, as after a mere `chroot`.
  public var ownMounts: Bool
  /// Pairs of interfaces.
  public var veth: Bool
  /// Bridges.
  public var bridge: Bool
  /// Tunnels to other hosts.
  public var vxlan: Bool
  /// Delay and loss in the kernel.
  public var netem: Bool
  /// Rates in the kernel.
  public var tokenBucket: Bool
  /// Rates of classes of traffic in the kernel.
  public var hierarchicalTokenBucket: Bool
  /// Interfaces whose frames a program gets.
  public var tap: Bool
  /// Writable layers over file systems that aren't written.
  public var overlay: Bool
  /// Where limits of control groups can be set.
  public var controlGroups: ControlGroupVersion
  /// Whether there is a device for virtual machines in hardware; whether it works only shows when one boots.
  public var kvmDevice: Bool
  /// What runs virtual machines; `nil` where that wasn't tried, which takes a moment, or there is no QEMU.
  public var accelerator: Accelerator?

  /// Versions of control groups.
  public enum ControlGroupVersion: String, Codable, Sendable {
    case none
    case v1
    case v2
  }

  /// What can be tried in namespaces that go away again, with the word for each.
  private static let trials: [(word: String, command: String)] = [
    ("mounts", "mount --make-rprivate /"),
    ("veth", "ip link add p0 type veth peer name p1"),
    ("bridge", "ip link add b0 type bridge"),
    ("vxlan", "ip link add x0 type vxlan id 1 dstport 4789 local 127.0.0.1"),
    ("tap", "ip tuntap add t0 mode tap"),
    ("netem", "tc qdisc replace dev p0 root netem delay 1ms"),
    ("tbf", "tc qdisc replace dev p0 root tbf rate 1mbit burst 5000 limit 50000"),
    ("htb", "tc qdisc replace dev p1 root htb"),
  ]

  /// Tries.
  public static func probed() -> Self {
    let script = trials.map { "\($0.command) && echo \($0.word)" }.joined(separator: "\n")
    let outcome = try? SystemCommand.run("/bin/sh", [], input: script, namespaces: [.network, .mounts])
    let found = Set((outcome?.output ?? "").split(whereSeparator: \.isWhitespace).map(String.init))
    let fileSystems = (try? TextFile.read("/proc/filesystems")) ?? ""
    return Self(
      isPrivileged: outcome != nil, ownMounts: found.contains("mounts"), veth: found.contains("veth"),
      bridge: found.contains("bridge"),
      vxlan: found.contains("vxlan"), netem: found.contains("netem"), tokenBucket: found.contains("tbf"),
      hierarchicalTokenBucket: found.contains("htb"), tap: found.contains("tap"),
      overlay: fileSystems.split(whereSeparator: \.isNewline).contains { $0.hasSuffix("\toverlay") },
      controlGroups: ControlGroup.version, kvmDevice: unsafe access("/dev/kvm", R_OK | W_OK) == 0)
  }

  /// Tries what runs virtual machines, too.
  public mutating func tryMachines() {
    let program = SystemCommand.path(of: "qemu-system-x86_64")
    accelerator = unsafe access(program, X_OK) == 0 ? .probed() : nil
  }

  /// What it does in place of what it can't, in words for its user; and what it can't do at all.
  public var fallbacks: [String] {
    var lines: [String] = []
    if !netem, tap { lines.append("no netem in this kernel: an own relay delays and loses packets") }
    if !tokenBucket { lines.append("no tbf in this kernel: an own relay holds rates") }
    if accelerator == .tcg { lines.append(Accelerator.fallback) }
    switch controlGroups {
    case .none: lines.append("no control groups that can be written: nodes have no limits of memory and processes")
    case .v1: lines.append("control groups are those of version 1")
    case .v2: break
    }
    return lines
  }

  /// What light containers need and isn't there.
  public var missing: [String] {
    guard isPrivileged else { return ["the right to make namespaces (run it as root)"] }
    let needs = [
      (ownMounts, "a root directory that is a mount (this one was entered by chroot)"),
      (veth, "veth interfaces"), (bridge, "bridges"), (overlay, "overlay file systems"),
      (netem || tap, "netem, or TAP interfaces"),
    ]
    return needs.filter { !$0.0 }.map(\.1)
  }

  /// What a host is asked for and can't do, nor anything in place of it.
  ///
  /// - Parameter manifest: The host.
  /// - Returns: What it lacks, with the reason why that is needed.
  public func lacks(for manifest: HostManifest) -> [String] {
    let asked = Set(manifest.host.capabilities)
    let hasMachines = asked.contains(.qemu) || manifest.nodes.contains { $0.kind == .qemu }
    let crossing = manifest.substrates.first { $0.tunnel != nil }
    let needs = [
      (tap || !hasMachines, "TAP interfaces (/dev/net/tun), which virtual machines need"),
      (
        vxlan || !(asked.contains(.vxlan) || crossing != nil),
        "vxlan, which \(crossing.map { "network \($0.name) needs" } ?? "networks need") to cross hosts"
      ),
    ]
    return missing + needs.filter { !$0.0 }.map(\.1)
  }
}
