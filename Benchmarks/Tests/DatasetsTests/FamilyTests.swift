import Datasets
import Testing

@Suite struct FamilyTests {
  @Test(arguments: Family.allCases)
  func isConnected(_ family: Family) {
    for seed in UInt64(1)...5 {
      let network = family.network(nodes: 137, seed: seed)
      var root = Array(0..<network.nodeCount)
      func find(_ node: Int) -> Int { root[node] == node ? node : find(root[node]) }
      for substrate in 0..<network.substrateCount {
        let members = network.members(of: substrate).map(Int.init)
        for (first, second) in zip(members, members.dropFirst()) { root[find(first)] = find(second) }
      }
      #expect(Set(root.indices.map(find)).count == 1, "seed \(seed)")
    }
  }

  @Test(arguments: Family.allCases)
  func joinsDifferentNodesAndNoPairTwice(_ family: Family) {
    for seed in UInt64(1)...5 {
      let network = family.network(nodes: 137, seed: seed)
      var pairs = Set<[Int32]>()
      for substrate in 0..<network.substrateCount {
        let members = network.members(of: substrate)
        #expect(Set(members).count == members.count)
        if members.count == 2 { #expect(pairs.insert(members.sorted()).inserted, "\(members), seed \(seed)") }
      }
    }
  }

  @Test(arguments: Family.allCases)
  func hasAsManyNodesAsItsShapeAllows(_ family: Family) {
    let expected =
      switch family {
      case .fatTree: 208
      case .grid, .torus: 225
      default: 227
      }
    #expect(family.network(nodes: 227).nodeCount == expected)
  }

  @Test(arguments: Family.allCases)
  func startsWithTenNodes(_ family: Family) {
    #expect(family.network(nodes: 10).nodeCount <= 10)
    #expect(family.network(nodes: 10).substrateCount > 0)
  }

  @Test func aTorusHasTwoLinksANode() {
    let torus = Family.torus.network(nodes: 1000)
    #expect(torus.nodeCount == 1000)
    #expect(torus.substrateCount == 2000)
  }

  @Test func aRandomGeometricNetworkHasTheDegreeAskedFor() {
    let network = Family.randomGeometric.network(nodes: 5000, degree: 8)
    // Points near the border have fewer neighbours.
    #expect((7.3...8.2).contains(2 * Double(network.substrateCount) / 5000))
  }

  @Test(arguments: [Family.waxman, .barabasiAlbert, .campus])
  func anotherSeedGivesAnotherNetwork(_ family: Family) {
    #expect(family.network(nodes: 100, seed: 1) != family.network(nodes: 100, seed: 2))
  }
}
