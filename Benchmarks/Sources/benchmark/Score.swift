import Datasets
import Foundation

/// What a partition is worth, counted from the network and nothing else.
struct Score: CustomStringConvertible {
  /// How many blocks hold a node.
  var blocks: Int
  /// The nodes in the fullest block.
  var fullest: Int
  /// The sum over links and LANs of the number of blocks they touch, less one.
  var cost: Int

  /// Counts, from the block of each node of the network.
  init(_ network: Network, blockOfNode: [Int]) {
    precondition(blockOfNode.count == network.nodeCount, "\(blockOfNode.count) blocks for \(network.nodeCount) nodes")
    var sizes: [Int: Int] = [:]
    for block in blockOfNode { sizes[block, default: 0] += 1 }
    blocks = sizes.count
    fullest = sizes.values.max() ?? 0
    cost = (0..<network.substrateCount).reduce(0) { cost, substrate in
      cost + Set(network.members(of: substrate).map { blockOfNode[Int($0)] }).count - 1
    }
  }

  /// Counts a partition file: line i holds the block of node i.
  init(_ network: Network, file: String) throws {
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    self.init(network, blockOfNode: lines.compactMap { Int($0) })
  }

  /// The sum of blocks and of costs.
  init(sumOf scores: [Score]) {
    blocks = scores.map(\.blocks).reduce(0, +)
    fullest = scores.map(\.fullest).max() ?? 0
    cost = scores.map(\.cost).reduce(0, +)
  }

  var description: String { "\(blocks) (\(fullest)): \(cost)" }
}
