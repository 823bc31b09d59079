internal import Commands
internal import ArgumentParser
internal import EmulabService
internal import ServiceLifecycle
internal import Swapping
internal import Testbed
internal import XMLRPC
internal import XMLRPCServing

/// The options of Emulab's XML-RPC interface, and what serves it.
struct EmulabServers: ParsableArguments {
  @Option(
    help: "The port of Emulab's XML-RPC interface, for who has a certificate (\"testbed certificate\"); 0 for any.")
  var xmlrpcPort = EmulabService.port

  @Option(help: "A port of 127.0.0.1 for the same without TLS, for this machine's users; 0 for any.")
  var xmlrpcHttpPort: Int?

  func validate() throws {
    for port in [xmlrpcPort, xmlrpcHttpPort ?? 0] where !(0...65_535).contains(port) {
      throw ValidationError("\(port) is no port: 0 to 65535")
    }
  }

  /// The servers.
  ///
  /// - Throws: If there is no certificate to serve with.
  func services(of testbed: LocalTestbed, address: String) throws -> [any Service] {
    let root = try ExperimentStore(environment: Environment.current).root
    let service = EmulabService(testbed, members: ProjectMembers(root: root), programs: OwnProgram.directory)
    let authority = try CertificateAuthority(root: root)
    let server = try authority.server(address: address)
    let access = XMLRPCServer.Access.certificates(
      server: server.certificate, key: server.key, authority: authority.certificate)
    var services = [Self.server("https", address, xmlrpcPort, access, service)]
    if let xmlrpcHttpPort { services.append(Self.server("http", "127.0.0.1", xmlrpcHttpPort, .thisMachine, service)) }
    return services
  }

  private static func server(
    _ scheme: String, _ address: String, _ port: Int, _ access: XMLRPCServer.Access, _ service: EmulabService
  ) -> XMLRPCServer {
    XMLRPCServer(address: address, port: port, path: EmulabService.path, access: access) { address in
      try? Console.write("XML-RPC: \(scheme)://\(address)\(EmulabService.path)\n")
    } handler: { call, peer in
      guard let caller = Caller(peer) else { return .fault(code: 1, text: "nobody knows who you are") }
      return await service.answer(to: call, from: caller)
    }
  }
}

extension Caller {
  fileprivate init?(_ peer: XMLRPCPeer) {
    switch peer {
    case .certificate(let name): self.init(user: name)
    case .localUser(let number): self.init(userNumber: number)
    }
  }
}
