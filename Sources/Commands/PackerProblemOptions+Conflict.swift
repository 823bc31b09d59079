internal import Partitioning

extension PackerProblemOptions {
  /// A conflict in the words of the command line.
  func text(of conflict: Conflict) -> String {
    let statements = distinct(conflict.statements.map(text))
    let failure =
      switch statements.count {
      case 1: "can't be met"
      case 2: "can't both hold"
      default: "can't all hold"
      }
    let changes = conflict.changes.map(text)
    let help = changes.isEmpty ? "" : "; \(changes.joined(separator: " or ")) would do"
    return "\(enumeration(statements)) \(failure)\(help)"
  }

  private func text(_ statement: Conflict.Statement) -> String {
    switch statement {
    case .capacity: blockWeights.map { "--block-weights \($0)" } ?? "--capacity \(capacity ?? 0)"
    case .blockCount: blockWeights.map { "--block-weights \($0)" } ?? "--blocks \(blocks ?? 0)"
    case .classes: "--classes \(classes ?? "")"
    case .fixed(let vertices, let block): "\(named(vertices)) fixed to block \(block) (\(fixed ?? ""))"
    case .weight(let vertex): "the weight of vertex \(vertex)"
    }
  }

  private func text(_ change: Conflict.Change) -> String {
    switch change {
    case .capacity(let capacity):
      blockWeights.map { "a block of weight \(capacity) in \($0)" } ?? "--capacity \(capacity)"
    case .blockCapacity(let block, let capacity): "\(capacity) for block \(block) in \(blockWeights ?? "")"
    case .blockCount(let count): "--blocks \(count)"
    case .free(let vertices): "leaving \(named(vertices)) free"
    }
  }

  private func named(_ vertices: [Int]) -> String {
    let names = vertices.prefix(10).map(String.init).joined(separator: ", ")
    let more = vertices.count > 10 ? " and \(vertices.count - 10) more" : ""
    return "\(vertices.count == 1 ? "vertex" : "vertices") \(names)\(more)"
  }

  private func distinct(_ texts: [String]) -> [String] {
    texts.indices.filter { !texts[..<$0].contains(texts[$0]) }.map { texts[$0] }
  }

  private func enumeration(_ texts: [String]) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return "\(texts.dropLast().joined(separator: ", ")) and \(last)"
  }
}
