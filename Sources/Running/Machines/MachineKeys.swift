/// Who may log in to virtual machines, and what these show of themselves: keys for ssh, one pair of each for an experiment.
public struct MachineKeys: Sendable {
  /// The public key of those who may log in, as a line of `authorized_keys`.
  let authorized: String
  /// The private key of the machines.
  let host: String

  /// The keys in a directory.
  ///
  /// - Throws: If they can't be read.
  public init(directory: String) throws(RunningError) {
    authorized = String(try TextFile.read("\(directory)/\(LoginServer.userKey).pub").prefix { !$0.isNewline })
    host = try TextFile.read("\(directory)/\(LoginServer.hostKey)")
  }

  /// What logs in to a virtual machine, for a program that is to run there; the words follow, quoted for its shell.
  public static func login(to address: String, keys directory: String, hasTerminal: Bool) -> [String] {
    [
      "ssh", "-F", "none", "-i", "\(directory)/\(LoginServer.userKey)", "-o", "IdentitiesOnly=yes", "-o",
      "BatchMode=yes", "-o",
      "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o",
      "ConnectTimeout=60", hasTerminal ? "-t" : "-T", "root@\(address)", "--",
    ]
  }
}
