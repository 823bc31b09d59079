internal import ArgumentParser
internal import Commands
internal import Glibc
internal import Running
internal import Swapping
internal import SystemPackage
internal import Testbed

/// `testbed names`.
struct TestbedNamesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "names", abstract: "Have this machine know the names of nodes, as NODE.EXPERIMENT.PROJECT.",
    discussion: """
      "ssh" has ssh know them, by a line in the user's configuration. "hosts" also writes them into a file of names, and \
      "dns" has a DNS server answer them; with both this machine gets an interface on the control network of each \
      experiment. "off" undoes all of it. What is said holds for experiments that are swapped in now and later; without \
      an argument, what was said and the names are shown. See docs/running.md.
      """)

  @Argument(help: "How: off, ssh, hosts or dns.") var mode: Mode?

  @Option(help: ArgumentHelp("The file of names.", valueName: "file"))
  var hostsFile = "/etc/hosts"

  @Option(help: ArgumentHelp("The user's configuration of ssh; ~/.ssh/config if none is named.", valueName: "file"))
  var sshConfiguration: String?

  @Option(help: "The address that the DNS server listens at.")
  var dnsAddress = "127.0.0.153"

  @Option(help: "The port that the DNS server listens at.")
  var dnsPort = 53

  @Flag(help: "Print what there is as JSON.")
  var json = false

  func run() throws {
    let testbed = try LocalTestbed.current()
    let report = try mode.map { mode in try testbed.setNames(setting(mode.mode)) } ?? testbed.names()
    if json { return try Console.write(json: report) }
    try Console.write("\(report.setting?.mode.rawValue ?? "off")\(Self.place(report.setting))\n")
    if !report.names.isEmpty { try Console.write("\n" + TextTable(report.names.map { [$0.name, $0.address] }).text) }
    guard report.problems.isEmpty else { throw CommandError(report.problems.joined(separator: "\n")) }
  }

  private func setting(_ mode: NamesSetting.Mode) throws -> NamesSetting {
    if mode != .off, geteuid() != 0 {
      throw CommandError("only root may enter nodes and change this machine's names: run it as root")
    }
    guard (1...65535).contains(dnsPort) else { throw ValidationError("\(dnsPort) is no port: 1 to 65535") }
    guard let sshConfiguration = sshConfiguration ?? Environment.current["HOME"].map({ "\($0)/.ssh/config" }) else {
      throw CommandError("there is no HOME: name the configuration of ssh with --ssh-configuration")
    }
    return NamesSetting(
      mode: mode, hostsFile: Self.absolute(hostsFile), sshConfiguration: Self.absolute(sshConfiguration),
      dnsAddress: dnsAddress, dnsPort: dnsPort)
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(here) }
    return unsafe "\(String(cString: here))/\(path)"
  }

  /// Where names are.
  private static func place(_ setting: NamesSetting?) -> String {
    switch setting?.mode {
    case nil, .off: ""
    case .ssh: ": \(setting?.sshConfiguration ?? "")"
    case .hosts: ": \(setting?.hostsFile ?? "")"
    case .dns: ": \(setting?.dnsAddress ?? "") port \(setting?.dnsPort ?? 53)"
    }
  }

  /// How, in the words of the command line.
  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case off
    case ssh
    case hosts
    case dns

    var mode: NamesSetting.Mode {
      switch self {
      case .off: .off
      case .ssh: .ssh
      case .hosts: .hosts
      case .dns: .dns
      }
    }
  }
}

/// `testbed proxy`: what ssh runs to get to a node.
struct TestbedProxyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proxy", abstract: "Connect ssh to a node (its ProxyCommand, with ProxyUseFdpass).",
    shouldDisplay: false)

  @OptionGroup var argument: ExperimentArgument
  @Argument(help: "The node.") var node: String

  func run() throws {
    guard geteuid() == 0 else { throw CommandError("only root may enter nodes: run ssh as root") }
    let connection = try LocalTestbed.current().login(to: node, of: argument.name())
    try LoginServer.hand(connection, to: .standardOutput)
  }
}

/// `testbed reboot`.
struct TestbedRebootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reboot",
    abstract: "Boot a node once more, a dead one too; it keeps its files, and its start command runs again.")

  @OptionGroup var argument: ExperimentArgument
  @Argument(help: "The node.") var node: String

  func run() throws { try LocalTestbed.current().reboot(node, of: argument.name()) }
}
