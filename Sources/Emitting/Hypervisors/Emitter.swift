internal import HostManifests
internal import Planning
internal import TopologyModel

/// What else the plan of an experiment is written for, besides the testbed: hypervisors and tools, each in a folder of
/// its own.
///
/// An emitter is one file of code: from what a host is told (``HostPlan``) to files. It adds a case here.
public enum Emitter: String, Sendable, CaseIterable {
  /// Virtual machines and their networks, for libvirt.
  case libvirt
  /// Virtual machines, for QEMU itself.
  case qemu
  /// Containers and their links, for containerlab.
  case containerlab
  /// The plan as an inventory, for Ansible.
  case ansible

  /// The files of one host.
  func files(of host: HostPlan) -> [EmittedFile] {
    switch self {
    case .libvirt: LibvirtFiles(host).files
    case .qemu: QEMUFiles(host).files
    case .containerlab: ContainerlabFiles(host).files
    case .ansible: []
    }
  }

  /// The files that aren't those of one host, in batches.
  func commonBatches(of source: ManifestSource) -> [EmittedBatch] {
    switch self {
    case .libvirt, .qemu, .containerlab: []
    case .ansible: [EmittedBatch(AnsibleInventory.path) { AnsibleInventory(source).bytes }]
    }
  }

  /// Whether its files join hosts.
  fileprivate var makesTunnels: Bool { self == .libvirt || self == .containerlab }

  /// What the emitter's language calls by a name that a computer has; `nil` where it means nothing there.
  fileprivate func meaning(of name: String) -> String? {
    switch self {
    case .libvirt, .qemu: nil
    case .containerlab: ContainerlabFiles.meaning(of: name)
    case .ansible: AnsibleInventory.meaning(of: name)
    }
  }
}

extension ManifestSource {
  /// Makes sure that the emitters' languages can say all of the experiment.
  ///
  /// - Throws: What they can't say.
  func checkLanguages(of emitters: [Emitter]) throws(EmittingError) {
    let problems =
      emitters.flatMap(reservedNames) + (emitters.contains(where: \.makesTunnels) ? tunnelProblems : [])
    guard problems.isEmpty else { throw EmittingError(problems: problems) }
  }

  private func reservedNames(of emitter: Emitter) -> [String] {
    experiment.embedding.topology.computers.compactMap { computer in
      emitter.meaning(of: computer.name).map { meaning in
        "\(emitter.rawValue) calls \(meaning) `\(computer.name)`: give the computer of that name another one"
      }
    }
  }
}
