internal import Glibc
public import HostManifests
internal import SystemPackage

/// The templates of light containers on this machine: archives of root file systems, as `tar` reads them. Each is unpacked
/// once for all experiments, and only read; nodes write a layer of their own over it.
public struct Templates: Sendable {
  /// What the site's configuration names unless it is told otherwise, in whatever directory: a file that only the old
  /// testbed has.
  private static let unreachable = "/images/ubuntu-10.04-x86.tar.gz"
  /// How the files of templates that are named end, as documented.
  private static let ending = ".tar.gz"

  private let files: FetchedFiles

  /// The templates of a testbed.
  ///
  /// - Parameters:
  ///   - directory: The directory of its images.
  ///   - owner: Whose the programs are that fetch and unpack.
  public init(directory: String, owner: String) {
    files = FetchedFiles(directory: "\(directory)/templates", owner: owner, kind: "template")
  }

  /// Makes sure that the templates of all nodes of some hosts are there and sound.
  ///
  /// - Parameters:
  ///   - manifests: The hosts.
  ///   - progress: Is told what takes time, and of templates that aren't there.
  /// - Throws: Which can't be had, and why.
  public func prepare(_ manifests: [HostManifest], progress: (String) -> Void) throws(RunningError) {
    var known: Set<[String]> = []
    for manifest in manifests {
      for node in manifest.nodes where node.kind == .openvz {
        guard let image = node.image, known.insert([image] + manifest.host.templateDirectories).inserted else {
          continue
        }
        do throws(RunningError) {
          _ = try root(of: node, on: manifest.host, progress: progress)
        } catch {
          throw RunningError("\(node.name): \(error)")
        }
      }
    }
  }

  /// Where the files of a node's template are.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - host: Its host.
  ///   - progress: Is told what takes time, and of a template that isn't there.
  /// - Returns: The directory; `nil` where the node sees this machine's files.
  /// - Throws: Why it can't be had.
  func root(
    of node: ManifestNode, on host: ManifestHost, progress: (String) -> Void = { _ in }
  ) throws(RunningError) -> String? {
    guard node.kind == .openvz, let image = node.image else { return nil }
    let location = try ImageLocation(image, kind: "template")
    switch location.place {
    case .remote(let url):
      let target = files.path(of: url + (location.checksum ?? ""))
      if unsafe access(target, R_OK) != 0 { progress("fetching \(url)") }
      return try files.once(target) { part throws(RunningError) in
        let archive = "\(part).archive"
        defer { _ = unsafe unlink(archive) }
        try files.fetch(url, to: archive, checksum: location.checksum)
        try unpack(archive, to: part, named: url)
      }
    case .file(let file):
      if unsafe access(file, R_OK) != 0, file.hasSuffix(Self.unreachable) { return nil }
      return try unpacked(file, checksum: location.checksum, progress)
    case .named(let name):
      let places = host.templateDirectories.flatMap { ["\($0)/\(name)\(Self.ending)", "\($0)/\(name)"] }
      guard let file = places.first(where: { unsafe access($0, R_OK) == 0 }) else {
        progress(
          "no template \(name) in \(host.templateDirectories.joined(separator: ", ")): nodes that ask for it see this "
            + "machine's files")
        return nil
      }
      return try unpacked(file, checksum: location.checksum, progress)
    }
  }

  private func unpacked(
    _ file: String, checksum: String?, _ progress: (String) -> Void
  ) throws(RunningError) -> String {
    var status = stat()
    guard unsafe stat(file, &status) == 0 else {
      throw RunningError("template \(file): \(Errno.last.description.lowercased())")
    }
    // Another file of that name is another template; so is one that is to have a checksum, which is looked at once.
    let target = files.path(of: "\(file)-\(status.st_size)-\(status.st_mtim.tv_sec)" + (checksum ?? ""))
    if unsafe access(target, R_OK) != 0 { progress("unpacking \(file)") }
    return try files.once(target) { part throws(RunningError) in
      if let checksum { try files.require(checksum, of: file, named: file) }
      try unpack(file, to: part, named: file)
    }
  }

  /// Unpacks an archive. Device files stay out of it: nodes have their own, and get at no others.
  private func unpack(_ archive: String, to directory: String, named name: String) throws(RunningError) {
    let script = """
      rm -rf -- "$2" && mkdir -- "$2" &&
      tar --extract --file "$1" --directory "$2" --numeric-owner --anchored --exclude './dev/*' --exclude 'dev/*' &&
      find "$2" '(' -type b -o -type c ')' -delete
      code=$?; [ $code = 0 ] || rm -rf -- "$2"; exit $code
      """
    let outcome = try SystemCommand.run(
      "/bin/sh", ["-c", script, "sh", archive, directory], environment: files.environment)
    guard outcome.code == 0 else {
      let reason = outcome.errors.split(whereSeparator: \.isNewline).first { !$0.isEmpty }
      throw RunningError("template \(name) can't be unpacked: \(reason ?? "tar ended with \(outcome.code)")")
    }
    // It may be a link that leads to its place from inside only.
    var status = stat()
    guard unsafe lstat("\(directory)/bin/sh", &status) == 0 else {
      _ = try SystemCommand.run("/bin/rm", ["-rf", "--", directory], environment: files.environment)
      throw RunningError("template \(name) is no root file system: it has no /bin/sh")
    }
  }
}
