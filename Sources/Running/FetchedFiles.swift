internal import Glibc
internal import SystemPackage

/// What was fetched, or made of something that was, once for all experiments: images of machines, templates of containers.
struct FetchedFiles: Sendable {
  /// The most bytes of a file.
  static let greatestSize = 64 << 30

  /// The directory that all of it is in.
  let directory: String
  /// What programs that work on it get as their environment.
  let environment: [String]
  /// What it is, for messages: `image`.
  let kind: String

  /// What is in a directory.
  ///
  /// - Parameters:
  ///   - directory: The directory.
  ///   - owner: Whose the programs are that fetch and unpack.
  ///   - kind: What it is, for messages.
  init(directory: String, owner: String, kind: String) {
    self.directory = directory
    self.kind = kind
    environment = SystemCommand.environment + ["\(HostAgent.ownerVariable)=\(owner)"]
  }

  /// Where something is that comes from a place.
  func path(of place: String, ending: String = "") -> String {
    let name = place.utf8.suffix(80).map { byte -> Character in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber || character == ".") ? character : "_"
    }
    return "\(directory)/\(HostAgent.Surroundings.groupName(ofOwner: place))-\(String(name))\(ending)"
  }

  /// Makes something unless it is there, for all who want it at once: it appears when it is whole.
  ///
  /// - Parameters:
  ///   - target: Where.
  ///   - make: Makes it at another place.
  /// - Returns: Where.
  /// - Throws: What `make` throws, or what the kernel refuses.
  func once(_ target: String, _ make: (String) throws(RunningError) -> Void) throws(RunningError) -> String {
    if unsafe access(target, R_OK) == 0 { return target }
    try TextFile.makeDirectories(directory)
    let lock: FileDescriptor
    do {
      lock = try FileDescriptor.open(
        FilePath("\(target).lock"), .writeOnly, options: [.create, .closeOnExec], permissions: [.ownerReadWrite])
    } catch {
      throw RunningError("can't write \(target): \("\(error)".lowercased())")
    }
    defer { try? lock.close() }
    guard flock(lock.rawValue, LOCK_EX) == 0 else { throw RunningError(kernel: "can't lock \(target)") }
    if unsafe access(target, R_OK) == 0 { return target }
    let part = "\(target).part"
    defer { _ = unsafe unlink(part) }
    try make(part)
    guard unsafe rename(part, target) == 0 else { throw RunningError(kernel: "can't write \(target)") }
    return target
  }

  /// Fetches a file.
  ///
  /// - Parameters:
  ///   - url: What.
  ///   - file: Where to.
  ///   - checksum: The SHA-256 that it has to have; `nil` for any.
  /// - Throws: Why it can't be had.
  func fetch(_ url: String, to file: String, checksum: String?) throws(RunningError) {
    let outcome = try SystemCommand.run(
      SystemCommand.path(of: "curl"),
      [
        "--disable", "--globoff", "--fail", "--silent", "--show-error", "--location", "--proto", "=http,https",
        "--proto-redir", "=http,https",
        "--max-redirs", "10", "--connect-timeout", "20", "--speed-limit", "1000", "--speed-time", "60",
        "--max-filesize", "\(Self.greatestSize)", "--output", file, "--url", url,
      ], environment: environment)
    guard outcome.code == 0 else {
      let reason = outcome.errors.split(whereSeparator: \.isNewline).last ?? "curl ended with \(outcome.code)"
      throw RunningError("\(kind) \(url) can't be fetched: \(reason)")
    }
    if let checksum { try require(checksum, of: file, named: url) }
  }

  /// Makes sure that a file is what it should be.
  ///
  /// - Parameters:
  ///   - checksum: Its SHA-256.
  ///   - file: Where it is.
  ///   - name: What the user calls it.
  /// - Throws: If it has another.
  func require(_ checksum: String, of file: String, named name: String) throws(RunningError) {
    let outcome = try SystemCommand.run(
      SystemCommand.path(of: "sha256sum"), ["--binary", "--", file], environment: environment)
    // A name with a backslash has one before the sum.
    let found = outcome.output.drop { $0 == "\\" }.prefix { $0 != " " }
    guard outcome.code == 0, found == checksum else {
      throw RunningError("\(kind) \(name): its SHA-256 is \(found), not \(checksum)")
    }
  }
}
