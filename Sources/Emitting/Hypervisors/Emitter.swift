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
  fileprivate func files(of host: HostPlan) -> [EmittedFile] {
    switch self {
    case .libvirt: LibvirtFiles(host).files
    case .qemu: QEMUFiles(host).files
    case .containerlab: ContainerlabFiles(host).files
    case .ansible: []
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

extension Experiment {
  /// The files that emitters make of the experiment, besides those of its directory.
  ///
  /// - Parameter emitters: The emitters; one that is named twice is asked once.
  /// - Returns: The files, in batches that can be made at once: those of each host, then those of all.
  /// - Throws: What can't be said in the emitters' languages.
  public func batches(for emitters: [Emitter]) throws(EmittingError) -> [EmittedBatch] {
    let emitters = Emitter.allCases.filter(emitters.contains)
    guard !emitters.isEmpty else { return [] }
    let source = ManifestSource(self)
    let problems =
      emitters.flatMap(reservedNames) + (emitters.contains(where: \.makesTunnels) ? source.tunnelProblems : [])
    guard problems.isEmpty else { throw EmittingError(problems: problems) }
    var batches = embedding.hosts.indices.map { index in
      EmittedBatch {
        let host = HostPlan(index, in: source)
        return emitters.flatMap { $0.files(of: host) }
      }
    }
    if emitters.contains(.ansible) {
      batches.append(EmittedBatch(AnsibleInventory.path) { AnsibleInventory(source).bytes })
    }
    return batches
  }

  private func reservedNames(of emitter: Emitter) -> [String] {
    embedding.topology.computers.compactMap { computer in
      emitter.meaning(of: computer.name).map { meaning in
        "\(emitter.rawValue) calls \(meaning) `\(computer.name)`: give the computer of that name another one"
      }
    }
  }
}
