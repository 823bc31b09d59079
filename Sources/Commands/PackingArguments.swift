internal import ArgumentParser
internal import Planning
internal import TopologyModel

/// The options that say how containers are packed, with their documented names.
struct PackingArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The container of computers that name none.", valueName: "kind"))
  var defaultContainer = ContainerKind.openvz.rawValue

  @Flag(help: "Partition anew, whatever partitions the topology gives.")
  var forcePartition = false

  @Flag(help: "Keep the partitions that the topology gives, and place the other containers.")
  var completePartition = false

  @Option(help: ArgumentHelp("The most containers a host may hold.", valueName: "n"))
  var packing = PackingOptions().packing

  @Option(help: ArgumentHelp("So many hosts for each pass, whatever the packing.", valueName: "n"))
  var size: Int?

  @Flag(help: "Spread containers evenly over the hosts, whatever crosses between them.")
  var nodesOnly = false

  @Option(
    name: .customLong("pass-pack"),
    help: ArgumentHelp("The most containers a host of a pass may hold.", valueName: "p:n,…"))
  var passPacking: [String] = []

  @Option(help: ArgumentHelp("So many hosts for a pass.", valueName: "p:n,…"))
  var passSize: [String] = []

  @Option(
    name: .customLong("pass-pnodes"),
    help: ArgumentHelp("The hardware types of the hosts of a pass.", valueName: "p:t,…;…"))
  var passPnodeTypes: [String] = []

  @Option(help: ArgumentHelp("The passes whose containers are spread evenly.", valueName: "p,…"))
  var passNodesOnly: [String] = []

  @Option(help: ArgumentHelp("The hardware types of hosts.", valueName: "t,…"))
  var pnodeTypes: [String] = []

  @Option(
    name: .customLong("openvz-diskspace"),
    help: ArgumentHelp("The disk of openvz containers that name none, with G or M.", valueName: "size"))
  var openvzDiskspace: String?

  @Option(
    name: .customLong("openvz-template"),
    help: ArgumentHelp("The template of openvz containers that name none.", valueName: "name"))
  var openvzTemplate: String?

  /// The options as values.
  ///
  /// - Throws: What can't be understood.
  func options() throws -> PackingOptions {
    var options = PackingOptions()
    guard let kind = ContainerKind(name: defaultContainer) else {
      throw ValidationError(
        "there is no container kind \"\(defaultContainer)\": the kinds are "
          + ContainerKind.allCases.map(\.rawValue).joined(separator: ", "))
    }
    options.defaultKind = kind
    options.forcePartition = forcePartition
    options.completePartition = completePartition
    options.packing = packing
    options.size = size
    options.nodesOnly = nodesOnly
    options.openvzDiskspace = openvzDiskspace
    options.openvzTemplate = openvzTemplate
    do {
      for text in passPacking { try options.addPassPacking(text) }
      for text in passSize { try options.addPassSize(text) }
      for text in passPnodeTypes { try options.addPassPnodeTypes(text) }
      for text in passNodesOnly { try options.addPassNodesOnly(text) }
      for text in pnodeTypes { try options.addPnodeTypes(text) }
    } catch {
      throw ValidationError("\(error)")
    }
    let problems = options.problems
    guard problems.isEmpty else { throw ValidationError(problems.joined(separator: "\n")) }
    return options
  }
}
