/// What runs on nodes: operating systems, software, start commands, attributes.
extension Simulation {
  func defineNodeCommands() {
    define("tb-set-node-os", "node os ?parentos?") { [unowned self] arguments throws(ScriptError) in
      guard let node = try nodeToSet(arguments[0], command: "tb-set-node-os") else { return "" }
      nodes[node].operatingSystem = arguments[1]
      if arguments.count > 2, arguments[2] != "0" { nodes[node].parentOperatingSystem = arguments[2] }
      return ""
    }
    define("tb-set-node-cmdline", "node cmdline") { [unowned self] arguments throws(ScriptError) in
      guard let node = try nodeToSet(arguments[0], command: "tb-set-node-cmdline") else { return "" }
      nodes[node].commandLine = arguments[1]
      return ""
    }
    define("tb-set-node-rpms", "node args") { [unowned self] arguments throws(ScriptError) in
      guard let node = try nodeToSet(arguments[0], command: "tb-set-node-rpms") else { return "" }
      guard arguments.count > 1 else {
        fail("[tb-set-node-rpms] No rpms given.")
        return ""
      }
      nodes[node].packages = Self.words(Array(arguments.dropFirst()))
      return ""
    }
    define("tb-set-node-startup", "node cmd") { [unowned self] arguments throws(ScriptError) in
      guard let node = try nodeToSet(arguments[0], command: "tb-set-node-startup") else { return "" }
      nodes[node].startup = arguments[1]
      return ""
    }
    define("tb-set-node-startcmd", "node command") { [unowned self] arguments throws(ScriptError) in
      guard let node = try plainNode(arguments[0], command: "tb-set-node-startcmd") else { return "" }
      return try setStartCommand(of: node, arguments[1])
    }
    define("tb-set-node-tarfiles", "node args") { [unowned self] arguments throws(ScriptError) in
      guard let node = try nodeToSet(arguments[0], command: "tb-set-node-tarfiles") else { return "" }
      guard arguments.count > 1 else {
        fail("[tb-set-node-tarfiles] tb-set-node-tarfiles <node> (<dir> <tar>)+")
        return ""
      }
      nodes[node].tarFiles = tarFiles(Array(arguments.dropFirst()), command: "tb-set-node-tarfiles")
      return ""
    }
    define("tb-set-tarfiles", "args") { [unowned self] arguments throws(ScriptError) in
      guard !arguments.isEmpty else {
        fail("[tb-set-tarfiles] tb-set-tarfiles (<dir> <tar>)+")
        return ""
      }
      for file in tarFiles(arguments, command: "tb-set-tarfiles") { set("tarfile:\(file.directory)", file.file) }
      return ""
    }
    define("tb-add-node-attribute", "node attr value") { [unowned self] arguments throws(ScriptError) in
      guard let node = try anyNode(arguments[0], command: "tb-add-node-attribute") else { return "" }
      addAttribute(to: node, arguments[1], arguments[2])
      return ""
    }
    define("tb-set-node-usesharednode", "node weight") { [unowned self] arguments throws(ScriptError) in
      if let node = try nodeToSet(arguments[0], command: "tb-set-node-usesharednode") {
        addDesire(to: node, "pcshared", arguments[1])
      }
      return ""
    }
    define("tb-set-node-failure-action", "node type") { [unowned self] arguments throws(ScriptError) in
      guard let node = try anyNode(arguments[0], command: "tb-set-node-failure-action") else { return "" }
      guard ["fatal", "nonfatal", "ignore"].contains(arguments[1]) else {
        fail("[tb-set-node-failure-action] type must be one of fatal|nonfatal|ignore.")
        return ""
      }
      nodes[node].failureAction = arguments[1]
      return ""
    }
  }

  /// A single argument is a list of words separated by blanks.
  private static func words(_ arguments: [String]) -> [String] {
    guard arguments.count == 1 else { return arguments }
    return arguments[0].split(separator: " ", omittingEmptySubsequences: true).map(String.init)
  }

  /// The directories that every node mounts, where nothing may be unpacked.
  private static let sharedDirectories = ["/proj/", "/groups/", "/users/", "/share/"]

  private func tarFiles(_ arguments: [String], command: String) -> [(directory: String, file: String)] {
    let words = Self.words(arguments)
    guard words.count.isMultiple(of: 2) else {
      fail("[\(command)] Arguments should be node and series of pairs.")
      return []
    }
    var files: [(directory: String, file: String)] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      let directory = words[index]
      if Self.sharedDirectories.contains(where: { directory.hasPrefix($0) }) {
        fail("[\(command)] '\(directory)' refers to an NFS directory instead of the node's local disk.")
      } else if !directory.hasPrefix("/") {
        fail("[\(command)] '\(directory)' is not an absolute path.")
      } else {
        files.append((directory, words[index + 1]))
      }
    }
    return files
  }
}
