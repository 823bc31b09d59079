import Foundation
import TestSupport
import Testing

/// The host's agent by hand, on hosts that can do less than this machine: what it does in place of it, and what it refuses.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct HypervisorTests {
  /// Two light nodes on one host; a virtual machine and a third one on others.
  private static let script = """
    foreach name {a b c d} { set $name [$ns node] }
    tb-add-node-attribute $d containers:node_type qemu
    $ns duplex-link $a $b 100Mb 10ms DropTail
    foreach node "$c $d" { $ns duplex-link $b $node 100Mb 0ms DropTail }
    tb-set-node-startcmd $a "ping -q -c 1 -W 5 b; exit 3"
    foreach {node partition} "$a 0 $b 0 $c 1 $d 2" { tb-add-node-attribute $node containers:partition $partition }
    """

  /// What a script of a shell prints; `alone` has a host for itself in which the hypervisor runs, `hide` takes what a
  /// command does from it, `manifest` names that of the host of a node.
  private func output(_ script: String) async throws -> String {
    var output = ""
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.script)
      let result = try await place.isolated(
        """
        exec 2>&1
        manifest() { grep -l '{"name": "'$1'", "kind"' home/proj/P1/exp/e1/containers/manifests/*.json; }
        hide() { # PROGRAM WORDS: from now on the program fails where its arguments have these words
          local path; path=$(command -v "$1")
          [ -e "real-$1" ] || cp "$(readlink -f "$path")" "real-$1"
          printf '#!/bin/sh\\ncase "$*" in *"%s"*) exit 2 ;; esac\\nexec %s "$@"\\n' "$2" "$PWD/real-$1" > "fake-$1"
          chmod +x "fake-$1"; mount --bind "fake-$1" "$(readlink -f "$path")"
        }
        hypervisor_here() { hypervisor --socket "$PWD/agent" "$@"; echo "code $?"; }
        \(script)
        """)
      output = result.output
    }
    return output
  }

  @Test func aHostThatCanDoLessSaysWhatItDoesInstead() async throws {
    let output = try await output(
      """
      everything > before
      mount -t tmpfs tmpfs /sys/fs/cgroup; hide tc netem
      unshare --net hypervisor --start --peers <(echo pnode-0001 192.168.0.2; echo pnode-0002 192.168.0.3) "$(manifest a)" > said 2>&1 &
      process=$!
      for _ in {1..400}; do grep -q 'is up' said && break; sleep 0.05; done
      cat said
      kill -TERM $process; wait $process
      umount /sys/fs/cgroup; umount "$(readlink -f "$(command -v tc)")"
      everything | diff before - && echo clean
      """)
    #expect(output.contains("no netem in this kernel: an own relay delays and loses packets\n"), "\(output)")
    #expect(output.contains("no control groups that can be written: nodes have no limits of memory and processes\n"))
    #expect(output.hasSuffix(" is up: 2 nodes\nclean\n"), "\(output)")
  }

  @Test func aManifestThatAsksForMoreThanTheHostCanDoIsRefusedWithTheReason() async throws {
    let output = try await output(
      """
      # No tunnels: two of its links cross hosts.
      (hide ip 'type vxlan'; hypervisor_here "$(manifest a)"); umount "$(readlink -f "$(command -v ip)")"
      # No TAP interfaces: on a kernel with netem, light nodes need none.
      mount --bind /dev/null /dev/net/tun; hypervisor_here "$(manifest d)"; umount /dev/net/tun
      hypervisor_here --images none "$(manifest d)"
      setpriv --reuid 65534 --regid 65534 --clear-groups hypervisor "$(manifest a)"; echo "code $?"
      sed 's/"version": *1/"version": 2/' "$(manifest a)" > later.json; hypervisor_here later.json
      hypervisor_here none.json
      [ ! -e agent ] && ip -o link | wc -l; ps -e -o comm= | grep -c container_init
      """)
    let lines = output.split(separator: "\n").map(String.init)
    let codes = lines.filter { $0.hasPrefix("code ") }
    #expect(codes == [String](repeating: "code 1", count: 6), "\(output)")
    let reasons = lines.filter { $0.hasPrefix("Error: ") }
    try #require(reasons.count == 6, "\(output)")
    #expect(reasons[0].contains(" has no vxlan, which network ") && reasons[0].hasSuffix(" needs to cross hosts"))
    #expect(reasons[1].contains("TAP interfaces"))
    #expect(reasons[2].contains("there is no image none/guest-x86_64.qcow2"))
    #expect(reasons[3].contains("run this as root"))
    #expect(reasons[4].contains("the manifest is of version 2: this hypervisor reads version 1"))
    #expect(reasons[5].contains("none.json"))
    #expect(lines.suffix(2) == ["1", "0"], "nothing is made: \(output)")
  }

  @Test func doctorSaysWhatIsLostWithoutProgramsThatAreMissing() async throws {
    try await LocalTestbedPlace.with { place in
      let result = try await place.isolated(
        """
        for program in sshd dnsmasq; do
          [ ! -e /usr/sbin/$program ] || { touch none; mount --bind none /usr/sbin/$program; }
        done
        testbed doctor; testbed doctor --json | grep -E 'sshd|dnsmasq|"vxlan"'
        """)
      #expect(result.output.contains(#/(?m)^sshd +no$/#) && result.output.contains(#/(?m)^dnsmasq +no$/#))
      #expect(result.output.contains("no sshd (Debian's openssh-server): ssh gets into virtual machines only; "))
      #expect(result.output.contains("no dnsmasq (Debian's dnsmasq-base): no \"testbed names dns\"; "))
      #expect(result.output.contains(#/"sshd" *: *false/#) && result.output.contains("\"vxlan\""), "\(result.output)")
    }
  }
}
