internal import CMetis
internal import Synchronization

/// A graph as METIS takes it: symmetric, each edge listed by both its ends.
struct MetisGraph {
  var vertexWeights: [Int32]
  /// Where each vertex's arcs begin; one longer than there are vertices.
  var offsets: [Int32]
  var targets: [Int32]
  var arcWeights: [Int32]

  var vertexCount: Int { vertexWeights.count }
}

/// The METIS library.
///
/// METIS draws from libc's random numbers and replaces signal handlers while it runs, so it is called by one thread
/// at a time.
///
/// > G. Karypis and V. Kumar. "A Fast and High Quality Multilevel Scheme for Partitioning Irregular Graphs." *SIAM J.
/// > Sci. Comput.* 20(1), 1998. doi:10.1137/S1064827595287997
enum Metis {
  private static let turn = Mutex(())

  /// Divides a graph into blocks of about equal weight.
  ///
  /// - Parameters:
  ///   - graph: At least one vertex more than blocks; the sums of all weights fit an `Int32`.
  ///   - count: At least 2.
  ///   - shares: The part of the weight that each block should have; `nil` for equal parts.
  ///   - scheme: All blocks at once, or by bisections.
  ///   - seed: Where its random choices start from.
  /// - Returns: A block for each vertex; some may be too heavy or empty. `nil` where METIS gives up.
  static func blocks(
    _ graph: MetisGraph, count: Int, shares: [Float]?, scheme: MetisBaseline.Scheme, seed: Int32
  ) -> [Int32]? {
    precondition(count >= 2 && count < graph.vertexCount, "METIS fails or answers nonsense for so many parts")
    var vertexCount = Int32(graph.vertexCount), constraints: Int32 = 1, parts = Int32(count), cut: Int32 = 0
    var shares = shares ?? [Float](repeating: 1 / Float(count), count: count)
    var blocks = [Int32](repeating: 0, count: graph.vertexCount)
    var options = [Int32](repeating: 0, count: Int(METIS_NOPTIONS))
    var offsets = graph.offsets, targets = graph.targets
    var vertexWeights = graph.vertexWeights, arcWeights = graph.arcWeights
    let status = turn.withLock { _ in
      unsafe METIS_SetDefaultOptions(&options)
      options[Int(METIS_OPTION_SEED.rawValue)] = seed
      options[Int(METIS_OPTION_UFACTOR.rawValue)] = 1
      return switch scheme {
      case .kway:
        unsafe METIS_PartGraphKway(
          &vertexCount, &constraints, &offsets, &targets, &vertexWeights, nil, &arcWeights, &parts, &shares, nil,
          &options, &cut, &blocks)
      case .bisection:
        unsafe METIS_PartGraphRecursive(
          &vertexCount, &constraints, &offsets, &targets, &vertexWeights, nil, &arcWeights, &parts, &shares, nil,
          &options, &cut, &blocks)
      }
    }
    return status == METIS_OK.rawValue ? blocks : nil
  }
}
