import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Swapping
import SystemPackage
import TestSupport
import Testbed
import Testing
import WebPages

/// The pages of a testbed of its own, served to whoever asks by real HTTP.
struct RunningSite: Sendable {
  /// The testbed's directory.
  let home: URL
  /// Where the pages are, without a path.
  let base: String
  let token: String
  private let client: HTTPClient

  /// Does something with the pages.
  static func with(_ body: (Self) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let home = folder.url.resolvingSymlinksInPath()
    let testbed = try LocalTestbed(
      ExperimentStore(root: FilePath(home.path)), programs: FilePath(Program.directory)
    ) { _ in }
    let token = try AccessToken(file: FilePath(home.appending(path: "web-token").path))
    let (urls, continuation) = AsyncStream<String>.makeStream()
    let server = WebServer(
      testbed, address: "127.0.0.1", port: 0, token: token, draw: { try await draw($0) },
      onRunning: { continuation.yield($0) })
    let group = ServiceGroup(services: [server], logger: Logger(label: "test"))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      let url = try #require(await urls.first { _ in true })
      let site = Self(
        home: home, base: String(url.prefix { $0 != "?" }.dropLast()), token: token.text,
        client: HTTPClient(configuration: .init(redirectConfiguration: .disallow)))
      do {
        try await body(site)
      } catch {
        try await site.client.shutdown()
        await group.triggerGracefulShutdown()
        throw error
      }
      try await site.client.shutdown()
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
    withExtendedLifetime(folder) {}
  }

  private static func draw(_ dot: String) async throws -> [UInt8] {
    let graphviz = try #require(Program.installed("dot"))
    return try await graphviz.run(["-Tsvg"], input: dot).bytes
  }

  /// Creates an experiment.
  func create(_ name: String, _ script: String, options: [String] = ["--default-container", "openvz"]) async throws {
    let file = home.appending(path: "\(name).tcl")
    try Data("set ns [new Simulator]\nsource tb_compat.tcl\n\(script)\n$ns run\n".utf8).write(to: file)
    let result = try await Program.built("containerize").run(
      ["--no-image"] + options + ["P1", name, file.path], environment: ["CONTAINERIZE_HOME": home.path])
    try #require(result.status == 0, "\(result.errors)")
  }

  /// What a request is answered with.
  struct Answer {
    var status: Int
    var headers: HTTPHeaders
    var text: String
  }

  /// Makes a request.
  func ask(
    _ path: String, method: HTTPMethod = .GET, headers: [String: String] = [:], form: [String: String]? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: base + path)
    request.method = method
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if let form {
      request.headers.replaceOrAdd(name: "Content-Type", value: "application/x-www-form-urlencoded")
      request.body = .bytes(ByteBuffer(string: form.map { "\($0.key)=\($0.value)" }.joined(separator: "&")))
    }
    let response = try await client.execute(request, timeout: .minutes(10))
    let body = try await response.body.collect(upTo: 1 << 26)
    return Answer(status: Int(response.status.code), headers: response.headers, text: String(buffer: body))
  }

  /// Signs in.
  ///
  /// - Returns: What the session's requests have.
  func session() async throws -> [String: String] {
    let answer = try await ask("/?token=\(token)")
    let cookie = try #require(answer.headers.first(name: "Set-Cookie"))
    return ["Cookie": String(cookie.prefix { $0 != ";" })]
  }

  /// What the forms of a page have.
  func formCode(_ session: [String: String], at path: String = "/") async throws -> String {
    let text = try await ask(path, headers: session).text
    let rest = try #require(text.components(separatedBy: "name=\"code\" value=\"").dropFirst().first)
    return String(rest.prefix { $0 != "\"" })
  }

  /// The events of a page, which end when `body` has seen enough.
  func changes(
    _ path: String, _ session: [String: String], until isEnough: (String) async throws -> Bool
  ) async throws -> String {
    var request = HTTPClientRequest(url: base + path)
    for (name, value) in session { request.headers.add(name: name, value: value) }
    let response = try await client.execute(request, timeout: .minutes(10))
    var text = ""
    for try await part in response.body {
      text += String(buffer: part)
      if try await isEnough(text) { break }
    }
    return text
  }
}
