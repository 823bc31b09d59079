import Foundation
import HostManifests
import TestSupport
import Testing

@testable import Running

/// What virtual machines are told, and how QEMU is started.
struct MachineTests {
  private func manifest(_ change: (inout ManifestNode) -> Void = { _ in }) -> HostManifest {
    var manifest = HostManifest.host(2)
    for index in manifest.nodes.indices {
      manifest.nodes[index].kind = .qemu
      change(&manifest.nodes[index])
    }
    return manifest
  }

  private func command(_ change: (inout ManifestNode) -> Void = { _ in }) -> MachineCommand {
    MachineCommand(
      manifest(change).nodes[0],
      MachineCommand.Circumstances(
        accelerator: .tcg, disk: "/a,b/n.qcow2", seed: "/a,b/n.iso", configuration: nil, console: "/a,b/n.console"))
  }

  @Test func aMachineHasWhatItsNodeAsksFor() {
    let usual = command()
    #expect(usual.program == "qemu-system-x86_64")
    let text = usual.arguments.joined(separator: " ")
    #expect(text.contains("-accel tcg -m 512 ") && !text.contains("-cpu"))
    #expect(text.contains("tap,id=card0,ifname=tap+0,") && text.contains("netdev=card0,mac=06:00:00:00:00:00,"))
    #expect(text.contains("tap,id=card1,ifname=tap+1,") && text.contains("netdev=card1,mac=02:00:00:00:00:00,"))
    // A comma in a path is no end of a value.
    #expect(text.contains("file=/a,,b/n.qcow2,if=none") && text.contains("path=/a,,b/n.console "))
    let other = command { ($0.architecture, $0.memoryMegabytes) = ("i386", 128) }
    #expect(other.program == "qemu-system-i386" && other.arguments.contains("128"))
  }

  @Test func cardsEndInANamespaceWhereTheyAreJoinedToNetworks() throws {
    let circumstances = NetworkPlan.Circumstances(processes: [100, 101], capabilities: .all(), uplink: nil)
    let plan = try NetworkPlan(manifest(), circumstances)
    #expect(
      plan.hostCommands.last
        == "link add name inf000 mtu 1500 netns 100 type veth peer name inf000 mtu 1500 netns 101")
    #expect(
      plan.nodeCommands[1].filter { $0.contains("+1") } == [
        "tuntap add dev tap+1 mode tap", "link set dev tap+1 mtu 1500",
        "link add name card+1 mtu 1500 type bridge stp_state 0 forward_delay 0 mcast_snooping 0",
        "link set dev tap+1 master card+1 up", "link set dev inf000 master card+1 up", "link set dev card+1 up",
      ])
    #expect(plan.nodeCommands[1].contains("link set dev control master card+0 up"))
    // Its addresses and routes are its own system's affair.
    #expect(!plan.nodeCommands[1].contains { $0.hasPrefix("address ") || $0.hasPrefix("route ") })
  }

  @Test func aMachineIsShapedOutsideOfIt() throws {
    var manifest = manifest()
    for index in manifest.nodes.indices { manifest.nodes[index].interfaces[0].shaping = .inNode(10) }
    let circumstances = NetworkPlan.Circumstances(
      processes: [100, 101], capabilities: .all(netem: false), uplink: nil)
    let plan = try NetworkPlan(manifest, circumstances)
    #expect(plan.taps.map(\.place) == [.node(0), .node(1)] && plan.taps.map(\.name) == ["inf000", "inf000"])
    #expect(plan.nodeCommands[0].contains("link set dev inf000 mtu 1500"))
    #expect(plan.nodeCommands[0].contains("link set dev inf000 master card+1 up"))
  }

  @Test func theSeedSaysWhatTheNodeIs() throws {
    let manifest = manifest { node in
      node.startCommand = "echo 'a' >& /tmp/ü\necho $HOME"
      node.interfaces[0].shaping = nil
    }
    let seed = MachineSeed(manifest.nodes[0], in: manifest, underlayPacketSize: nil, keys: nil)
    func text(_ name: String) -> String? { seed.files[name].map { String(decoding: $0, as: UTF8.self) } }
    #expect(text("containerize/name") == "n-0\n" && text("containerize/pid") == "P1\n")
    #expect(
      text("containerize/interfaces")
        == "control 06:00:00:00:00:00 1500 192.168.0.2/16\ninf000 02:00:00:00:00:00 1500 10.0.0.1/24\n")
    #expect(text("containerize/routes") == "10.0.1.0/24 10.0.0.1 inf000\n")
    #expect(text("containerize/start_command") == "echo 'a' >& /tmp/ü\necho $HOME\n")
    #expect(text("containerize/boot")?.hasPrefix("#!/bin/sh\n") == true && text("containerize/host_key") == nil)
    // What cloud-init reads is YAML, which JSON is.
    let data = try #require(text("user-data"))
    #expect(data.hasPrefix("#cloud-config\n{\"disable_root\":false,"))
    let network = try JSONSerialization.jsonObject(with: Data(try #require(seed.files["network-config"])))
    let cards = (network as? [String: Any])?["ethernets"] as? [String: [String: Any]]
    #expect(cards?["inf000"]?["addresses"] as? [String] == ["10.0.0.1/24"])
  }

  @Test(.enabled(if: Program.installed("isoinfo") != nil, "the disk is read by Debian's genisoimage"))
  func theSeedIsADiskOfNoCloud() async throws {
    let folder = try TemporaryFolder()
    let manifest = manifest()
    let image = folder.url.appending(path: "seed.iso").path
    try MachineSeed(manifest.nodes[0], in: manifest, underlayPacketSize: nil, keys: nil)
      .write(to: image, by: folder.url.appending(path: "seed").path)
    let isoinfo = try #require(Program.installed("isoinfo"))
    #expect(try await isoinfo.run(["-d", "-i", image]).output.contains("Volume id: cidata"))
    let list = try await isoinfo.run(["-f", "-R", "-i", image]).output.split(separator: "\n")
    #expect(
      Set(["/meta-data", "/user-data", "/network-config", "/containerize/boot"]).isSubset(
        of: Set(list.map(String.init))))
  }

  @Test func whatPingsSayIsUnderstood() throws {
    let busybox = MachinePinger.summary(
      "PING 10.0.0.1 (10.0.0.1): 56 data bytes --- 10.0.0.1 ping statistics --- 4 packets transmitted, 3 packets "
        + "received, 25% packet loss round-trip min/avg/max = 20.353/24.782/37.663 ms")
    #expect(try #require(busybox) == (4, 3, 20.353))
    let iputils = MachinePinger.summary(
      "3 packets transmitted, 3 received, 0% packet loss, time 402ms rtt min/avg/max/mdev = 0.022/0.030/0.037/0.006 ms")
    #expect(try #require(iputils) == (3, 3, 0.022))
    let lost = MachinePinger.summary("5 packets transmitted, 0 packets received, 100% packet loss")
    #expect(lost?.received == 0 && lost?.milliseconds == nil)
    #expect(MachinePinger.summary("ping: sendto: Network is unreachable") == nil)
  }

  @Test func theBootScriptIsOneOfAnyShell() async throws {
    let script = String(decoding: PackageResources.boot_sh, as: UTF8.self)
    for shell in ["/bin/dash", "/bin/bash"] where Program(shell).isInstalled {
      #expect(try await Program(shell).run(["-n"], input: script).status == 0, "\(shell)")
    }
  }
}
