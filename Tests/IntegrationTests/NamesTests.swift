import Foundation
import Running
import TestSupport
import Testing

/// The machine knows the names of nodes, by what its user chose, and ssh gets into them.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct NamesTests {
  /// A light node, a physical one, and a LAN.
  private static let lan = """
    set a [$ns node]
    set b [$ns node]
    set c [$ns node]
    tb-add-node-attribute $b containers:node_type process
    tb-add-node-attribute $c containers:node_type embedded_pnode
    $ns make-lan "$a $b $c" 100Mb 0ms
    """
  private static let hasLogins = Program("/usr/sbin/sshd").isInstalled && Program("/usr/bin/ssh").isInstalled

  @Test(.enabled(if: hasLogins, "there is no sshd here (openssh-server)"))
  func sshGetsIntoEveryNodeByItsNameAndNobodyElseDoes() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.lan)
      try place.write("Host other\n  Port 7\n", to: "ssh")
      try await place.done("names", "ssh", "--ssh-configuration", "ssh")
      try await place.done("swapin", "P1/e1")
      let result = try await place.bash(
        """
        set -e
        for node in a b c pnode-0000 pnode-0001; do [[ $(ssh -F ssh "$node.e1.P1" hostname) == "$node" ]]; done
        [[ $(ssh -F ssh A.E1.p1 'id -u; echo $SHELL > /tmp/x; ip -br -4 address show dev control') == 0*192.168.* ]]
        echo copied > file; scp -q -F ssh file c.e1.P1:/root/; [[ $(ssh -F ssh c.e1.P1 cat /root/file) == copied ]]
        code=0; ssh -F ssh b.e1.P1 exit 5 || code=$?; [[ $code == 5 ]]
        key=home/proj/P1/exp/e1/run/keys/id_ed25519; [[ $(stat -c %a $key) == 600 ]]
        sed 's/IdentityFile.*/IdentityFile other/' home/proj/P1/exp/e1/run/keys/config > wrong
        ssh-keygen -q -t ed25519 -N '' -f other
        ! ssh -F wrong -o BatchMode=yes a.e1.P1 true 2> refusal; grep -q 'Permission denied (publickey)' refusal
        ! ssh -F ssh nobody.e1.P1 true 2> /dev/null
        """)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      try await place.done("swapout", "P1/e1")
      #expect(try await place.bash("ssh -F ssh -G a.e1.P1 | grep -i proxycommand").output.isEmpty)
      try await place.done("names", "off")
      #expect(try place.text(of: "ssh") == "Host other\n  Port 7\n")
    }
  }

  @Test func aFileOfNamesHasThemInAnyCaseAndIsRestored() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.lan)
      // The last line has no end.
      try place.write("127.0.0.1\tlocalhost", to: "hosts")
      let result = try await place.isolated(
        """
        set -e
        everything > before
        testbed names hosts --hosts-file hosts --ssh-configuration ssh
        testbed swapin P1/e1
        mount --bind hosts /etc/hosts
        for name in a.e1.P1 B.E1.p1 c.e1.P1 pnode-0000.e1.P1; do ping -q -c 1 -W 5 $name; done
        getent hosts localhost
        umount /etc/hosts
        # What is swapped in is told a change, too.
        testbed names off; grep -c e1.P1 hosts || [[ $(ip -o link | wc -l) == 1 ]]
        testbed names hosts --hosts-file hosts --ssh-configuration ssh; grep -q pnode-0001.e1.P1 hosts
        testbed swapout P1/e1
        everything | diff before -
        """)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
      #expect(try place.text(of: "hosts") == "127.0.0.1\tlocalhost")
    }
  }

  @Test(.enabled(if: Program("/usr/sbin/dnsmasq").isInstalled, "there is no dnsmasq here (dnsmasq-base)"))
  func aDNSServerKnowsThemWhileAnyExperimentIsSwappedIn() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.lan)
      let result = try await place.isolated(
        """
        set -e
        everything > before
        testbed names dns --ssh-configuration ssh
        testbed swapin P1/e1
        echo 'nameserver 127.0.0.153' > resolv.conf; mount --bind resolv.conf /etc/resolv.conf
        echo 'hosts: dns' > nsswitch.conf; mount --bind nsswitch.conf /etc/nsswitch.conf
        for name in a.e1.P1 B.E1.p1 c.e1.P1 pnode-0000.e1.P1; do ping -q -c 1 -W 5 $name; done
        ! getent hosts nobody.e1.P1
        umount /etc/resolv.conf /etc/nsswitch.conf
        testbed swapout P1/e1
        everything | diff before -
        """)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
  }

  @Test func addressesThatTheMachineHasAUseForKeepItAndAreNamed() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(Self.lan)
      try place.write("127.0.0.1\tlocalhost\n", to: "hosts")
      let result = try await place.isolated(
        """
        set -e
        ip link add name own type veth peer name other; ip link set dev own up; ip link set dev other up
        ip address add 192.168.0.4/24 dev own
        everything > before
        testbed names hosts --hosts-file hosts --ssh-configuration ssh
        testbed swapin P1/e1 2>&1 | tee log
        grep -q 'this machine has its own way to 192.168.0.* by own): names of P1/e1 would lead there' log
        testbed events P1/e1 | grep -q 'has its own way'
        [[ $(testbed list) == *active && $(cat hosts) == $'127.0.0.1\\tlocalhost' ]]
        testbed exec P1/e1 a -- ping -q -c 1 -W 5 c
        testbed swapout P1/e1
        everything | diff before -
        # Without names, nothing of the machine's matters.
        testbed names off; testbed swapin P1/e1; testbed swapout P1/e1
        everything | diff before -
        """)
      #expect(result.status == 0, "\(result.output)\(result.errors)")
    }
  }

  @Test func nodesBootAgainWithTheirFilesAndRunTheirStartCommandAgain() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        set opt(COLOUR) "blue \\$sky"
        set opt(HOME) /nowhere
        \(Self.lan)
        foreach node "$a $b $c" {
          tb-set-node-startcmd $node {echo "$COLOUR $HOME $(hostname)" >> boots && (touch /tmp/here; cat none; exit 3) >& out}
        }
        """)
      try await place.done("swapin", "P1/e1")
      for node in ["a", "b", "c"] {
        #expect(try await place.ended(node)?.exitCode == 3)
        let other = node == "a" ? "b" : "a"
        let lost = try await place.shell(
          node, "ip route flush dev inf000; ip address flush dev inf000; touch /tmp/mine")
        #expect(lost.status == 0)
        try await place.done("reboot", "P1/e1", node)
        #expect(try await place.ended(node)?.exitCode == 3)
        let again = try await place.shell(
          node, "cat boots; grep -c 'No such file' out; ls /tmp; ping -q -c 1 -W 5 \(other) > /dev/null && echo there")
        let line = "blue $sky /root \(node)\n"
        #expect(again.output == "\(line)\(line)1\nhere\nthere\n", "\(again.output)\(again.errors)")
        let log = try await place.shell(node, "grep -c 'ended with status 3' /var/containers/log/start_command.log")
        #expect(log.output == "2\n")
      }
      let first = try #require(
        place.processes(of: "container_init").first { process in
          ((try? TextFile.read("/proc/\(process)/cmdline")) ?? "").contains("\0a\0")
        })
      kill(first, SIGKILL)
      #expect(try await place.ended("a")?.state == "dead")
      try await place.done("reboot", "P1/e1", "a")
      #expect(try await place.ended("a")?.state == "booted")
      #expect(try await place.testbed(["reboot", "P1/e1", "nobody"]).errors.contains("has no node nobody"))
    }
  }
}
