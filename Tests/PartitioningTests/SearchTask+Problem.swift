@testable import Partitioning

extension SearchTask {
  /// The task that a problem of one class is, started from the packing that proves it feasible; `nil` where none does.
  init?(_ problem: PartitioningProblem) {
    guard let request = try? PackingRequest(problem), let plan = try? BlockPlan.make(request, effort: 100_000) else {
      return nil
    }
    self.init(
      graph: SearchGraph(problem.hypergraph), capacities: plan.capacities,
      isFixed: request.fixedBlocks.map { $0 >= 0 }, blocks: plan.packing)
  }
}
