internal import CGLPK

/// The linear relaxation of the set-partitioning program over the columns so far, kept in GLPK with its basis, so that
/// each solution starts from the last.
///
/// GLPK keeps its memory by thread: a program lives and dies within one synchronous function.
@safe
struct MasterProgram: ~Copyable {
  private let problem: OpaquePointer
  private let vertexCount: Int
  private let kindCount: Int
  private(set) var columnCount = 0
  /// How many vertices the columns have altogether.
  private var pinCount = 0
  /// The work that was done, in the units of pricing.
  private(set) var work = 0

  /// A solution.
  struct Solution {
    var objective: Double
    /// One price a vertex.
    var vertexDuals: [Double]
    /// One price a kind.
    var kindDuals: [Double]
  }

  /// What a step of the simplex method takes, in the units of pricing.
  static func workOfStep(vertexCount: Int, pinCount: Int) -> Int { 1 + (vertexCount * vertexCount + 2 * pinCount) / 80 }

  /// Gives back what GLPK keeps for this thread, once none of its programs is left.
  static func leaveThread() { glp_free_env() }

  /// - Parameters:
  ///   - vertexCount: How many rows ask that a vertex be covered.
  ///   - kinds: Of each there have to be exactly as many columns as blocks.
  ///   - isCover: Whether vertices may be covered more than once.
  init(vertexCount: Int, kinds: [BlockKind], isCover: Bool) {
    precondition(vertexCount > 0 && !kinds.isEmpty, "GLPK aborts where there is nothing to add")
    glp_term_out(GLP_OFF)
    guard let problem = unsafe glp_create_prob() else { preconditionFailure("out of memory") }
    unsafe self.problem = problem
    self.vertexCount = vertexCount
    kindCount = kinds.count
    unsafe glp_set_obj_dir(problem, GLP_MIN)
    unsafe glp_add_rows(problem, Int32(vertexCount + kinds.count))
    for vertex in 0..<vertexCount {
      unsafe glp_set_row_bnds(problem, Int32(vertex + 1), isCover ? GLP_LO : GLP_FX, 1, 1)
    }
    for (kind, blocks) in kinds.enumerated() {
      let count = Double(blocks.blocks.count)
      unsafe glp_set_row_bnds(
        problem, Int32(vertexCount + kind + 1), blocks.isOptional ? GLP_UP : GLP_FX, count, count)
    }
  }

  deinit { unsafe glp_delete_prob(problem) }

  /// Adds a column.
  mutating func add(_ column: Column, cost: Double) {
    precondition(column.vertices.allSatisfy { $0 >= 0 && $0 < vertexCount }, "a vertex has no row")
    precondition(column.kind >= 0 && column.kind < kindCount, "a kind has no row")
    columnCount += 1
    pinCount += column.vertices.count
    let index = unsafe glp_add_cols(problem, 1)
    unsafe glp_set_col_bnds(problem, index, GLP_LO, 0, 0)
    unsafe glp_set_obj_coef(problem, index, cost)
    // GLPK counts from 1; element 0 is never read.
    let rows = [0] + column.vertices.map { $0 + 1 } + [Int32(vertexCount + column.kind + 1)]
    let ones = [Double](repeating: 1, count: rows.count)
    unsafe glp_set_mat_col(problem, index, Int32(rows.count - 1), rows, ones)
  }

  /// Solves the relaxation.
  ///
  /// - Parameters:
  ///   - iterationLimit: How many steps the simplex method may take.
  ///   - shouldStop: Whether to give up; asked now and then.
  /// - Returns: `nil` where they didn't suffice.
  mutating func solve(iterationLimit: Int, shouldStop: () -> Bool) -> Solution? {
    var parameters = glp_smcp()
    unsafe glp_init_smcp(&parameters)
    parameters.msg_lev = GLP_MSG_OFF
    parameters.meth = GLP_PRIMAL
    parameters.it_lim = 200
    var iterationsLeft = iterationLimit, failures = 0
    while true {
      let before = unsafe glp_get_it_cnt(problem)
      let code = unsafe glp_simplex(problem, &parameters)
      let iterations = unsafe Int(glp_get_it_cnt(problem) - before)
      work += (iterations + 1) * Self.workOfStep(vertexCount: vertexCount, pinCount: pinCount)
      iterationsLeft -= iterations
      if code == 0 { break }
      if iterationsLeft <= 0 || shouldStop() { return nil }
      if code == GLP_EITLIM { continue }
      // A basis that has become singular: from the start again.
      failures += 1
      if failures > 1 { return nil }
      unsafe glp_adv_basis(problem, 0)
    }
    guard unsafe glp_get_status(problem) == GLP_OPT else { return nil }
    return unsafe Solution(
      objective: glp_get_obj_val(problem),
      vertexDuals: (0..<vertexCount).map { unsafe glp_get_row_dual(problem, Int32($0 + 1)) },
      kindDuals: (0..<kindCount).map { unsafe glp_get_row_dual(problem, Int32(vertexCount + $0 + 1)) })
  }

  /// The value of each column in the last solution.
  var columnValues: [Double] { (0..<columnCount).map { unsafe glp_get_col_prim(problem, Int32($0 + 1)) } }
}
