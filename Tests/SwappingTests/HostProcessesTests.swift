import CLinux
import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testbed
import Testing

@testable import Running
@testable import Swapping

struct HostProcessesTests {
  /// An agent whose nodes can't be brought up ends; whoever waits for it may have asked and have no answer yet.
  @Test(arguments: [
    ("ip: what it says\nError: a: QEMU ended with code 137\n", "pnode-0000: a: QEMU ended with code 137"),
    ("what it does in place of what it can't\n", "pnode-0000: the agent ended"),
  ])
  func anAgentThatEndsBeforeItAnswersHasSaidWhyInItsLog(_ log: String, error: String) throws {
    let folder = try TemporaryFolder()
    let store = try ExperimentStore(environment: ["CONTAINERIZE_HOME": folder.url.path])
    let name = try ExperimentName(project: "P1", experiment: "e1")
    let run = URL(filePath: store.directory(of: name).string).appending(path: "run")
    try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
    try Data(log.utf8).write(to: run.appending(path: "pnode-0000.log"))
    let socket = unsafe FileDescriptor(rawValue: clinux_listen(run.path, "pnode-0000.sock"))
    defer { try? socket.close() }
    Threads.start("agent") {
      // One asks whether it is there, and then how it is.
      for _ in 0..<2 {
        let client = clinux_accept(socket.rawValue)
        var bytes = [UInt8](repeating: 0, count: 256)
        _ = unsafe read(client, &bytes, bytes.count)
        close(client)
      }
    }
    let hosts = HostProcesses(try ExperimentFiles(name, in: store), programs: "/", images: "/")
    let process = try SystemProcess("/bin/sleep", ["60"], environment: [], descriptors: [], namespaces: [])
    defer { process.kill() }
    #expect(throws: RunningError(error)) { try hosts.waitUntilUp("pnode-0000", process) }
  }
}
