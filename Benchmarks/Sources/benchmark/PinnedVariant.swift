import Datasets
import Foundation

/// A graph of which three in ten vertices are fixed, and whose vertices are of three classes that share no blocks.
struct PinnedVariant {
  /// Where the fixed vertices are.
  enum Pins: String, CaseIterable {
    /// Where a good partition has them.
    case consistent
    /// In random blocks.
    case adversarial
  }

  var pins: Pins
  /// The block of each vertex; -1 for a free one.
  var fixed: [Int]
  /// The class of each vertex.
  var classes: [Int]

  /// The part of the vertices that each class has, of ten.
  private static let shares = [6, 3, 1]
  /// How many vertices are fixed, of ten.
  private static let fixedShare = 3

  /// Classes that are neighbourhoods: the vertices breadth first from a random one, cut into the classes' shares.
  static func classes(of graph: InstanceGraph, random: inout RandomSource) -> [Int] {
    let count = graph.vertexWeights.count
    var netsOf = [[Int]](repeating: [], count: count)
    for (net, pins) in graph.nets.enumerated() { for pin in pins { netsOf[pin].append(net) } }
    var classes = [Int](repeating: -1, count: count)
    var isNetSeen = [Bool](repeating: false, count: graph.nets.count)
    var isReached = [Bool](repeating: false, count: count)
    var queue: [Int] = []
    let start = random.below(max(1, count))
    for seed in 0..<count where !isReached[(start + seed) % count] {
      isReached[(start + seed) % count] = true
      queue.append((start + seed) % count)
      var next = queue.count - 1
      while next < queue.count {
        for net in netsOf[queue[next]] where !isNetSeen[net] {
          isNetSeen[net] = true
          for pin in graph.nets[net] where !isReached[pin] {
            isReached[pin] = true
            queue.append(pin)
          }
        }
        next += 1
      }
    }
    for (position, vertex) in queue.enumerated() {
      let tenth = position * 10 / count
      classes[vertex] = tenth < shares[0] ? 0 : tenth < shares[0] + shares[1] ? 1 : 2
    }
    return classes
  }

  /// Fixes vertices of unit weight, such that no more blocks are needed than without.
  ///
  /// - Parameters:
  ///   - pins: Where.
  ///   - classes: The classes.
  ///   - capacity: What a block holds.
  ///   - reference: A good partition for these classes.
  ///   - random: Where random choices come from.
  init(_ pins: Pins, classes: [Int], capacity: Int, reference: [Int], random: inout RandomSource) {
    self.pins = pins
    self.classes = classes
    fixed = [Int](repeating: -1, count: classes.count)
    // Each class has as many blocks as it needs, one class after the other.
    var firstBlocks = [0]
    for number in 0..<Self.shares.count {
      let blocks = (classes.count { $0 == number } + capacity - 1) / capacity
      firstBlocks.append(firstBlocks[number] + blocks)
    }
    var loads: [Int: Int] = [:]
    for vertex in classes.indices where random.below(10) < Self.fixedShare {
      switch pins {
      case .consistent: fixed[vertex] = reference[vertex]
      case .adversarial:
        let first = firstBlocks[classes[vertex]], count = firstBlocks[classes[vertex] + 1] - first
        let block = first + random.below(count)
        if loads[block, default: 0] == capacity { continue }
        loads[block, default: 0] += 1
        fixed[vertex] = block
      }
    }
  }

  /// Writes the files that partitioners read: a line for each vertex.
  func write(fixed fixedFile: String, classes classesFile: String) throws {
    for (numbers, file) in [(fixed, fixedFile), (classes, classesFile)] {
      try numbers.map { "\($0)\n" }.joined().write(toFile: file, atomically: false, encoding: .utf8)
    }
  }

  /// Whether a partition keeps to both.
  func isKept(by blocks: [Int]) -> Bool {
    var classOf: [Int: Int] = [:]
    for (vertex, block) in blocks.enumerated() {
      if fixed[vertex] >= 0, fixed[vertex] != block { return false }
      if classOf[block, default: classes[vertex]] != classes[vertex] { return false }
      classOf[block] = classes[vertex]
    }
    return true
  }
}
