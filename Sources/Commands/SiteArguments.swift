internal import ArgumentParser
internal import Planning
internal import SystemPackage

/// The options that say what the site has, or change it for one experiment.
struct SiteArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The site configuration.", valueName: "file"))
  var config: String?

  @Flag(help: "Shape the links of qemu nodes in the nodes.")
  var endNodeShaping = false

  @Flag(help: "Shape the links of qemu nodes at VDE switches.")
  var vdeSwitchShaping = false

  @Option(
    name: .customLong("openvz-template-dir"),
    help: ArgumentHelp("A directory searched for templates before the site's, under /proj or /share.", valueName: "dir")
  )
  var openvzTemplateDirectories: [String] = []

  @Option(
    name: [.customLong("prefer-qemu-users"), .customLong("qemu-prefer-users")],
    help: ArgumentHelp("The users whose home directories qemu nodes mount first, at most 19.", valueName: "user,…"))
  var preferredQemuUsers: [String] = []

  /// Where the site configuration is unless the command line says otherwise.
  private static let usualFile = "/share/containers/site.conf"

  /// How many home directories a qemu node mounts.
  private static let greatestUserCount = 19

  /// The effective configuration: defaults, the site's file, the command line.
  ///
  /// - Throws: What is wrong with the file or the options.
  func configuration() throws -> SiteConfiguration {
    guard !endNodeShaping || !vdeSwitchShaping else {
      throw ValidationError("--end-node-shaping and --vde-switch-shaping exclude each other")
    }
    let file = config ?? (FilePath(Self.usualFile).isPresent ? Self.usualFile : nil)
    var site = try file.map { try SiteConfiguration(parsing: InputFile.text(of: $0), file: $0) } ?? SiteConfiguration()
    if endNodeShaping { site[.switchShaping] = "false" }
    if vdeSwitchShaping { site[.switchShaping] = "true" }
    if !openvzTemplateDirectories.isEmpty {
      let directories = openvzTemplateDirectories.flatMap { $0.split(separator: ",").map(String.init) }
      for directory in directories where !directory.hasPrefix("/proj/") && !directory.hasPrefix("/share/") {
        throw ValidationError("the template directory \(directory) is not under /proj or /share, which hosts mount")
      }
      site[.openvzTemplateDirectories] = (directories + site.openvzTemplateDirectories).joined(separator: ",")
    }
    let users = preferredQemuUsers.flatMap { $0.split(separator: ",") }
    guard users.count <= Self.greatestUserCount else {
      throw ValidationError(
        "\(users.count) users in --prefer-qemu-users: a qemu node mounts the directories of \(Self.greatestUserCount)")
    }
    if !users.isEmpty { site[.preferredQemuUsers] = users.joined(separator: ",") }
    return site
  }
}
