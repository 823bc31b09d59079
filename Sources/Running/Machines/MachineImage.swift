internal import FoundationEssentials

/// An image of a disk that a virtual machine starts from: in the format qcow2, and needing no other file.
struct MachineImage: Equatable {
  /// Where it is.
  let path: String
  /// The size of the disk in bytes.
  let size: Int

  /// What `qemu-img info` says.
  private struct Information: Decodable {
    struct Special: Decodable {
      struct Data: Decodable {
        var file: String?
        var corrupt: Bool?

        enum CodingKeys: String, CodingKey {
          case file = "data-file"
          case corrupt
        }
      }
      var data: Data?
    }

    var size: Int
    var backing: String?
    var encrypted: Bool?
    var special: Special?

    enum CodingKeys: String, CodingKey {
      case size = "virtual-size"
      case backing = "backing-filename"
      case encrypted
      case special = "format-specific"
    }
  }

  /// The image in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - environment: What programs that look at it get as their environment.
  /// - Throws: If it is none, or isn't sound.
  init(_ path: String, environment: [String]) throws(RunningError) {
    self.path = path
    let found = try Self.look(["info", "--output=json"], path, environment)
    guard found.code == 0, let information = try? JSONDecoder().decode(Information.self, from: Data(found.output.utf8))
    else {
      throw RunningError("image \(path) isn't in the format qcow2, or is damaged\(Self.reason(found))")
    }
    // Such an image would show the machine's own files to whoever runs it.
    guard information.backing == nil, information.special?.data?.file == nil else {
      throw RunningError("image \(path) refers to another file: \"qemu-img convert -O qcow2\" makes one of both")
    }
    guard information.encrypted != true else { throw RunningError("image \(path) is encrypted") }
    // Code 3 is space that nobody uses.
    let checked = try Self.look(["check"], path, environment)
    guard [0, 3].contains(checked.code), information.special?.data?.corrupt != true else {
      throw RunningError("image \(path) is damaged\(Self.reason(checked))")
    }
    size = information.size
  }

  /// Has `qemu-img` look at a file that may be anything.
  private static func look(_ arguments: [String], _ path: String, _ environment: [String]) throws(RunningError)
    -> SystemCommand.Outcome
  {
    try SystemCommand.run(
      SystemCommand.path(of: "prlimit"),
      ["--as=\(4 << 30)", "--cpu=120", SystemCommand.path(of: "qemu-img")] + arguments + ["-f", "qcow2", "--", path],
      environment: environment)
  }

  private static func reason(_ outcome: SystemCommand.Outcome) -> String {
    outcome.errors.split(whereSeparator: \.isNewline).first.map { ": \($0)" } ?? ""
  }

  /// Makes a disk that is this image and what is written to it.
  ///
  /// - Parameters:
  ///   - target: Where it is made.
  ///   - megabytes: Its size, where the image is smaller; `nil` for the image's.
  /// - Throws: What can't be written.
  func makeOverlay(_ target: String, megabytes: Int?) throws(RunningError) {
    let wanted = (megabytes ?? 0) << 20
    let outcome = try SystemCommand.run(
      SystemCommand.path(of: "qemu-img"),
      ["create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", path, "--", target]
        + (wanted > size ? ["\(wanted)"] : []))
    guard outcome.code == 0 else { throw RunningError("can't make the disk \(target)\(Self.reason(outcome))") }
  }
}
