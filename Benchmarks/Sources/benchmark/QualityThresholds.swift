import Foundation

/// What the partitioner's answers are held to. Times aren't: they are only printed.
struct QualityThresholds {
  /// What doesn't hold.
  private(set) var problems: [String] = []
  /// Of each effort and family, how far above the best known values: sums of logarithms.
  private var gaps: [String: (sum: Double, count: Int)] = [:]
  /// How far fast is above METIS's recursive bisection, before anybody makes that fit.
  private var overMetis = (sum: 0.0, count: 0)

  /// The most that balanced may be above the best known values, in a family's mean, in percent.
  private static let mostAboveBestKnown = 1.0
  /// The most that fast may be above METIS's recursive bisection, in the mean, in percent.
  private static let mostAboveMetis = 1.0

  /// Adds the answers to an instance.
  mutating func add(_ instance: Instance, _ answers: [(name: String, score: Score?, isFeasible: Bool)]) {
    let place = "\(instance.name), capacity \(instance.capacity)"
    let others = answers.filter { !$0.name.hasPrefix("packer") }
    let fewest = answers.filter(\.isFeasible).compactMap { $0.score?.blocks }.min()
    let best = others.filter { $0.isFeasible && $0.score?.blocks == fewest }.compactMap { $0.score?.cost }.min()
    for (name, score, isFeasible) in answers where name.hasPrefix("packer") && !name.contains("search only") {
      guard let score, isFeasible else {
        problems.append("\(place): \(name) has no feasible answer")
        continue
      }
      if let fewest, score.blocks > fewest {
        problems.append("\(place): \(name) needs \(score.blocks) hosts, and \(fewest) are enough")
      }
      if name.hasPrefix("packer fast") {
        guard let metis = others.first(where: { $0.name == "METIS rb" })?.score, metis.blocks >= score.blocks else {
          continue
        }
        overMetis.sum += log(Double(score.cost + 1) / Double(metis.cost + 1))
        overMetis.count += 1
        continue
      }
      if let best, score.cost > best { problems.append("\(place): \(name) costs \(score.cost), a peer \(best)") }
      guard let known = instance.bestKnown else { continue }
      var gap = gaps["\(name) on \(instance.family)"] ?? (0, 0)
      gap.sum += log(Double(score.cost + 1) / Double(known + 1))
      gap.count += 1
      gaps["\(name) on \(instance.family)"] = gap
    }
  }

  /// Everything that doesn't hold.
  var failures: [String] {
    var failures = problems
    for (name, gap) in gaps.sorted(by: { $0.key < $1.key }) {
      let percent = (exp(gap.sum / Double(gap.count)) - 1) * 100
      if percent > Self.mostAboveBestKnown {
        failures.append("\(name): \(percent.rounded(digits: 2)) % above the best known values")
      }
    }
    if overMetis.count > 0 {
      let percent = (exp(overMetis.sum / Double(overMetis.count)) - 1) * 100
      if percent > Self.mostAboveMetis {
        failures.append("packer fast: \(percent.rounded(digits: 2)) % above METIS's recursive bisection")
      }
    }
    return failures
  }
}
