internal import CGLPK

/// The set-partitioning program over given columns, solved by GLPK's branch and cut.
struct CoverProgram {
  var vertexCount: Int
  var kinds: [BlockKind]
  /// Whether vertices may be covered more than once.
  var isCover: Bool
  var columns: [Column]
  var costs: [Int]

  /// How a solution ended.
  enum Outcome {
    /// The best choice of columns.
    case optimal([Int])
    /// A choice; there may be better ones.
    case feasible([Int])
    /// No choice costs less than the limit.
    case none
    /// The effort didn't suffice to find anything or to rule it out.
    case undecided
  }

  /// What GLPK's callback counts.
  private struct Effort {
    var nodes = 0
    var nodeLimit: Int
    /// The steps that GLPK's simplex method may take altogether, with ``stepsOfNode`` for each node.
    var stepLimit: Int
    var shouldStop: () -> Bool
  }

  /// As long as so many steps GLPK takes to choose what to branch on.
  private static var stepsOfNode: Int { 100 }

  /// Solves the program.
  ///
  /// - Parameters:
  ///   - limit: Only choices that cost less than this are of use.
  ///   - nodeLimit: How many nodes of the search tree may be looked at.
  ///   - workLimit: How much work the linear programs there may take, in the units of pricing.
  ///   - shouldStop: Whether to take the best so far.
  /// - Returns: The numbers of the columns that are chosen, if any.
  func solve(below limit: Int, nodeLimit: Int, workLimit: Int, shouldStop: @escaping () -> Bool) -> Outcome {
    if columns.isEmpty { return .none }
    glp_term_out(GLP_OFF)
    guard let problem = unsafe glp_create_prob() else { preconditionFailure("out of memory") }
    defer { unsafe glp_delete_prob(problem) }
    unsafe load(into: problem, limit: limit)
    var parameters = unsafe glp_iocp()
    unsafe glp_init_iocp(&parameters)
    unsafe parameters.msg_lev = GLP_MSG_OFF
    unsafe parameters.presolve = GLP_ON
    unsafe parameters.clq_cuts = GLP_ON
    unsafe parameters.br_tech = GLP_BR_MFV
    let stepLimit =
      workLimit
      / MasterProgram.workOfStep(
        vertexCount: vertexCount, pinCount: columns.reduce(0) { $0 + $1.vertices.count })
    var effort = Effort(nodeLimit: nodeLimit, stepLimit: stepLimit, shouldStop: shouldStop)
    let code = unsafe withUnsafeMutablePointer(to: &effort) { effort in
      unsafe parameters.cb_info = UnsafeMutableRawPointer(effort)
      unsafe parameters.cb_func = { tree, info in
        guard let effort = unsafe info?.assumingMemoryBound(to: Effort.self) else { return }
        if unsafe glp_ios_reason(tree) == GLP_ISELECT { unsafe effort.pointee.nodes += 1 }
        let steps = unsafe Int(glp_get_it_cnt(glp_ios_get_prob(tree))) + Self.stepsOfNode * effort.pointee.nodes
        let isSpent = unsafe effort.pointee.nodes > effort.pointee.nodeLimit || steps > effort.pointee.stepLimit
        if unsafe isSpent || effort.pointee.shouldStop() { unsafe glp_ios_terminate(tree) }
      }
      return unsafe glp_intopt(problem, &parameters)
    }
    let status = unsafe glp_mip_status(problem)
    let chosen = columns.indices.filter { unsafe glp_mip_col_val(problem, Int32($0 + 1)) > 0.5 }
    switch (code, status) {
    case (0, GLP_OPT): return .optimal(chosen)
    case (GLP_ENOPFS, _), (0, GLP_NOFEAS): return .none
    case (_, GLP_FEAS): return .feasible(chosen)
    default: return .undecided
    }
  }

  /// GLPK counts from 1: element 0 of each array is never read.
  private func load(into problem: OpaquePointer, limit: Int) {
    unsafe glp_set_obj_dir(problem, GLP_MIN)
    let rowCount = vertexCount + kinds.count + 1
    unsafe glp_add_rows(problem, Int32(rowCount))
    for vertex in 0..<vertexCount {
      unsafe glp_set_row_bnds(problem, Int32(vertex + 1), isCover ? GLP_LO : GLP_FX, 1, 1)
    }
    for (kind, blocks) in kinds.enumerated() {
      let count = Double(blocks.blocks.count)
      unsafe glp_set_row_bnds(problem, Int32(vertexCount + kind + 1), GLP_FX, count, count)
    }
    unsafe glp_set_row_bnds(problem, Int32(rowCount), GLP_UP, 0, Double(limit) - 0.5)
    unsafe glp_add_cols(problem, Int32(columns.count))
    for (index, column) in columns.enumerated() {
      precondition(column.vertices.allSatisfy { $0 >= 0 && $0 < vertexCount }, "a vertex has no row")
      precondition(kinds.indices.contains(column.kind), "a kind has no row")
      let number = Int32(index + 1)
      unsafe glp_set_col_kind(problem, number, GLP_BV)
      unsafe glp_set_obj_coef(problem, number, Double(costs[index]))
      let rows = [0] + column.vertices.map { $0 + 1 } + [Int32(vertexCount + column.kind + 1), Int32(rowCount)]
      let values = [Double](repeating: 1, count: rows.count - 1) + [Double(costs[index])]
      unsafe glp_set_mat_col(problem, number, Int32(rows.count - 1), rows, values)
    }
  }
}
