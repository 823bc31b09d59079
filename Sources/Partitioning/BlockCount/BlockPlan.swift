/// Which blocks there are, which class each holds, and a packing that proves that they suffice.
struct BlockPlan {
  /// What each block holds.
  var capacities: [Int]
  /// The class of each block.
  var classes: [Int32]
  /// A block for each vertex: within the capacities, classes apart, no block empty, fixed vertices in their blocks.
  var packing: [Int32]
  /// No feasible partition has fewer blocks than this.
  var fewestBlocks: Int
  /// Whether every feasible partition into so many blocks gives each class as many as this plan: only then do bounds
  /// for classes hold for the whole.
  var isShareForced: Bool

  /// Decides which blocks there have to be.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - effort: How many steps a search for a packing may take.
  ///   - shouldStop: Whether to search no longer; asked now and then.
  /// - Returns: A plan; `nil` where the effort decided nothing.
  /// - Throws: Why there is none.
  static func make(
    _ request: PackingRequest, effort: Int, shouldStop: @escaping () -> Bool = { false }
  ) throws(Infeasibility) -> BlockPlan? {
    switch request.capacity {
    case .uniform(let capacity):
      try UniformPacking(request, capacity: capacity, effort: effort, shouldStop: shouldStop).plan()
    case .perBlock(let capacities):
      try GivenBlockPacking(request, capacities: capacities, effort: effort, shouldStop: shouldStop).plan()
    }
  }
}
