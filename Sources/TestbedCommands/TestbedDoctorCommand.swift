internal import Commands
internal import ArgumentParser
internal import Running
internal import Swapping

/// `testbed doctor`.
struct TestbedDoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what this machine can do, and what is done in place of what it can't.")

  @Flag(help: "Print it as JSON.")
  var json = false

  func run() throws {
    let found = MachineFindings()
    if json { return try Console.write(json: found) }
    try Console.write(TextTable(found.table).text)
    for line in found.remarks { try Console.write("\(line)\n") }
    let missing = found.capabilities.missing
    if !missing.isEmpty {
      throw CommandError("experiments can't be swapped in here, for want of \(missing.joined(separator: ", "))")
    }
  }
}

/// What this machine can do: its kernel, and programs that not everybody needs.
private struct MachineFindings: Encodable {
  let capabilities: HostCapabilities
  let sshd = LoginServer.isInstalled
  let dnsmasq = NamesSetting.hasNameServer

  init() {
    var capabilities = HostCapabilities.probed()
    capabilities.tryMachines()
    self.capabilities = capabilities
  }

  var table: [[String]] {
    let found = capabilities
    return [
      ["namespaces", found.isPrivileged.word], ["veth", found.veth.word], ["bridge", found.bridge.word],
      ["vxlan", found.vxlan.word], ["netem", found.netem.word], ["tbf", found.tokenBucket.word],
      ["htb", found.hierarchicalTokenBucket.word], ["TAP", found.tap.word], ["overlay", found.overlay.word],
      ["cgroups", found.controlGroups.rawValue], ["/dev/kvm", found.kvmDevice.word],
      ["virtual machines", found.accelerator.map { "by \($0.rawValue)" } ?? "no: there is no qemu-system-x86_64"],
      ["sshd", sshd.word], ["dnsmasq", dnsmasq.word],
    ]
  }

  /// What is done in place of what there isn't, and what is lost without it.
  var remarks: [String] {
    var lines = capabilities.fallbacks
    if !sshd {
      lines.append(
        "no sshd (Debian's openssh-server): ssh gets into virtual machines only; \"testbed exec\" gets into all nodes")
    }
    if !dnsmasq {
      lines.append("no dnsmasq (Debian's dnsmasq-base): no \"testbed names dns\"; \"testbed names hosts\" needs none")
    }
    return lines
  }

  private enum CodingKeys: CodingKey {
    case sshd
    case dnsmasq
  }

  func encode(to encoder: any Encoder) throws {
    try capabilities.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sshd, forKey: .sshd)
    try container.encode(dnsmasq, forKey: .dnsmasq)
  }
}

extension Bool {
  fileprivate var word: String { self ? "yes" : "no" }
}
