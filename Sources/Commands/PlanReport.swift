internal import Planning
internal import Testbed
internal import TopologyModel

/// A plan as a person or a program wants to see it.
struct PlanReport: Encodable {
  struct Partition: Encodable {
    /// The host.
    var name: String
    /// The kind of its containers, joined by `+` where there are two.
    var kind: String
    /// The names of its computers.
    var computers: [String]
  }

  var project: String
  var experiment: String
  /// How many hosts there are, embedded computers among them.
  var hosts: Int
  /// The fewest hosts that any plan has.
  var fewestHosts: Int
  /// The sum over substrates of the hosts they touch, less one each.
  var cost: Int
  /// No plan on so many hosts costs less.
  var lowerBound: Int
  var optimal: Bool
  var interrupted: Bool
  var partitions: [Partition]
  /// Where the files are, or would be.
  var directory: String
  /// The testbed's page of the experiment.
  var url: String

  init(name: ExperimentName, embedding: Embedding, totals: Totals, directory: String, url: String) {
    project = name.project
    experiment = name.experiment
    hosts = totals.hosts
    fewestHosts = totals.fewestHosts
    cost = totals.cost
    lowerBound = totals.lowerBound
    optimal = totals.isOptimal
    interrupted = totals.isInterrupted
    partitions = embedding.hosts.map { host in
      Partition(
        name: host.name, kind: host.kinds.map(\.rawValue).joined(separator: "+"),
        computers: host.computers.map { embedding.topology.computers[$0].name })
    }
    self.directory = directory
    self.url = url
  }

  /// The plan for a person.
  var text: String {
    let numbers = partitions.map { String($0.computers.count) }
    let widths = (
      partitions.map(\.name.count).max() ?? 0, partitions.map(\.kind.count).max() ?? 0, numbers.map(\.count).max() ?? 0
    )
    let rows = zip(partitions, numbers).map { partition, number in
      "  \(partition.name.padded(to: widths.0))  \(partition.kind.padded(to: widths.1))  "
        + "\(String(repeating: " ", count: widths.2 - number.count))\(number)  \(partition.computers.shortened(to: 80))"
    }
    return summary + rows.map { "\($0)\n" }.joined()
  }

  /// How many hosts and cross-host links it has, and how few any plan has.
  var summary: String { "\(heading)\n\(quality)\n" }

  private var heading: String {
    let computers = partitions.reduce(0) { $0 + $1.computers.count }
    let bound = hosts == fewestHosts ? "" : " (no plan has fewer than \(fewestHosts))"
    return "\(project)/\(experiment): \(counted(computers, "computer")) on \(counted(hosts, "host"))\(bound)"
  }

  private var quality: String {
    guard cost > 0 else { return "nothing crosses between hosts" }
    let bound = cost == lowerBound ? "fewer" : "fewer than \(lowerBound)"
    let links = counted(cost, "cross-host link")
    return "\(links); no plan on \(counted(hosts, "host")) has \(bound)\(interrupted ? " (search stopped early)" : "")"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension [String] {
  /// As many names as a line takes.
  fileprivate func shortened(to width: Int) -> String {
    var line = ""
    for (index, name) in enumerated() {
      if line.count + name.count + 1 > width { return line + " … \(count - index) more" }
      line += index == 0 ? name : " \(name)"
    }
    return line
  }
}
