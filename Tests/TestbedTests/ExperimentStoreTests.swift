import Foundation
import SystemPackage
import TestSupport
import Testbed
import Testing

struct ExperimentStoreTests {
  @Test func theEnvironmentSaysWhereItIs() throws {
    func root(_ environment: [String: String]) throws -> FilePath { try ExperimentStore(environment: environment).root }
    #expect(try root(["CONTAINERIZE_HOME": "/a/b", "HOME": "/home/u"]) == "/a/b")
    #expect(try root(["CONTAINERIZE_HOME": "", "HOME": "/home/u"]) == "/home/u/.local/share/containerize")
    #expect(throws: TestbedError.self) { try root([:]) }
    #expect(throws: TestbedError.self) { try root(["HOME": ""]) }
  }

  @Test func isLaidOutAsOnATestbed() throws {
    let folder = try TemporaryFolder()
    let store = ExperimentStore(root: FilePath(folder.url.path).appending("home"))
    let name = try ExperimentName(project: "P1/G", experiment: "e1")
    let staged = try store.stage(name)
    try staged.write([1], to: "containers/x")
    try staged.commit()
    #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: "home/proj/P1/exp/e1/containers/x").path))
    #expect(store.containersDirectory(of: name).string == folder.url.path + "/home/proj/P1/exp/e1/containers")
  }

  @Test(arguments: ["x", "x/y"])
  func anExperimentOfThatNameIsNeverTouchedNotEvenAnEmptyOne(_ file: String) throws {
    let folder = try TemporaryFolder()
    let store = ExperimentStore(root: FilePath(folder.url.path))
    let name = try ExperimentName(project: "P1", experiment: "e1")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "proj/P1/exp/e1"), withIntermediateDirectories: true)
    if file.contains("/") { try folder.write("mine", to: "proj/P1/exp/e1/\(file)") }
    let before = FileSnapshot(of: folder.url)
    let error = #expect(throws: TestbedError.self) { try store.stage(name) }
    #expect(error?.description.hasPrefix("experiment P1/e1 exists already") == true)
    #expect(throws: TestbedError.self) { try store.requireFree(name) }
    #expect(FileSnapshot(of: folder.url) == before)
  }

  @Test func aFileWhereADirectoryMustBeIsSaid() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "proj")
    let store = ExperimentStore(root: FilePath(folder.url.path))
    let error = #expect(throws: TestbedError.self) {
      try store.requireFree(ExperimentName(project: "P1", experiment: "e1"))
    }
    #expect(error?.description == "can't write in \(folder.url.path)/proj: not a directory")
  }
}
