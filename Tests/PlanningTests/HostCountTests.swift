import TestSupport
import Testing

@testable import Planning

@Suite struct HostCountTests {
  @Test(arguments: [
    ([], 20, 10, 2), ([], 21, 10, 3), ([], 0, 10, 0), ([3], 7, 10, 1), ([3], 8, 10, 2), ([10, 10], 1, 10, 3),
    ([1, 2], 0, 10, 2),
  ])
  func theFewestHostsFillGivenPartitionsFirst(loads: [Int], free: Int, packing: Int, hosts: Int) {
    #expect(ContainerGroup(pinnedLoads: loads, free: free).fewestHosts(packing: packing) == hosts)
  }

  @Test func aPartitionThatIsTooFullNeedsMoreThanAnyNumberOfHosts() {
    #expect(ContainerGroup(pinnedLoads: [11], free: 0).fewestHosts(packing: 10) == nil)
  }

  @Test(arguments: [
    ([], 20, 3, [7, 7, 6]), ([], 5, 5, [1, 1, 1, 1, 1]), ([4], 4, 2, [4, 4]), ([6], 4, 3, [6, 2, 2]),
    ([1, 5], 3, 3, [2, 5, 2]), ([2, 2], 0, 2, [2, 2]),
  ])
  func evenSizesDifferByAtMostOneAsFarAsPartitionsAllow(loads: [Int], free: Int, hosts: Int, sizes: [Int]) {
    #expect(ContainerGroup(pinnedLoads: loads, free: free).evenSizes(hosts: hosts) == sizes)
  }

  @Test(arguments: 0..<200)
  func evenSizesHoldEverythingAndNothingCouldBeMoreEven(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let loads = (0..<Int.random(in: 0...4, using: &random)).map { _ in Int.random(in: 1...9, using: &random) }
    let group = ContainerGroup(pinnedLoads: loads, free: Int.random(in: 1...30, using: &random))
    let hosts = Int.random(in: max(1, loads.count)...group.mostHosts, using: &random)
    let sizes = group.evenSizes(hosts: hosts)
    #expect(sizes.count == hosts && sizes.reduce(0, +) == group.total)
    #expect(sizes.allSatisfy { $0 > 0 } && zip(sizes, loads).allSatisfy { $0 >= $1 })
    // A container that could move could only move to a host as full as its own.
    let movable = sizes.indices.filter { sizes[$0] > ($0 < loads.count ? loads[$0] : 0) }
    let fullest = movable.map { sizes[$0] }.max() ?? 0
    #expect(sizes.allSatisfy { $0 >= fullest - 1 })
  }

  @Test(arguments: 0..<200)
  func theLeastPackingIsTheFirstThatFitsAndTheDivisionKeepsToIt(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let groups = (0..<Int.random(in: 1...2, using: &random)).map { _ in
      ContainerGroup(
        pinnedLoads: (0..<Int.random(in: 0...2, using: &random)).map { _ in Int.random(in: 1...6, using: &random) },
        free: Int.random(in: 1...20, using: &random))
    }
    let count = HostCount(groups: groups)
    for hosts in 1...groups.reduce(0, { $0 + $1.mostHosts }) {
      let first = (1...40).first { packing in
        let needed = groups.map { $0.fewestHosts(packing: packing) ?? 1000 }
        return needed.reduce(0, +) <= hosts
      }
      #expect(count.packing(hosts: hosts) == first)
      let division = count.division(hosts: hosts)
      #expect((division == nil) == (first == nil))
      guard let first, let division else { continue }
      #expect(division.reduce(0, +) == hosts)
      for (group, share) in zip(groups, division) {
        #expect(group.evenSizes(hosts: share).allSatisfy { $0 <= first && $0 > 0 })
      }
    }
  }
}
