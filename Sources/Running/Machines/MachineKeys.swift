/// Who may log in to virtual machines, and what these show of themselves: keys for ssh, one pair of each for an experiment.
public struct MachineKeys: Sendable {
  /// The public key of those who may log in, as a line of `authorized_keys`.
  let authorized: String
  /// The private key of the machines.
  let host: String

  /// The name of the key that logs in.
  static let user = "id_ed25519"
  /// The name of the machines' key.
  static let machine = "host_ed25519"

  /// The keys in a directory.
  ///
  /// - Throws: If they can't be read.
  public init(directory: String) throws(RunningError) {
    authorized = String(try TextFile.read("\(directory)/\(Self.user).pub").prefix { !$0.isNewline })
    host = try TextFile.read("\(directory)/\(Self.machine)")
  }

  /// Makes keys.
  ///
  /// - Parameters:
  ///   - directory: A directory that others can't read, to be made.
  ///   - name: What the keys are for.
  /// - Throws: If they can't be made.
  public static func make(in directory: String, for name: String) throws(RunningError) {
    try TextFile.makeDirectories(directory)
    for key in [user, machine] {
      let outcome = try SystemCommand.run(
        SystemCommand.path(of: "ssh-keygen"),
        ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", "\(directory)/\(key)"])
      guard outcome.code == 0 else {
        throw RunningError(
          "no key for ssh can be made: \(outcome.errors.split(whereSeparator: \.isNewline).first ?? "")")
      }
    }
  }

  /// What logs in to a virtual machine, for a program that is to run there; the words follow, quoted for its shell.
  public static func login(to address: String, keys directory: String, hasTerminal: Bool) -> [String] {
    [
      "ssh", "-F", "none", "-i", "\(directory)/\(user)", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o",
      "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR", "-o",
      "ConnectTimeout=60", hasTerminal ? "-t" : "-T", "root@\(address)", "--",
    ]
  }
}
