internal import Commands
public import ArgumentParser
internal import Glibc
internal import HostManifests
internal import Running
internal import SystemPackage
internal import Testbed

extension Accelerator: ExpressibleByArgument {}

/// `hypervisor`: brings up the nodes of one host from its manifest, and keeps them until it ends.
public struct HypervisorCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "hypervisor",
    abstract: "Bring up the nodes of a host from its manifest, and keep them until this ends.",
    discussion: """
      What the kernel can't do, and what is done in place of it, is said on standard output. All nodes, networks and \
      files go when the program ends, however it does. It changes interfaces of the network namespace that it runs in: \
      on a machine that isn't a host of its own, run it by "testbed swapin", or in a namespace ("unshare --net").
      """)

  @Argument(help: "The host's manifest.", completion: .file(extensions: ["json"]))
  var manifest: String

  @Option(help: ArgumentHelp("The interface that leads to other hosts.", valueName: "interface"))
  var uplink: String?

  @Option(help: ArgumentHelp("A file with the name and address of another host on each line.", valueName: "file"))
  var peers: String?

  @Option(
    name: .customLong("underlay-mtu"),
    help: ArgumentHelp("The largest packet between hosts, where the manifest supposes less.", valueName: "bytes"))
  var underlayPacketSize: Int?

  @Option(help: ArgumentHelp("The directory that nodes see as /var/containers/config.", valueName: "dir"))
  var configuration: String?

  @Option(help: ArgumentHelp("Where to listen for requests: an existing directory and a name.", valueName: "path"))
  var socket: String?

  @Option(help: ArgumentHelp("The directory of the images of virtual machines.", valueName: "dir"))
  var images: String?

  @Option(
    help: ArgumentHelp("Where the disks of virtual machines go, and what they say; memory if none.", valueName: "dir"))
  var disks: String?

  @Option(help: ArgumentHelp("The directory of the keys that nodes are logged in to with.", valueName: "dir"))
  var keys: String?

  @Option(help: ArgumentHelp("What runs virtual machines: kvm or tcg; kvm where it works if none is named."))
  var accelerator: Accelerator?

  @Option(help: ArgumentHelp("Whose all of it is.", valueName: "name"))
  var owner: String?

  @Flag(help: "Run start commands without being asked to.")
  var start = false

  public init() {}

  public func run() throws {
    let manifest = try HostManifest(file: manifest)
    let agent = try HostAgent(
      manifest,
      HostAgent.Surroundings(
        uplink: uplink, peers: try peers.map(Self.peers) ?? [:], underlayPacketSize: underlayPacketSize,
        configuration: configuration,
        initProgram: OwnProgram.path(of: "container_init"),
        machines: MachineSurroundings(
          images: images ?? (try? ExperimentStore(environment: Environment.current))?.images.string, disks: disks,
          accelerator: accelerator),
        owner: owner ?? "\(manifest.project)/\(manifest.experiment) of hypervisor \(getpid())", keys: keys))
    try HostAgent.prepareProcess()
    let server = try socket.map { socket in
      let path = FilePath(socket)
      return try AgentServer(directory: path.removingLastComponent().string, name: path.lastComponent?.string ?? "")
    }
    defer { server?.remove() }
    server?.serve(agent)
    let fallbacks = try agent.bringUp()
    for fallback in fallbacks { try Console.write("\(fallback)\n") }
    try Console.write("\(manifest.host.name) is up: \(manifest.nodes.count) nodes\n")
    if start { agent.start() }
    agent.wait()
  }

  private static func peers(in file: String) throws -> [String: String] {
    let lines = try TextFile.read(file).split(whereSeparator: \.isNewline)
    return try Dictionary(
      lines.enumerated().map { number, line in
        let words = line.split(separator: " ")
        guard words.count == 2 else {
          throw CommandError("\(file):\(number + 1): a host's name and its address belong here")
        }
        return (String(words[0]), String(words[1]))
      }
    ) { first, _ in first }
  }
}
