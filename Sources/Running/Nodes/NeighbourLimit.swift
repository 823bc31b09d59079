public import HostManifests

/// How many neighbours the kernel remembers for all network namespaces of the machine together.
///
/// The limit is 1024 by default, and a machine with hundreds of nodes needs more: beyond it, packets to neighbours that
/// aren't remembered are dropped without a word. It is a setting of the whole machine, which only ever is raised, never
/// lowered, as others may need it by then.
public enum NeighbourLimit {
  private static let file = "/proc/sys/net/ipv4/neigh/default/gc_thresh3"
  /// No network has all of its members talk to more others at once, we suppose.
  private static let greatestCircle = 32

  /// How many neighbours hosts have to remember.
  public static func needed(for manifests: [HostManifest]) -> Int {
    var members: [String: Int] = [:]
    for interface in manifests.lazy.flatMap(\.nodes).flatMap(\.interfaces) {
      members[interface.substrate, default: 0] += 1
    }
    return members.values.reduce(0) { $0 + $1 * min($1, greatestCircle) }
  }

  /// Raises the limit where it is too low for so many neighbours. Where this process can't see it, in a namespace, it is
  /// up to the machine.
  ///
  /// - Returns: What was done, in words; `nil` where nothing had to be.
  public static func raise(for count: Int) -> String? {
    guard let text = try? TextFile.read(file), let limit = Int(text.filter(\.isNumber)), limit < count else {
      return nil
    }
    let change = "limit of neighbours (net.ipv4.neigh.default.gc_thresh3) from \(limit) to \(4 * count)"
    do throws(RunningError) {
      try TextFile.write("\(4 * count)\n", to: file)
      return "raised this machine's \(change)"
    } catch {
      return "this many nodes may need the machine's \(change), which can't be raised: \(error)"
    }
  }
}
