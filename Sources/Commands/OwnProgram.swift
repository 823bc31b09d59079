package import SystemPackage

/// The programs that are built and installed with this one.
package enum OwnProgram {
  /// The directory that they are in.
  package static var directory: FilePath {
    (try? InputFile.target(ofLink: FilePath("/proc/self/exe")))?.removingLastComponent() ?? "."
  }

  /// Where one is: beside this program; its name, to be looked for on the `PATH`, where it isn't there.
  package static func path(of name: String) -> String {
    guard let own = try? InputFile.target(ofLink: FilePath("/proc/self/exe")) else { return name }
    let beside = own.removingLastComponent().appending(name)
    return beside.isPresent ? beside.string : name
  }
}
