/// What virtual machines need of the place where they are brought up.
public struct MachineSurroundings: Sendable {
  /// The directory of images; `nil` where there is none, and so no virtual machine either.
  public var images: String?
  /// The directory for disks that are written, and for what consoles say; `nil` for one in memory.
  public var disks: String?
  /// What runs processors; `nil` to find that out.
  public var accelerator: Accelerator?

  /// Surroundings.
  public init(images: String?, disks: String? = nil, accelerator: Accelerator? = nil) {
    self.images = images
    self.disks = disks
    self.accelerator = accelerator
  }
}
