import Testbed
import Testing

struct ExperimentNameTests {
  @Test(arguments: [
    ("DeterTest", "example1"), ("P1", "ab"), ("my-project", "1-2"), ("a_b", "a-b"),
    (String(repeating: "p", count: 48), String(repeating: "e", count: 19)),
  ])
  func takesTheNamesThatATestbedTakes(_ project: String, _ experiment: String) throws {
    let name = try ExperimentName(project: project, experiment: experiment)
    #expect(name.project == project)
    #expect(name.group == nil)
    #expect(name.experiment == experiment)
    #expect(name.description == "\(project)/\(experiment)")
  }

  @Test func aGroupFollowsTheProject() throws {
    let name = try ExperimentName(project: "DeterTest/team-1", experiment: "example1")
    #expect(name.project == "DeterTest")
    #expect(name.group == "team-1")
    #expect(name.description == "DeterTest/example1")
  }

  @Test(arguments: [
    "", "p", "..", "../x", "/etc", "-x", "_x", "a b", "a.b", "é1", "a/", "/a", "a/b/c", "a/..", "a/-b", "a\n", "a\0b",
    String(repeating: "p", count: 49),
  ])
  func refusesOtherProjects(_ project: String) {
    let error = #expect(throws: TestbedError.self) { try ExperimentName(project: project, experiment: "example1") }
    #expect(error?.description.hasPrefix("improper ") == true)
  }

  @Test(arguments: [
    "", "e", "..", "-x", "a_b", "a/b", "a b", "a.b", "ä1", "a\n", String(repeating: "e", count: 20),
  ])
  func refusesOtherExperiments(_ experiment: String) {
    let error = #expect(throws: TestbedError.self) { try ExperimentName(project: "DeterTest", experiment: experiment) }
    #expect(error?.description.hasPrefix("improper experiment name \"\(experiment)\"") == true)
  }
}
