import Foundation
import TestSupport
import Testing

/// Requests to end, and sudden death, at any moment.
struct InterruptionTests {
  /// A testbed with an experiment, in which another one is created that takes a while to write.
  private struct Scene {
    let place: Workplace
    /// What is in the testbed before.
    let before: FileSnapshot
    /// How long the creation takes.
    let duration: Duration

    init() async throws {
      place = try Workplace()
      try place.folder.write(Topologies.ring(150), to: "ring.xml")
      try place.folder.write(Topologies.ring(3), to: "small.xml")
      #expect(try await place.run(["Proj", "first", "small.xml"]).status == 0)
      before = place.testbed
      let whole = try await place.run(["--effort", "fast", "--output", "out", "Proj", "exp1", "ring.xml"])
      #expect(whole.status == 0)
      duration = whole.duration
    }

    /// Sends a signal at one of so many moments spread over the creation. The project isn't there either.
    func interrupt(_ number: Int32, round: Int, of rounds: Int) async throws -> Program.Result {
      try await place.run(
        ["--effort", "fast", "New", "exp1", "ring.xml"], signal: (number, duration * round / rounds))
    }

    /// Takes away the experiment that was made where the signal came too late, once it is seen to be whole.
    func removeIfMade() throws {
      let made = place.testbed.paths.filter { before.contents[$0] == nil && !$0.contains(".staged-") }
      guard !made.isEmpty else { return }
      #expect(made.contains("proj/New/exp/exp1/containers/topo.xml"))
      #expect(made.contains("proj/New/exp/exp1/containers/annotated.xml"))
      try FileManager.default.removeItem(at: place.home.appending(path: "proj/New"))
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aRequestToEndLeavesEverythingAsItWas(_ number: Int32) async throws {
    let scene = try await Scene()
    for round in 0..<8 {
      let result = try await scene.interrupt(number, round: round, of: 8)
      #expect([0, 128 + number, -number].contains(result.status))
      #expect(result.errors == "")
      try scene.removeIfMade()
      #expect(scene.place.testbed == scene.before)
    }
  }

  @Test func suddenDeathLeavesNothingThatShowsAndTheNextCommandRemovesTheRest() async throws {
    let scene = try await Scene()
    for round in 0..<12 {
      _ = try await scene.interrupt(SIGKILL, round: round, of: 12)
      try scene.removeIfMade()
      #expect(try await scene.place.run(["Proj", "next", "small.xml"]).status == 0)
      try FileManager.default.removeItem(at: scene.place.home.appending(path: "proj/Proj/exp/next"))
      #expect(scene.place.testbed == scene.before)
    }
  }

  @Test func whoIgnoresARequestIsNotEndedByIt() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(3), to: "ring.xml")
    let result = try await place.shell(
      """
      trap '' HUP
      containerize --no-image --config <(sleep 0.3; echo '[x]') Proj exp1 ring.xml & kill -HUP $!; wait $!
      """)
    #expect(result.status == 0)
    #expect(place.testbed.paths.contains("proj/Proj/exp/exp1/containers/topo.xml"))
  }

  @Test func theProgramThatReadsScriptsEndsWithTheCommand() async throws {
    let place = try Workplace()
    try place.folder.write("", to: "x.tcl")
    // The converter says who it is, and stays.
    try place.folder.write("echo $$ >converter; exec sleep 60", to: "converter.sh")
    try place.folder.write("[site]\ntopdl_converter = /bin/sh converter.sh\n", to: "site.conf")
    let result = try await place.shell(
      """
      containerize --config site.conf Proj exp1 x.tcl &
      until [[ -s converter ]]; do sleep 0.05; done
      sleep 0.2
      kill -TERM $!; wait $!; echo $?
      for ((i = 0; i < 100; i++)); do kill -0 $(<converter) 2>/dev/null || exit 0; sleep 0.05; done
      exit 1
      """)
    #expect(result.output == "143\n")
    #expect(result.status == 0)
  }

  @Test func ofManyCommandsAtATimeExactlyOneCreatesTheExperiment() async throws {
    let place = try Workplace()
    try place.folder.write(Topologies.ring(30), to: "ring.xml")
    let result = try await place.shell(
      """
      for i in {1..8}; do
        (containerize --no-image --effort fast --seed $i Proj exp1 ring.xml >out$i 2>err$i; echo $? >>statuses) &
      done
      wait
      sort statuses | uniq -c
      cat err*
      """)
    let lines = result.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(Array(lines.prefix(2)) == ["1 0", "7 1"])
    #expect(lines.count == 9)
    #expect(lines.dropFirst(2).allSatisfy { $0.hasPrefix("Error: ") && $0.contains(" exists already") })
    #expect(try place.text("pid_eid") == "Proj\nexp1\n")
    #expect(place.testbed.paths.allSatisfy { !$0.contains(".staged-") })
  }
}
