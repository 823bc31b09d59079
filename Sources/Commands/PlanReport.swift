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
  /// Where the files are; `nil` where none were written.
  var directory: String?
  /// The testbed's page of the experiment.
  var url: String

  init(name: ExperimentName, embedding: Embedding, totals: Totals, directory: String?, url: String) {
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
    let names = partitions.map(\.name.count).max() ?? 0
    let kinds = partitions.map(\.kind.count).max() ?? 0
    let rows = partitions.map { partition in
      "  \(partition.name.padded(to: names))  \(partition.kind.padded(to: kinds))  \(partition.computers.count.padded(to: 4))  "
        + partition.computers.shortened(to: 80)
    }
    return """
      \(project)/\(experiment): \(counted(partitions.reduce(0) { $0 + $1.computers.count }, "computer")) on \
      \(counted(hosts, "host"))\(hosts == fewestHosts ? ", the fewest there can be" : ", at least \(fewestHosts)")
      \(counted(cost, "link")) between hosts\(optimal ? ", and no plan on \(counted(hosts, "host")) has fewer" : "; no plan on \(counted(hosts, "host")) has fewer than \(lowerBound)")
      \(rows.joined(separator: "\n"))

      """
  }
}

/// A count with its noun.
private func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}

extension Int {
  fileprivate func padded(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - String(self).count)) + String(self)
  }
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
