import Foundation
import Partitioning
import TestSupport
import Testing

/// Certificates with something changed: whatever is still accepted has to be true.
@Suite struct CertificateFuzzTests {
  /// Problems whose optimum is known, with bounds of every source.
  private static let examples: [PartitioningProblem] = [
    PartitioningProblem(Graphs.grid(5, 6), capacity: .uniform(10)),
    PartitioningProblem(Graphs.random(vertexCount: 20, links: 24, lans: 0, seed: 5), capacity: .uniform(6)),
    PartitioningProblem(Graphs.random(vertexCount: 18, links: 14, lans: 4, seed: 6), capacity: .uniform(5)),
    PartitioningProblem(
      Graphs.random(vertexCount: 18, links: 20, lans: 2, seed: 8), capacity: .perBlock([6, 5, 5, 4]),
      fixedBlocks: [1, -1, -1, 2] + [Int32](repeating: -1, count: 14)),
    PartitioningProblem(
      Graphs.random(vertexCount: 20, links: 20, lans: 2, seed: 9), capacity: .uniform(5),
      classes: (0..<20).map { $0 % 2 }),
    PartitioningProblem(Graphs.star(leaves: 12), capacity: .uniform(4)),
    PartitioningProblem(Graphs.random(vertexCount: 7, links: 9, lans: 1, seed: 4), capacity: .uniform(3)),
  ]

  private struct Known {
    var problem: PartitioningProblem
    var partition: Partition
    var certificate: String
  }

  private func known() throws -> [Known] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try Self.examples.map { problem in
      let partition = try #require(expectPartition(of: problem, options: PartitioningOptions(effort: .balanced)))
      #expect(partition.isOptimal, "\(partition)")
      let certificate = try #require(partition.certificate)
      return Known(
        problem: problem, partition: partition,
        certificate: String(decoding: try encoder.encode(certificate), as: UTF8.self))
    }
  }

  @Test func whatIsAcceptedIsTrue() throws {
    let known = try known()
    var verdicts = (holds: 0, refused: 0, unreadable: 0)
    Fuzzing.forEachSeed(usual: 600) { seed in
      let example = known[Int(seed) % known.count]
      let (problem, partition) = (example.problem, example.partition)
      let damaged = Data(DamagedText(example.certificate, seed: seed).text.utf8)
      guard let certificate = try? JSONDecoder().decode(BoundCertificate.self, from: damaged) else {
        verdicts.unreadable += 1
        return
      }
      switch BoundVerifier(problem, workLimit: 20_000_000).verdict(on: certificate) {
      case .holds:
        verdicts.holds += 1
        #expect(certificate.fewestBlocks <= partition.blockCount, "seed \(seed)")
        if certificate.blocks == partition.blockCount {
          #expect(certificate.lowerBound <= partition.cost, "seed \(seed)")
        }
      case .refused(let reason):
        verdicts.refused += 1
        #expect(!reason.isEmpty)
      case .unchecked: break
      }
    }
    #expect(verdicts.refused > 100 && verdicts.unreadable > 10, "\(verdicts)")
  }
}

/// JSON with a number changed, or a piece of the text.
private struct DamagedText {
  private(set) var text: String

  private static let numbers = [
    "0", "1", "-1", "2", "9223372036854775807", "-9223372036854775808", "1e99", "null", "[]",
  ]

  init(_ original: String, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var pieces = Self.pieces(original)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let numbers = pieces.indices.filter { Int(pieces[$0]) != nil }
      guard let index = numbers.randomElement(using: &random), let number = Int(pieces[index]) else { break }
      switch Int.random(in: 0..<8, using: &random) {
      case 0: pieces[index] = Self.numbers.randomElement(using: &random) ?? ""
      case 1: pieces.remove(at: Int.random(in: pieces.indices, using: &random))
      case 2: pieces.swapAt(index, numbers.randomElement(using: &random) ?? index)
      default: pieces[index] = String(number &+ Int.random(in: -3...3, using: &random))
      }
    }
    text = pieces.joined()
  }

  /// The text in numbers and what is between them.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var isNumber = false
    for character in text {
      let belongs = character.isNumber || character == "-"
      if belongs == isNumber, !pieces.isEmpty {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
        isNumber = belongs
      }
    }
    return pieces
  }
}
