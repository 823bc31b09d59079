internal import Planning
internal import TopologyModel

extension Experiment {
  /// The image of a virtual machine or the template of a container: the computer's own, else the site's; `nil` for kinds
  /// that have none.
  func image(of computer: Computer) -> String? {
    switch computer.kind {
    case .qemu: computer.attributes[AttributeName.qemuURL] ?? site[.qemuImageURL]
    case .openvz: computer.attributes[AttributeName.openvzTemplate] ?? site[.openvzGuestURL]
    case .process, .embeddedPnode, nil: nil
    }
  }

  /// The disk of a computer in MB; `nil` where its image says it.
  func diskMegabytes(of computer: Computer) -> Int? {
    if computer.kind == .openvz {
      return Diskspace.megabytes(computer.attributes[AttributeName.openvzDiskspace] ?? Diskspace.usual)
    }
    return computer.storage.isEmpty ? nil : Int(computer.storage.reduce(0) { $0 + $1.megabytes }.rounded(.up))
  }
}
