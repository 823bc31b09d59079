internal import FoundationEssentials
internal import Glibc
public import HostManifests
internal import SystemPackage

/// The images of virtual machines that are on this machine: a directory of those that were made here, `NAME-ARCH.qcow2`,
/// and in `fetched` of those that were fetched or unpacked, once for all experiments. Images are only read.
public struct MachineImages: Sendable {
  private let directory: String
  /// What programs that work on images get as their environment.
  private let environment: [String]

  /// The most bytes of an image.
  private static let greatestSize = 64 << 30

  /// The images of a directory.
  ///
  /// - Parameters:
  ///   - directory: The directory.
  ///   - owner: Whose the programs are that fetch images.
  public init(directory: String, owner: String) {
    self.directory = directory
    environment = SystemCommand.environment + ["\(HostAgent.ownerVariable)=\(owner)"]
  }

  /// Makes sure that the images of all virtual machines of some hosts are there and sound.
  ///
  /// - Parameters:
  ///   - manifests: The hosts.
  ///   - progress: Is told what takes time.
  /// - Throws: Which isn't, why, and what would help.
  public func prepare(_ manifests: [HostManifest], progress: (String) -> Void) throws(RunningError) {
    var known: Set<[String?]> = []
    for node in manifests.lazy.flatMap(\.nodes) where node.kind == .qemu {
      guard known.insert([node.image, node.architecture]).inserted else { continue }
      let location = try ImageLocation(node.image)
      if case .remote(let url) = location.place, access(fetchedFile(url + (location.checksum ?? ""))) != 0 {
        progress("fetching \(url)")
      }
      do throws(RunningError) {
        _ = try image(of: node)
      } catch {
        throw RunningError("\(node.name): \(error)")
      }
      if location.isStandIn {
        progress("the image \(ImageLocation.unreachable) can't be had any more: the small guest stands in for it")
      }
    }
  }

  /// The image of a node.
  ///
  /// - Throws: Why there is none.
  func image(of node: ManifestNode) throws(RunningError) -> MachineImage {
    let location = try ImageLocation(node.image)
    let path: String
    switch location.place {
    case .named(let name): path = try named(name, architecture: node.architecture ?? "x86_64")
    case .file(let file): path = try local(file, checksum: location.checksum)
    case .remote(let url): path = try fetched(url, checksum: location.checksum)
    }
    return try MachineImage(path, environment: environment)
  }

  private func access(_ path: String) -> CInt { unsafe Glibc.access(path, R_OK) }

  // MARK: Places

  private func named(_ name: String, architecture: String) throws(RunningError) -> String {
    let paths = ["\(directory)/\(name)-\(architecture).qcow2", "\(directory)/\(name)"]
    if let path = paths.first(where: { access($0) == 0 }) { return path }
    let isOurs = [ImageLocation.smallGuest, "debian"].contains(name)
    let help = "\(name == ImageLocation.smallGuest ? "" : " --debian") --arch \(architecture)"
    throw RunningError("there is no image \(paths[0])\(isOurs ? ": \"tools/guest-image\(help)\" makes it" : "")")
  }

  private func local(_ file: String, checksum: String?) throws(RunningError) -> String {
    guard access(file) == 0 else { throw RunningError("image \(file): \(Errno.last.description.lowercased())") }
    if let checksum { try require(checksum, of: file, named: file) }
    guard try Self.isCompressed(file) else { return file }
    var status = stat()
    guard unsafe stat(file, &status) == 0 else { throw RunningError(kernel: "image \(file)") }
    // Another file of that name is another image.
    let target = fetchedFile("\(file)-\(status.st_size)-\(status.st_mtim.tv_sec)")
    return try once(target) { part throws(RunningError) in try unpack(file, to: part, named: file) }
  }

  private func fetched(_ url: String, checksum: String?) throws(RunningError) -> String {
    try once(fetchedFile(url + (checksum ?? ""))) { part throws(RunningError) in
      let raw = "\(part).raw"
      defer { unlink(raw) }
      let outcome = try SystemCommand.run(
        SystemCommand.path(of: "curl"),
        [
          "--disable", "--globoff", "--fail", "--silent", "--show-error", "--location", "--proto", "=http,https",
          "--proto-redir", "=http,https",
          "--max-redirs", "10", "--connect-timeout", "20", "--speed-limit", "1000", "--speed-time", "60",
          "--max-filesize", "\(Self.greatestSize)", "--output", raw, "--url", url,
        ], environment: environment)
      guard outcome.code == 0 else {
        let reason = outcome.errors.split(whereSeparator: \.isNewline).last ?? "curl ended with \(outcome.code)"
        throw RunningError("image \(url) can't be fetched: \(reason)")
      }
      if let checksum { try require(checksum, of: raw, named: url) }
      if try Self.isCompressed(raw) {
        try unpack(raw, to: part, named: url)
      } else {
        guard unsafe rename(raw, part) == 0 else { throw RunningError(kernel: "can't write \(part)") }
      }
    }
  }

  /// Where something is that was fetched or unpacked.
  private func fetchedFile(_ place: String) -> String {
    let name = place.utf8.suffix(80).map { byte -> Character in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII && (character.isLetter || character.isNumber || character == ".") ? character : "_"
    }
    return "\(directory)/fetched/\(HostAgent.Surroundings.groupName(ofOwner: place))-\(String(name)).qcow2"
  }

  /// Makes a file unless it is there, for all who want it at once: it appears when it is whole and sound.
  private func once(_ target: String, _ make: (String) throws(RunningError) -> Void) throws(RunningError) -> String {
    if access(target) == 0 { return target }
    try TextFile.makeDirectories("\(directory)/fetched")
    let lock: FileDescriptor
    do {
      lock = try FileDescriptor.open(
        FilePath("\(target).lock"), .writeOnly, options: [.create, .closeOnExec], permissions: [.ownerReadWrite])
    } catch {
      throw RunningError("can't write \(target): \("\(error)".lowercased())")
    }
    defer { try? lock.close() }
    guard flock(lock.rawValue, LOCK_EX) == 0 else { throw RunningError(kernel: "can't lock \(target)") }
    if access(target) == 0 { return target }
    let part = "\(target).part"
    defer { unlink(part) }
    try make(part)
    _ = try MachineImage(part, environment: environment)
    guard unsafe rename(part, target) == 0 else { throw RunningError(kernel: "can't write \(target)") }
    return target
  }

  private func unlink(_ path: String) { _ = unsafe Glibc.unlink(path) }

  // MARK: Contents

  private func require(_ checksum: String, of file: String, named name: String) throws(RunningError) {
    let outcome = try SystemCommand.run(
      SystemCommand.path(of: "sha256sum"), ["--binary", "--", file], environment: environment)
    // A name with a backslash has one before the sum.
    let found = outcome.output.drop { $0 == "\\" }.prefix { $0 != " " }
    guard outcome.code == 0, found == checksum else {
      throw RunningError("image \(name): its SHA-256 is \(found), not \(checksum)")
    }
  }

  private static func isCompressed(_ file: String) throws(RunningError) -> Bool {
    do {
      let descriptor = try FileDescriptor.open(FilePath(file), .readOnly, options: .closeOnExec)
      return try descriptor.closeAfter {
        let bytes = try unsafe [UInt8](unsafeUninitializedCapacity: 3) { buffer, count in
          count = try unsafe descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        return bytes == Array("BZh".utf8)
      }
    } catch {
      throw RunningError("image \(file): \("\(error)".lowercased())")
    }
  }

  private func unpack(_ file: String, to target: String, named name: String) throws(RunningError) {
    let outcome = try SystemCommand.run(
      "/bin/sh",
      [
        "-c", "exec prlimit --fsize=\"$1\" bzip2 --decompress --stdout -- \"$2\" > \"$3\"", "sh",
        "\(Self.greatestSize)", file, target,
      ], environment: environment)
    guard outcome.code == 0 else {
      let reason = outcome.errors.split(whereSeparator: \.isNewline).first { !$0.isEmpty }
      throw RunningError("image \(name) can't be unpacked: \(reason ?? "bzip2 ended with \(outcome.code)")")
    }
  }
}
