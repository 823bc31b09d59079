internal import Foundation
internal import Glibc
public import SystemPackage
public import Testbed

/// Who calls.
public struct Caller: Sendable, Equatable {
  /// The user's name.
  public let user: String
  /// Whether it is the user whom the testbed belongs to.
  let isOwner: Bool

  /// A user of that name.
  public init(user: String) {
    self.user = user
    isOwner = user == Self.owner
  }

  /// A user of this machine; `nil` where there is none of that number.
  public init?(userNumber: UInt32) {
    guard let entry = unsafe getpwuid(userNumber), let name = unsafe entry.pointee.pw_name else { return nil }
    self.init(user: unsafe String(cString: name))
  }

  /// Who runs this program, and so owns the testbed.
  public static var current: Self { Self(userNumber: geteuid()) ?? Self(user: "\(geteuid())") }

  private static let owner: String? = {
    guard let entry = unsafe getpwuid(geteuid()), let name = unsafe entry.pointee.pw_name else { return nil }
    return unsafe String(cString: name)
  }()
}

/// Who may use which project: a file of lines such as `Demo: alice bob`, at the top of the testbed's tree.
///
/// The testbed's owner may use all. The file is read again at each call, so that a change of it counts at once.
public struct ProjectMembers: Sendable {
  /// Where the file is.
  public let file: FilePath

  /// The file of a tree.
  public init(root: FilePath) { file = root.appending("projects") }

  /// Whether a user may use a project.
  ///
  /// - Throws: If the file can't be read, or isn't one.
  func includes(_ caller: Caller, in project: String) throws(TestbedError) -> Bool {
    guard !caller.isOwner else { return true }
    return try lines().contains { $0.project == project && $0.users.contains(caller.user) }
  }

  /// Lets a user use a project.
  ///
  /// - Throws: If the file can't be read or written.
  public func add(_ user: String, to project: String) throws(TestbedError) {
    guard try !lines().contains(where: { $0.project == project && $0.users.contains(user) }) else { return }
    do {
      let descriptor = try FileDescriptor.open(
        file, .writeOnly, options: [.create, .append, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try descriptor.closeAfter { _ = try descriptor.writeAll("\(project): \(user)\n".utf8) }
    } catch {
      throw TestbedError("\(file): can't be written: \("\(error)".lowercased())")
    }
  }

  private func lines() throws(TestbedError) -> [(project: String, users: [String])] {
    guard FileTree.exists(file) else { return [] }
    guard let text = try? String(contentsOfFile: file.string, encoding: .utf8) else {
      throw TestbedError("\(file): can't be read as text in UTF-8")
    }
    var lines: [(project: String, users: [String])] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = line.prefix { $0 != "#" }
      guard content.contains(where: { !$0.isWhitespace }) else { continue }
      let parts = content.split(separator: ":", omittingEmptySubsequences: false)
      let project = parts[0].split(whereSeparator: \.isWhitespace)
      guard parts.count == 2, project.count == 1 else {
        throw TestbedError(
          "\(file):\(index + 1): a project, a colon and its users belong here, such as \"Demo: alice bob\"")
      }
      lines.append((String(project[0]), parts[1].split(whereSeparator: \.isWhitespace).map(String.init)))
    }
    return lines
  }
}
