internal import Testbed
internal import Glibc
internal import Running
internal import SystemPackage

/// The processes of this machine that belong to an experiment: those that say so in their environment, where only the
/// kernel and their maker have written.
///
/// Whatever else an experiment has on the machine, namespaces, interfaces, mounts, goes with them.
struct OwnedProcesses {
  private let entry: String
  private let group: ControlGroup

  /// The processes of an owner.
  init(owner: String) {
    entry = "\(HostAgent.ownerVariable)=\(owner)"
    group = ControlGroup([HostAgent.Surroundings.groupName(ofOwner: owner)])
  }

  /// This process.
  static var this: Int32 { getpid() }

  /// Their numbers. What has ended and wasn't yet collected has no environment any more, and isn't among them.
  func numbers() -> [Int32] {
    let own = getpid()
    return FileTree.entries(of: "/proc").compactMap { Int32($0) }.filter { number in
      guard number != own, let environment = try? TextFile.bytes(of: "/proc/\(number)/environ") else { return false }
      return environment.split(separator: 0).contains { $0.elementsEqual(entry.utf8) }
    }
  }

  /// Whether anything of theirs is left.
  var isAnythingLeft: Bool { group.exists || !numbers().isEmpty }

  /// Ends them: asks first, so that agents take down their nodes, and then no more.
  ///
  /// - Throws: If they can't be ended.
  func end() throws(TestbedError) {
    var ending: Set<Int32> = []
    for (signal, patience) in [(SIGTERM, 200), (SIGKILL, 2000)] {
      for _ in 0..<patience {
        let left = numbers()
        if left.isEmpty { break }
        ending.formUnion(left)
        // Those that were just being started are found in the next round.
        for number in left { kill(number, signal) }
        usleep(signal == SIGTERM ? 25_000 : 5000)
      }
    }
    let left = numbers()
    guard left.isEmpty else {
      throw TestbedError("processes \(left.map(String.init).joined(separator: " ")) can't be ended")
    }
    // A process that is ending has no environment any more, but may still have its namespaces.
    for _ in 0..<200 where !ending.allSatisfy(Self.hasEnded) { usleep(5000) }
    for _ in 0..<200 where group.exists {
      group.remove()
      if group.exists { usleep(10_000) }
    }
    if group.exists { throw TestbedError("a control group of the experiment can't be removed") }
  }

  /// Whether nothing is left of a process but its number, which its parent has yet to collect.
  private static func hasEnded(_ number: Int32) -> Bool {
    guard let stat = try? TextFile.read("/proc/\(number)/stat") else { return true }
    // What follows its name, which may have parentheses, too.
    let state = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].dropFirst(2).first
    return state == "Z" && FileTree.entries(of: FilePath("/proc/\(number)/task")).count <= 1
  }
}
