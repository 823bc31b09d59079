import Foundation
import TestSupport
import Testing

/// A testbed with `testbed serve`, certificates for `alice`, who may use the project `Demo`, for `bob`, who may use none,
/// and for the testbed's owner.
struct ServedTestbed {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The top of the testbed's tree.
  var home: URL { folder.url.appending(path: "home") }

  private var environment: [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return [
      "CONTAINERIZE_HOME": home.path, "PATH": "\(Program.directory):\(path)", "HOME": folder.url.path,
    ]
  }

  /// Runs a script of a shell here, in which our programs are commands.
  func bash(_ script: String) async throws -> Program.Result {
    try await Program("/bin/bash").run(["-c", script], environment: environment, in: folder.url)
  }

  /// What a script of a shell prints while the server runs; `$port` and `$plain` are its ports.
  func served(_ script: String) async throws -> String {
    let result = try await bash(
      """
      set -e
      testbed certificate alice --project Demo > certificates.txt
      testbed certificate bob >> certificates.txt
      testbed certificate "$(id --user --name)" --output owner.pem >> certificates.txt
      testbed serve --no-web --status-port 0 --xmlrpc-port 0 --xmlrpc-http-port 0 > serve.txt & server=$!
      trap 'kill $server; wait $server || true' EXIT
      for _ in {1..400}; do [ "$(grep -c XML-RPC serve.txt)" = 2 ] && break; sleep 0.05; done
      port=$(sed -n 's|.*https://127.0.0.1:\\([0-9]*\\)/.*|\\1|p' serve.txt)
      plain=$(sed -n 's|.*http://127.0.0.1:\\([0-9]*\\)/.*|\\1|p' serve.txt)
      \(script)
      """)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// What a script of Python prints that has `client(name)`, for the server as a user calls it, and `call(…)`.
  func python(_ script: String) async throws -> String {
    try folder.write(
      """
      import ssl, sys, xmlrpc.client
      port, plain, home = sys.argv[1:]
      def client(user, path='/usr/testbed'):
        context = ssl.create_default_context(cafile=home + '/certificates/authority.crt')
        if user: context.load_cert_chain(user if '/' in user else home + '/certificates/' + user + '.pem')
        return xmlrpc.client.ServerProxy('https://127.0.0.1:' + port + path, context=context)
      alice = client('alice')
      star = {'proj': 'Demo', 'exp': 'star'}
      script = open('star.tcl').read()
      def call(method, *arguments, server=alice, **more):
        answer = getattr(server.experiment, method)(0.1, dict(*arguments, **more))
        return answer['code'], answer['value'], answer['output']
      \(script)
      """, to: "script.py")
    try folder.write(Self.star, to: "star.tcl")
    return try await served("python3 script.py $port $plain \"$CONTAINERIZE_HOME\"")
  }

  /// Two nodes and a link.
  static let star = """
    set ns [new Simulator]
    source tb_compat.tcl
    set opt(SPEED) fast
    set a [$ns node]
    set b [$ns node]
    set link0 [$ns duplex-link $a $b 10Mb 20ms DropTail]
    tb-set-node-startcmd $a "exit 3"
    $ns rtproto Static
    $ns run

    """
}
