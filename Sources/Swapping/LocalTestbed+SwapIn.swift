public import Testbed
internal import Dispatch
internal import Glibc
internal import HostManifests
internal import Running
internal import Synchronization
internal import SystemPackage

extension LocalTestbed {
  /// Swaps an experiment in: brings up its hosts and nodes, makes sure that every link and route is as asked, and begins
  /// the start commands.
  ///
  /// - Parameters:
  ///   - name: The experiment.
  ///   - undoing: Is given what undoes it, for someone who wants out.
  /// - Returns: How the experiment is.
  /// - Throws: Why it can't be swapped in; then nothing is left of it.
  public func swapIn(_ name: ExperimentName, undoing: (@escaping @Sendable () -> Void) -> Void) throws(TestbedError)
    -> ExperimentReport
  {
    guard geteuid() == 0 else {
      throw TestbedError(
        "swapping in makes namespaces and interfaces, which only root may: run it as root, or only plan, with "
          + "\"containerize --dry-run\"")
    }
    let files = try ExperimentFiles(name, in: store)
    return try alone(files) { state throws(TestbedError) in
      guard state == .swapped else { throw TestbedError("experiment \(name) is swapped in already") }
      let manifests = try files.manifests()
      let hosts = HostProcesses(files, programs: programs, images: store.images)
      undoing {
        hosts.giveUp()
        try? clear(files)
        try? database.setState(.swapped, of: name, "swapping in was interrupted")
      }
      try database.setState(.activating, of: name, "swapping in")
      do throws(TestbedError) {
        return try recordingProgress(of: name).bringUp(files, manifests, hosts)
      } catch {
        hosts.giveUp()
        try clear(files)
        try database.setState(.swapped, of: name, "can't be swapped in: \(error)")
        throw error
      }
    }
  }

  private func bringUp(
    _ files: ExperimentFiles, _ manifests: [HostManifest], _ hosts: HostProcesses
  ) throws(TestbedError) -> ExperimentReport {
    do throws(RunningError) {
      do throws(Errno) {
        try FileTree.makeDirectory(files.run, permissions: 0o700)
      } catch {
        throw RunningError("can't make \(files.run): \(error.reason)")
      }
      if let problem = try LoginFiles(files).makeKeys(for: files.name) { progress(problem) }
      if let raised = NeighbourLimit.raise(for: NeighbourLimit.needed(for: manifests)) { progress(raised) }
      try Templates(directory: store.images.string, owner: files.owner).prepare(manifests, progress: progress)
      let processes = try hosts.start(manifests, prepareMachines(files, manifests))
      progress("\(manifests.count) hosts started")
      let fallbacks = try atOnce(manifests.count) { index throws(RunningError) in
        try hosts.waitUntilUp(manifests[index].host.name, processes[index])
      }
      for text in fallbacks.first ?? [] { progress(text) }
      progress("\(manifests.map(\.nodes.count).reduce(0, +)) nodes up")

      let links = try verifyLinks(files, manifests)
      try verifyRoutes(files, manifests)
      do throws(TestbedError) {
        try database.setHosts(zip(manifests, processes).map { ($0.host.name, $1.number) }, of: files.name)
        try database.setNodes(
          manifests.flatMap { manifest in manifest.nodes.map { NodeReport($0, on: manifest.host.name) } },
          of: files.name)
        try database.setLinks(links, of: files.name)
        if let problem = try publishNames(files, manifests) {
          progress(problem)
          try database.record(problem, of: files.name)
        }
      } catch {
        throw RunningError(error.description)
      }
      try LoginFiles(files).writeConfiguration(
        manifests, of: files.name, root: store.root, program: programs.appending("testbed"))
      // All start commands begin when everything is there.
      _ = try atOnce(manifests.count) { index throws(RunningError) in
        try files.agent(of: manifests[index].host.name).ask(.start)
      }
    } catch {
      throw TestbedError(error.description)
    }
    try database.setState(.active, of: files.name, "swapped in")
    return try report(files, state: .active)
  }

  /// Makes sure that the images of virtual machines are there, before there is any host.
  ///
  /// - Returns: What runs their processors; `nil` where there are no virtual machines.
  private func prepareMachines(
    _ files: ExperimentFiles, _ manifests: [HostManifest]
  ) throws(RunningError) -> Accelerator? {
    guard manifests.contains(where: { $0.nodes.contains { $0.kind == .qemu } }) else { return nil }
    try MachineImages(directory: store.images.string, owner: files.owner).prepare(manifests, progress: progress)
    return .probed()
  }

  // MARK: Verification

  private func verifyLinks(_ files: ExperimentFiles, _ manifests: [HostManifest]) throws(RunningError) -> [LinkReport] {
    let expectations = LinkExpectation.all(manifests)
    let links = try measure(expectations, files, manifests)
    let wrong = links.filter { !$0.isAsAsked }
    guard wrong.isEmpty else {
      let shown = wrong.prefix(10).map(\.complaint).joined(separator: "\n")
      throw RunningError(
        "\(wrong.count) of \(links.count) links aren't as asked:\n\(shown)\(wrong.count > 10 ? "\n…" : "")")
    }
    progress("\(links.count) links are as asked")
    return links
  }

  /// Measures links.
  func measure(
    _ expectations: [LinkExpectation], _ files: ExperimentFiles, _ manifests: [HostManifest],
    measures: LinkMeasures = []
  ) throws(RunningError) -> [LinkReport] {
    let delays = try ask(expectations.map { ($0.host, $0.delayProbe) }, files, manifests)
    let sizes = try ask(expectations.map { ($0.host, $0.sizeProbe) }, files, manifests)
    let losses = measures.contains(.loss) ? try ask(expectations.map { ($0.host, $0.lossProbe) }, files, manifests) : []
    // One after the other: all of them at once would measure this machine.
    var rates: [Int: Measurement] = [:]
    for (index, expectation) in expectations.enumerated() where measures.contains(.rate) {
      guard let probe = expectation.rateProbe else { continue }
      // As with round trips, the fastest of some counts: a machine that is busy elsewhere takes from the others.
      for _ in 0..<3 {
        let answer = try ask([(expectation.host, probe)], files, manifests).first
        let rate = answer?.kilobitsPerSecond ?? 0
        if rate >= rates[index]?.kilobitsPerSecond ?? 0 { rates[index] = answer }
        if rate >= 0.9 * (expectation.kilobitsPerSecond ?? 0) { break }
      }
    }
    return expectations.indices.map { index in
      let expectation = expectations[index]
      let loss = losses.indices.contains(index) ? losses[index] : nil
      return LinkReport(
        name: expectation.name, from: expectation.from, to: expectation.to,
        askedMilliseconds: expectation.milliseconds, measuredMilliseconds: delays[index].milliseconds,
        askedLoss: loss == nil ? nil : expectation.loss,
        measuredLoss: loss.map { 1 - Double($0.received) / Double(max(1, $0.sent)) },
        askedKilobitsPerSecond: rates[index] == nil ? nil : expectation.kilobitsPerSecond,
        measuredKilobitsPerSecond: rates[index]?.kilobitsPerSecond,
        isAsAsked: delays[index].meets(expectation.delayProbe) && sizes[index].received > 0)
    }
  }

  private func verifyRoutes(_ files: ExperimentFiles, _ manifests: [HostManifest]) throws(RunningError) {
    let probes = RouteExpectation(manifests).probes()
    let answers = try ask(probes, files, manifests)
    let wrong = zip(probes, answers).filter { $1.received == 0 }
    guard wrong.isEmpty else {
      let shown = wrong.prefix(10).map { "\($0.0.probe.node) doesn't reach \($0.0.probe.target)" }
      throw RunningError("\(wrong.count) of \(probes.count) routes lead nowhere:\n\(shown.joined(separator: "\n"))")
    }
    if !probes.isEmpty { progress("\(probes.count) routes lead where they should") }
  }

  /// Has agents answer probes.
  ///
  /// - Returns: The answers, in the order of the probes.
  private func ask(
    _ probes: [(host: Int, probe: Probe)], _ files: ExperimentFiles, _ manifests: [HostManifest]
  ) throws(RunningError) -> [Measurement] {
    var indices = [[Int]](repeating: [], count: manifests.count)
    for (index, probe) in probes.enumerated() { indices[probe.host].append(index) }
    let answers = try atOnce(manifests.count) { [indices] host throws(RunningError) -> [Measurement] in
      guard !indices[host].isEmpty else { return [] }
      let request = AgentRequest.measure(indices[host].map { probes[$0].probe })
      guard case .measured(let answers) = try files.agent(of: manifests[host].host.name).ask(request),
        answers.count == indices[host].count
      else { throw RunningError("\(manifests[host].host.name): its agent didn't answer what it was asked") }
      return answers
    }
    var result = [Measurement](repeating: Measurement(), count: probes.count)
    for (indices, answers) in zip(indices, answers) {
      for (index, answer) in zip(indices, answers) { result[index] = answer }
    }
    return result
  }

  /// Does what mostly waits for so many hosts, all at once.
  ///
  /// - Returns: The results, in the order of the hosts.
  /// - Throws: What the first that fails throws.
  func atOnce<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws(RunningError) -> Result
  ) throws(RunningError) -> [Result] {
    let results = Mutex([Swift.Result<Result, RunningError>?](repeating: nil, count: count))
    withoutActuallyEscaping(body) { body in
      let group = DispatchGroup()
      for index in 0..<count {
        DispatchQueue.global().async(group: group) {
          let result: Swift.Result<Result, RunningError>
          do throws(RunningError) { result = .success(try body(index)) } catch { result = .failure(error) }
          results.withLock { $0[index] = result }
        }
      }
      group.wait()
    }
    return try results.withLock { $0 }.compactMap(\.self).map { result throws(RunningError) in try result.get() }
  }
}

extension LinkReport {
  /// What is wrong with it.
  var complaint: String {
    let link = "\(name), \(from) to \(to)"
    guard let measuredMilliseconds else { return "\(link): no answer" }
    return
      "\(link): a round trip takes \(measuredMilliseconds.hundredths) ms instead of \(askedMilliseconds.hundredths) ms, "
      + "or full packets don't arrive"
  }
}

extension Double {
  /// The number with two digits after the point.
  public var hundredths: String {
    let number = Int((self * 100).rounded())
    let fraction = String(number % 100)
    return "\(number / 100).\(fraction.count < 2 ? "0" : "")\(fraction)"
  }
}
