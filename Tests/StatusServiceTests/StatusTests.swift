import Foundation
import TestSupport
import Testing

@testable import StatusService

struct StatusLineTests {
  @Test func areplyIsALiteralOfPython() {
    let reply = StatusLine.reply([
      HypervisorStatus(
        name: "hv:qemu:pnode-0000",
        nodes: [
          .init(name: "n-0", bootStatus: "booted", exitCode: 0), .init(name: "n-1", bootStatus: "dead", exitCode: -1),
          .init(name: "n-2", bootStatus: nil, exitCode: nil),
        ]),
      HypervisorStatus(name: "hv:it's\\\u{e9}", nodes: []),
    ])
    #expect(
      reply == "status_reply {'hv:qemu:pnode-0000': {'n-0': ['booted', 0], 'n-1': ['dead', -1], 'n-2': [None, None]}, "
        + "'hv:it\\'s\\\\\\U000000e9': {}}\n")
    #expect(StatusLine.reply([]) == "status_reply {}\n")
  }

  @Test(arguments: ["", "   ", "status_request", "status_request a b", "hello P/e", "STATUS_REQUEST P/e"])
  func whatIsNoRequestIsRefused(_ line: String) {
    #expect(throws: StatusError.self) { try StatusLine.experiment(in: line) }
  }
}

@Suite(.enabled(if: Program.installed("python3") != nil, "there is no python3"))
struct StatusServerTests {
  private let server: StatusServer

  init() throws {
    server = try StatusServer(address: "127.0.0.1", port: 0) { experiment throws(StatusError) in
      guard experiment == "P/e" else { throw StatusError("there is no experiment \(experiment)") }
      return [
        HypervisorStatus(name: "hv:openvz:pnode-0000", nodes: [.init(name: "a", bootStatus: "booted", exitCode: 3)])
      ]
    }
  }

  /// What a script prints that has a function to connect to the server.
  private func output(_ script: String) async throws -> String {
    let port = server.address.split(separator: ":").last ?? ""
    let program = try #require(Program.installed("python3"))
    let result = try await program.run([
      "-c",
      "import ast, socket, time\ndef connect(): return socket.create_connection(('127.0.0.1', \(port)))\n" + script,
    ])
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  @Test func fourLinesOfPythonReadAReply() async throws {
    let output = try await output(
      """
      s = connect().makefile('rw'); s.write('status_request P/e\\n'); s.flush()
      line = s.readline()
      kind, body = line.split(' ', 1)
      print(kind, ast.literal_eval(body)['hv:openvz:pnode-0000']['a'])
      """)
    #expect(output == "status_reply ['booted', 3]\n")
  }

  @Test func requestsOfAClientAreAnsweredInOrderWhateverIsBetween() async throws {
    let output = try await output(
      """
      c = connect(); c.sendall(b'status_request P/e\\r\\nnonsense\\n\\nstatus_request Q/e\\n' + b'x' * 5000 + b'\\n')
      c.sendall(b'status_request P/e\\n' * 100 + b'status_request P/'); c.shutdown(socket.SHUT_WR)
      lines = c.makefile().readlines()
      for line in lines[:5]: print(line, end='')
      print(len(lines), set(line.split()[0] for line in lines[5:]))
      """)
    #expect(
      output == """
        status_reply {'hv:openvz:pnode-0000': {'a': ['booted', 3]}}
        error_reply 'unknown request nonsense'
        error_reply 'an empty line: ask status_request PROJECT/EXPERIMENT'
        error_reply 'there is no experiment Q/e'
        error_reply 'a line has at most 1024 bytes'
        105 {'status_reply'}

        """)
  }

  @Test func thousandsOfIdleAndSlowClientsAreHarmless() async throws {
    let output = try await output(
      """
      import resource
      limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]; resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
      idle = [connect() for _ in range(2000)]
      for client in idle[::2]: client.sendall(b'status_req')
      greedy = connect(); greedy.settimeout(0.2)
      try:
        for _ in range(100): greedy.sendall(b'status_request P/e\\n' * 1000)
      except OSError: pass
      begin = time.time(); c = connect(); c.sendall(b'status_request P/e\\n'); c.makefile().readline()
      print(time.time() - begin < 1)
      """)
    #expect(output == "True\n")
  }
}
