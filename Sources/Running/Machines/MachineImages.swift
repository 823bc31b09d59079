internal import FoundationEssentials
internal import Glibc
public import HostManifests
internal import SystemPackage

/// The images of virtual machines that are on this machine: a directory of those that were made here, `NAME-ARCH.qcow2`,
/// and in `fetched` of those that were fetched or unpacked, once for all experiments. Images are only read.
public struct MachineImages: Sendable {
  private let directory: String
  private let files: FetchedFiles
  /// What programs that work on images get as their environment.
  private var environment: [String] { files.environment }

  /// The images of a directory.
  ///
  /// - Parameters:
  ///   - directory: The directory.
  ///   - owner: Whose the programs are that fetch images.
  public init(directory: String, owner: String) {
    self.directory = directory
    files = FetchedFiles(directory: "\(directory)/fetched", owner: owner, kind: "image")
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
    if let checksum { try files.require(checksum, of: file, named: file) }
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
      try files.fetch(url, to: raw, checksum: checksum)
      if try Self.isCompressed(raw) {
        try unpack(raw, to: part, named: url)
      } else {
        guard unsafe rename(raw, part) == 0 else { throw RunningError(kernel: "can't write \(part)") }
      }
    }
  }

  /// Where an image is that was fetched or unpacked.
  private func fetchedFile(_ place: String) -> String { files.path(of: place, ending: ".qcow2") }

  /// Makes an image unless it is there: it appears when it is sound.
  private func once(_ target: String, _ make: (String) throws(RunningError) -> Void) throws(RunningError) -> String {
    try files.once(target) { part throws(RunningError) in
      try make(part)
      _ = try MachineImage(part, environment: environment)
    }
  }

  private func unlink(_ path: String) { _ = unsafe Glibc.unlink(path) }

  // MARK: Contents

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
        "\(FetchedFiles.greatestSize)", file, target,
      ], environment: environment)
    guard outcome.code == 0 else {
      let reason = outcome.errors.split(whereSeparator: \.isNewline).first { !$0.isEmpty }
      throw RunningError("image \(name) can't be unpacked: \(reason ?? "bzip2 ended with \(outcome.code)")")
    }
  }
}
