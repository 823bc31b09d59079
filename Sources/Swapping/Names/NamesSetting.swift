/// How the machine knows the names of nodes.
public struct NamesSetting: Codable, Sendable, Equatable {
  /// By what.
  public enum Mode: String, Codable, Sendable, CaseIterable {
    /// By nothing: nothing of the machine is changed.
    case off
    /// ssh knows them, and finds the nodes without a network.
    case ssh
    /// A file of names has them, too, and the machine is on the control networks of its experiments.
    case hosts
    /// A DNS server has them in place of a file.
    case dns
  }

  /// By what.
  public var mode: Mode
  /// The file of names.
  public var hostsFile: String
  /// The user's configuration of ssh.
  public var sshConfiguration: String
  /// The address that the DNS server listens at.
  public var dnsAddress: String
  /// Its port.
  public var dnsPort: Int

  /// A setting.
  public init(mode: Mode, hostsFile: String, sshConfiguration: String, dnsAddress: String, dnsPort: Int) {
    self.mode = mode
    self.hostsFile = hostsFile
    self.sshConfiguration = sshConfiguration
    self.dnsAddress = dnsAddress
    self.dnsPort = dnsPort
  }

  /// Whether the machine is on the control networks.
  var isJoined: Bool { mode == .hosts || mode == .dns }
}

/// What of names there is now.
public struct NamesReport: Codable, Sendable, Equatable {
  /// How the machine is to know them; `nil` where nobody has said.
  public var setting: NamesSetting?
  /// The names of the experiments that are swapped in.
  public var names: [MachineName]
  /// What of it can't be, and why.
  public var problems: [String]
}
