import Foundation
import TestSupport
import Testing

@testable import XMLRPC
@testable import XMLRPCServing

/// A server on this machine, without TLS, that answers each call with what it was called with.
@Suite(.enabled(if: Program.installed("python3") != nil, "there is no python3"))
struct ServerTests {
  /// What a script of Python prints that has the server's address.
  private func output(_ script: String) async throws -> String {
    let (addresses, continuation) = AsyncStream.makeStream(of: String.self)
    let server = XMLRPCServer(address: "127.0.0.1", port: 0, path: "/calls", access: .thisMachine) { address in
      continuation.yield(address)
    } handler: { call, peer in
      guard peer == .localUser(getuid()) else { return .fault(code: 2, text: "who are you?") }
      guard call.method == "echo" else { return .fault(code: 1, text: "there is no \(call.method)") }
      return .value(.array(call.parameters))
    }
    let task = Task { try await server.run() }
    defer { task.cancel() }
    var iterator = addresses.makeAsyncIterator()
    let address = try #require(await iterator.next())
    let program = try #require(Program.installed("python3"))
    let result = try await program.run([
      "-c",
      "import http.client, xmlrpc.client\naddress = '\(address)'\n"
        + "def proxy(): return xmlrpc.client.ServerProxy('http://' + address + '/calls', allow_none=True)\n" + script,
    ])
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  @Test func pythonGetsBackWhatItSends() async throws {
    let output = try await output(
      """
      import datetime
      values = [1, -5, True, 1.5, 'a<b>&é\\n\\t "', b'\\x00\\xff', None, [], {}, [1, [2, {'x': [3, None]}]], {'a b': 'é', '': 0},
                datetime.datetime(2026, 1, 31, 12)]
      server = xmlrpc.client.ServerProxy('http://' + address + '/calls', allow_none=True, use_builtin_types=True)
      print(server.echo(*values) == values)
      print([server.echo(i) for i in range(20)] == [[i] for i in range(20)])
      """)
    #expect(output == "True\nTrue\n")
  }

  @Test func whatIsWrongWithACallIsAFault() async throws {
    let output = try await output(
      """
      try: proxy().system.listMethods()
      except xmlrpc.client.Fault as fault: print(fault.faultCode, fault.faultString)
      c = http.client.HTTPConnection(address)
      for body in [b'<a', b'<!DOCTYPE a><methodCall/>']:
        c.request('POST', '/calls', body, {'Content-Type': 'text/xml'})
        try: xmlrpc.client.loads(c.getresponse().read())
        except xmlrpc.client.Fault as fault: print(fault.faultCode)
      """)
    #expect(output == "1 there is no system.listMethods\n-32700\n-32700\n")
  }

  @Test func otherRequestsAreRefused() async throws {
    let output = try await output(
      """
      def status(method, path, body, **headers):
        c = http.client.HTTPConnection(address)
        c.request(method, path, body, {name.replace('_', '-'): value for name, value in headers.items()})
        return c.getresponse().status
      call = xmlrpc.client.dumps((1,), 'echo')
      print(status('POST', '/calls', call, Content_Type='text/xml; charset=utf-8'))
      print(status('POST', '/other', call, Content_Type='text/xml'), status('GET', '/calls', None))
      print(status('POST', '/calls', call, Content_Type='text/plain'))
      print(status('POST', '/calls', call, Content_Type='text/xml', Host='evil.example'))
      print(status('POST', '/calls', b' ' * (5 << 20), Content_Type='text/xml'))
      """)
    #expect(output == "200\n404 405\n415\n403\n413\n")
  }
}
