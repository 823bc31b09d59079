import Emitting
import Foundation
import TestSupport

/// The files of an experiment, written to a folder as other programs find them.
struct DirectoryFolder {
  let folder: TemporaryFolder
  let paths: [String]

  /// - Parameters:
  ///   - experiment: The experiment.
  ///   - emitters: What else it is written for.
  /// - Throws: What can't be made or written.
  init(_ experiment: Experiment, emitters: [Emitter] = []) throws {
    folder = try TemporaryFolder()
    var paths: [String] = []
    for file in try experiment.files(for: emitters) {
      let url = folder.url.appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.contents).write(to: url)
      paths.append(file.path)
    }
    self.paths = paths
  }

  func path(_ name: String) -> String { folder.url.appending(path: name).path }

  /// The files in a folder of the directory, by their paths within the directory.
  func paths(in folder: String) -> [String] { paths.filter { $0.hasPrefix("\(folder)/") } }

  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.url.appending(path: name), encoding: .utf8)
  }
}

/// The programs that check files; a test that needs one which isn't there is skipped, by the program's name.
enum Validator {
  static let python = Program("/usr/bin/python3")
  static let tar = Program("/usr/bin/tar")
  static let ipPath = "/usr/sbin/ip"
  static let ip = Program(ipPath)
  static let unshare = Program("/usr/bin/unshare")
  static let vdeSwitch = Program("/usr/bin/vde_switch")
  static let wirefilter = Program("/usr/bin/wirefilter")
  static let xmllint = Program("/usr/bin/xmllint")
  static let tclsh = Program("/usr/bin/tclsh")
  static let dot = Program("/usr/bin/dot")
  static let virsh = Program("/usr/bin/virsh")
  static let qemu = Program("/usr/bin/qemu-system-x86_64")
  static let qemuImage = Program("/usr/bin/qemu-img")
  static let ansibleInventory = Program("/usr/bin/ansible-inventory")
  /// Where libvirt keeps its schemas.
  static let libvirtSchemas = "/usr/share/libvirt/schemas"
  /// `tools/check` installs it from PyPI.
  static let checkJSONSchema = Program(
    Examples.root.appending(path: ".build/validators/bin/check-jsonschema").path)

  /// Whether there is Python's parser of YAML.
  static let hasPythonYAML = FileManager.default.fileExists(atPath: "/usr/lib/python3/dist-packages/yaml")
  static let isRoot = getuid() == 0
}
