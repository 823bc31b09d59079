internal import HostManifests

/// Makes the virtual machines of a host: their disks and seeds, then the processes that QEMU is run by.
struct MachineFactory {
  private let manifest: HostManifest
  private let surroundings: HostAgent.Surroundings
  private let images: MachineImages
  private let keys: MachineKeys?
  private let disks: String
  private let configuration: String?
  /// What runs their processors.
  let accelerator: Accelerator

  /// A factory.
  ///
  /// - Parameters:
  ///   - manifest: The host.
  ///   - surroundings: What it is brought up in.
  /// - Throws: What is missing.
  init(_ manifest: HostManifest, _ surroundings: HostAgent.Surroundings) throws(RunningError) {
    self.manifest = manifest
    self.surroundings = surroundings
    let machines = surroundings.machines
    guard let directory = machines.images else {
      throw RunningError("there is no place for images: name one with --images")
    }
    images = MachineImages(directory: directory, owner: surroundings.owner)
    keys = try surroundings.keys.map { directory throws(RunningError) in try MachineKeys(directory: directory) }
    // No node has a name with a dot.
    disks = machines.disks ?? "\(NodeLayers.place)/.machines"
    accelerator = machines.accelerator ?? .probed()
    try TextFile.makeDirectories(disks)
    if let directory = surroundings.configuration, !directory.isEmpty {
      configuration = "\(disks)/configuration.iso"
      try MachineSeed.makeDisk("\(disks)/configuration.iso", label: "containers", of: directory)
    } else {
      configuration = nil
    }
  }

  /// Makes a machine.
  ///
  /// - Parameters:
  ///   - node: The node that it is.
  ///   - group: The control group that its processes are in.
  /// - Returns: The machine, which isn't turned on.
  /// - Throws: What can't be made.
  func make(_ node: ManifestNode, group: ControlGroup) throws(RunningError) -> VirtualMachine {
    let path = "\(disks)/\(node.name)"
    let circumstances = MachineCommand.Circumstances(
      accelerator: accelerator, disk: "\(path).qcow2", seed: "\(path).iso", configuration: configuration,
      console: "\(path).console")
    try images.image(of: node).makeOverlay(circumstances.disk, megabytes: node.diskMegabytes)
    try MachineSeed(node, in: manifest, underlayPacketSize: surroundings.underlayPacketSize, keys: keys)
      .write(to: circumstances.seed, by: "\(path).seed")
    return try VirtualMachine(
      node,
      VirtualMachine.Equipment(
        initProgram: surroundings.initProgram, command: MachineCommand(node, circumstances),
        console: circumstances.console, group: group, owner: "\(HostAgent.ownerVariable)=\(surroundings.owner)"))
  }
}
