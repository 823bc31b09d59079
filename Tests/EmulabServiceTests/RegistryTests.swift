import Foundation
import TestSupport
import Testing

/// `containerize` with an `xmlrpc_server`: a server written with Python's `xmlrpc.server`, over TLS with required client
/// certificates, which keeps what it is called with and answers as a test wants.
@Suite(
  .enabled(
    if: Program.installed("python3") != nil && Program.installed("openssl") != nil, "there is no python3, or no openssl"
  ))
struct RegistryTests {
  private static let server = """
    import json, os, ssl, sys, time, xmlrpc.server
    class Handler(xmlrpc.server.SimpleXMLRPCRequestHandler):
      rpc_paths = ('/usr/testbed',)
      protocol_version = 'HTTP/1.1'
    made, script = set(), json.loads(sys.argv[1])
    class Emulab:
      def _dispatch(self, method, parameters):
        version, arguments = parameters
        with open('calls.txt', 'a') as file: print(json.dumps([method, version, arguments]), file=file)
        name = arguments['proj'] + '/' + arguments['exp']
        action = method.split('.')[1]
        if action in script: return script[action]
        if action == 'startexp':
          made.add(name)
          if 'directory' in script:
            os.makedirs(script['directory'])
            open(script['directory'] + '/file', 'w').close()
          time.sleep(script.get('pause', 0))
        elif name not in made: return {'code': 2, 'value': 0, 'output': 'No such experiment: ' + name}
        elif action == 'endexp': made.remove(name)
        return {'code': 0, 'value': 'swapped' if action == 'state' else 0, 'output': ''}
    server = xmlrpc.server.SimpleXMLRPCServer(('127.0.0.1', 0), Handler, logRequests=False, bind_and_activate=False)
    server.server_bind()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain('server.pem')
    context.load_verify_locations('home/certificates/authority.crt')
    context.verify_mode = ssl.CERT_REQUIRED
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.register_instance(Emulab())
    open('port.txt', 'w').write(str(server.server_address[1]))
    # Until then, connections are refused.
    time.sleep(float(sys.argv[2]))
    server.server_activate()
    server.serve_forever()
    """

  /// What a script of a shell prints that calls `containerize`; the server answers some methods with given structs.
  private func output(answers: String = "{}", delay: Int = 0, _ script: String) async throws -> (
    output: String, calls: [String]
  ) {
    let place = try ServedTestbed()
    try place.folder.write(Self.server, to: "server.py")
    try place.folder.write(ServedTestbed.star, to: "star.tcl")
    let result = try await place.bash(
      """
      exec 2>&1
      testbed certificate alice --output alice.pem > /dev/null
      mkdir .ssl && cp alice.pem .ssl/emulab.pem
      openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=boss -addext subjectAltName=IP:127.0.0.1 \\
        -keyout key.pem -out server.crt 2> /dev/null
      cat server.crt key.pem > server.pem
      python3 server.py '\(answers)' \(delay) > /dev/null & server=$!
      trap 'kill $server' EXIT
      for _ in {1..400}; do [ -s port.txt ] && break; sleep 0.05; done
      printf '[s]\\nxmlrpc_server = 127.0.0.1:%s\\nxmlrpc_ca = server.crt\\n' "$(cat port.txt)" > site.conf
      containers=home/proj/Demo/exp/star/containers
      create() { containerize --no-image --config site.conf "$@" Demo star star.tcl; echo "$?"; }
      \(script)
      """)
    let calls = (try? String(contentsOf: place.folder.url.appending(path: "calls.txt"), encoding: .utf8)) ?? ""
    return (result.output, calls.split(separator: "\n").map(String.init))
  }

  private func methods(_ calls: [String]) -> [String] {
    calls.map { String($0.split(separator: "\"")[1].split(separator: ".")[1]) }
  }

  @Test func theServerIsAskedForTheHosts() async throws {
    let (output, calls) = try await output(
      """
      create
      python3 -c 'import json, sys
      _, version, arguments = json.loads(open("calls.txt").read().split("\\n")[1])
      print(version, arguments.pop("nsfilestr") == open(sys.argv[1] + "/phys_topo.ns").read())
      print(arguments)' $containers
      ls $containers | grep -c manifests
      """)
    let user = NSUserName()
    #expect(
      output == """
        Containerized experiment Demo/star successfully created!
        Access it via http://www.isi.deterlab.net//showexp.php3?pid=Demo&eid=star
        0
        0.1 True
        {'batch': 'no', 'description': 'Created by \(user)', 'exp': 'star', 'idleswap': 0, 'noemail': 'yes', \
        'noidleswap_reason': 'Containerized experiment', 'noswapin': 'yes', 'proj': 'Demo', 'wait': 'yes'}
        1

        """)
    #expect(methods(calls) == ["state", "startexp", "state"])
  }

  @Test func anExperimentThatExistsIsLeftAlone() async throws {
    let (output, calls) = try await output(
      answers: #"{"state": {"code": 0, "value": "active", "output": "active"}}"#, "create; ls home")
    #expect(output.contains("Error: experiment Demo/star exists already at 127.0.0.1:"))
    #expect(output.hasSuffix("\n1\ncertificates\n"))
    #expect(methods(calls) == ["state"])
  }

  @Test func whatTheServerRefusesIsSaidAndNothingIsWritten() async throws {
    let (output, calls) = try await output(
      answers: #"{"startexp": {"code": 2, "value": 1, "output": "*** no nodes\n"}}"#, "create; ls home")
    #expect(output == "Error: the testbed refuses: *** no nodes\n1\ncertificates\n")
    #expect(methods(calls) == ["state", "startexp"])
    let forbidden = try await self.output(
      answers: #"{"state": {"code": 3, "value": 0, "output": "You do not have permission"}}"#, "create")
    #expect(forbidden.output == "Error: the testbed refuses: You do not have permission\n1\n")
  }

  @Test func whatFailsIsTakenAwayUnlessItIsDebugged() async throws {
    // A server that says that it has made what it hasn't.
    let (output, calls) = try await output(
      answers: #"{"startexp": {"code": 0, "value": 0, "output": ""}}"#,
      "create; create --debug 2>&1 | grep left; ls home")
    #expect(output.hasSuffix(" is left there\ncertificates\n"))
    #expect(output.contains("says of its state: No such experiment: Demo/star\n1\n"))
    #expect(output.contains("what there is of Demo/star at 127.0.0.1:"))
    #expect(methods(calls) == ["state", "startexp", "state", "endexp", "state", "startexp", "state"])
  }

  /// The directory of the containers appears while the testbed makes the experiment, so that ours can't.
  @Test func whatTheTestbedHasMadeIsTakenAwayWhereItsFilesCantBeWritten() async throws {
    let answers = #"{"directory": "home/proj/Demo/exp/star/containers"}"#
    let (output, calls) = try await output(answers: answers, "create; find home/proj -type f")
    #expect(
      output.hasPrefix("Error: ") && output.hasSuffix("\n1\nhome/proj/Demo/exp/star/containers/file\n"), "\(output)")
    #expect(methods(calls) == ["state", "startexp", "state", "endexp"])
    let kept = try await self.output(answers: answers, "create --debug")
    #expect(kept.output.hasSuffix(" is left there\n1\n"), "\(kept.output)")
    #expect(methods(kept.calls) == ["state", "startexp", "state"])
  }

  /// The user wants out while the testbed is at work.
  @Test(arguments: ["INT", "TERM"]) func whatTheTestbedIsMakingIsTakenAwayOnCtrlC(_ signal: String) async throws {
    // Background processes of a script ignore Ctrl-C unless they are told not to.
    let script = """
      interrupt() {
        env --default-signal=INT containerize --no-image --config site.conf "$@" Demo star star.tcl & process=$!
        for _ in {1..400}; do grep -q startexp calls.txt 2> /dev/null && break; sleep 0.05; done
        kill -\(signal) $process; wait $process; echo $?
      }
      """
    let code = signal == "INT" ? 130 : 143
    let (output, calls) = try await output(
      answers: #"{"pause": 1}"#, "\(script)\ninterrupt; ls home; rm -f calls.txt; create | tail -1")
    #expect(output == "\(code)\ncertificates\n0\n", "\(output)")
    // The file is that of the second time: the name is free.
    #expect(methods(calls) == ["state", "startexp", "state"])
    let kept = try await self.output(answers: #"{"pause": 1}"#, "\(script)\ninterrupt --debug")
    #expect(kept.output.hasSuffix(" is left there\n\(code)\n"), "\(kept.output)")
    #expect(!methods(kept.calls).contains("endexp"))
  }

  @Test func aServerThatDoesntAnswerIsTriedAgain() async throws {
    // A server that is a moment late, and then none.
    let (output, _) = try await output(
      delay: 1,
      """
      create
      kill $server; wait $server 2> /dev/null
      rm -r home/proj
      create
      """)
    let lines = output.split(separator: "\n")
    #expect(lines.first == "Containerized experiment Demo/star successfully created!" && lines[2] == "0", "\(output)")
    #expect(lines[3].hasPrefix("Error: can't connect to ") && lines[4] == "1", "\(output)")
  }

  @Test func withoutTheRightCertificatesNothingIsMade() async throws {
    let (output, calls) = try await output(
      """
      printf 'xmlrpc_certificate = none.pem\\n' | cat site.conf - > a.conf; create --config a.conf
      openssl pkey -aes256 -passout pass:x -in alice.pem -out secret.pem
      printf 'xmlrpc_certificate = secret.pem\\n' | cat site.conf - > b.conf; create --config b.conf
      CONTAINERIZE_HOME=other testbed certificate alice --output wrong.pem > /dev/null
      printf 'xmlrpc_certificate = wrong.pem\\n' | cat site.conf - > c.conf; create --config c.conf
      sed s/server.crt/home.crt/ site.conf > d.conf; cp home/certificates/authority.crt home.crt; create --config d.conf
      grep -v xmlrpc_ca site.conf > e.conf; create --config e.conf
      """)
    let lines = output.split(separator: "\n").map(String.init)
    #expect(lines.first == "Error: none.pem: can't be read: it holds your certificate for the testbed, and its key")
    #expect(lines[2].hasPrefix("Error: secret.pem: the key is protected by a pass phrase"))
    #expect(lines[4].hasPrefix("Error: https://127.0.0.1:") && lines[6].contains("no secure connection"))
    #expect([1, 3, 5, 7].allSatisfy { lines[$0] == "1" })
    #expect(lines[8].hasPrefix("warning: nobody verifies that it is 127.0.0.1:") && lines.last == "0", "\(output)")
    #expect(methods(calls) == ["state", "startexp", "state"])
  }

  @Test func ourOwnServerMakesWhatContainerizeAsksFor() async throws {
    let place = try ServedTestbed()
    try place.folder.write(ServedTestbed.star, to: "star.tcl")
    let output = try await place.served(
      """
      printf '[s]\\nxmlrpc_server = localhost:%s\\nxmlrpc_ca = %s\\nxmlrpc_certificate = %s\\n' $port \\
        "$CONTAINERIZE_HOME/certificates/authority.crt" "$CONTAINERIZE_HOME/certificates/alice.pem" > site.conf
      export CONTAINERIZE_HOME=$PWD/share
      containerize --no-image --config site.conf --default-container embedded_pnode Demo star star.tcl 2>&1
      ls share/proj/Demo/exp/star
      CONTAINERIZE_HOME=$PWD/home testbed expinfo -n Demo star | tail -3 | cut -c 1-28
      """)
    #expect(output.hasPrefix("Containerized experiment Demo/star successfully created!\n"))
    #expect(output.contains("\ncontainers\na               openvz"))
  }
}
