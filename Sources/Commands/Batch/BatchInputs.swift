internal import FoundationEssentials
internal import Glibc
internal import SystemPackage

/// The inputs of a batch.
enum BatchInputs {
  /// What the words of a command line mean: files as they are, the files in directories, and those that patterns match.
  ///
  /// What is none of these stays as it is; whoever opens it says what is wrong.
  ///
  /// - Returns: The names of files, each once, in the order of the words and sorted within each.
  static func names(in paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.flatMap { files(ofWord: $0) }.filter { seen.insert($0).inserted }
  }

  private static func files(ofWord word: String) -> [String] {
    let paths = FilePath(word).isPresent ? [word] : matches(ofPattern: word)
    guard !paths.isEmpty else { return [word] }
    return paths.flatMap { isDirectory($0, followingLinks: true) ? files(inDirectory: $0) : [$0] }
  }

  /// The paths that a pattern of the shell matches, sorted.
  private static func matches(ofPattern pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
    var paths: [String] = []
    for index in unsafe 0..<Int(found.gl_pathc) {
      if let path = unsafe found.gl_pathv[index] { paths.append(unsafe String(cString: path)) }
    }
    return paths
  }

  private static func files(inDirectory directory: String) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else { return [directory] }
    let prefix = directory.hasSuffix("/") ? directory : "\(directory)/"
    return names.sorted().filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = prefix + name
      // A link to a directory could lead back to where we are.
      if isDirectory(path, followingLinks: false) { return files(inDirectory: path) }
      return PackerInput.isReadable(path) && !isDirectory(path, followingLinks: true) ? [path] : []
    }
  }

  private static func isDirectory(_ path: String, followingLinks: Bool) -> Bool {
    var status = stat()
    let result = followingLinks ? unsafe stat(path, &status) : unsafe lstat(path, &status)
    return result == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
