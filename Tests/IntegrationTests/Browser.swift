import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

/// A headless Chromium, told what to do over the WebDriver protocol.
///
/// > W3C. "WebDriver", Recommendation of 2018.
struct Browser: Sendable {
  /// Whether there is one here.
  static let isInstalled = Program.installed("chromedriver") != nil && Program.installed("chromium") != nil

  private let driver: BackgroundProgram
  private let session: URL

  /// Starts it.
  init() async throws {
    driver = try BackgroundProgram("/usr/bin/chromedriver", ["--port=0"])
    let line = try #require(driver.line { $0.contains("started successfully on port") })
    let port = try #require(line.split(separator: " ").last.flatMap { Int($0.filter(\.isNumber)) })
    let root = try #require(URL(string: "http://127.0.0.1:\(port)/session"))
    let options: [String: Any] = [
      "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1400,1000", "--disable-dev-shm-usage"]
    ]
    let wishes: [String: Any] = ["goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"]]
    let answer = try await Self.call(root, ["capabilities": ["alwaysMatch": wishes]])
    let identifier = try #require((answer as? [String: Any])?["sessionId"] as? String)
    session = root.appending(path: identifier)
  }

  /// Ends it.
  func quit() async {
    _ = try? await Self.call(session, nil, method: .DELETE)
    driver.kill()
  }

  /// Opens a page.
  func open(_ url: String) async throws { _ = try await call("url", ["url": url]) }

  /// Clicks on an element, as soon as there is one.
  func click(_ selector: String) async throws {
    try await wait { try await $0.count(selector) > 0 }
    let found = try await call("element", ["using": "css selector", "value": selector]) as? [String: String]
    let element = try #require(found?.values.first)
    _ = try await call("element/\(element)/click", [:])
  }

  /// Runs a script.
  @discardableResult
  func run(_ script: String) async throws -> Any? { try await call("execute/sync", ["script": script, "args": []]) }

  /// What an element shows; nothing where there is none.
  func text(_ selector: String) async throws -> String {
    try await run("return document.querySelector(\"\(selector)\")?.innerText ?? ''") as? String ?? ""
  }

  /// How many elements there are.
  func count(_ selector: String) async throws -> Int {
    try await run("return document.querySelectorAll(\"\(selector)\").length") as? Int ?? 0
  }

  /// What the browser complains of: scripts that fail, what a page's policy doesn't allow.
  func complaints() async throws -> [String] {
    let entries = try await call("se/log", ["type": "browser"]) as? [[String: Any]] ?? []
    return entries.filter { $0["level"] as? String == "SEVERE" }.compactMap { $0["message"] as? String }
  }

  /// Waits until something holds.
  func wait(until holds: (Self) async throws -> Bool) async throws {
    for _ in 0..<600 {
      if try await holds(self) { return }
      try await Task.sleep(for: .milliseconds(100))
    }
    let page = try await text("main")
    Issue.record("what was waited for didn't happen; the page shows: \(page)")
    throw CancellationError()
  }

  private func call(_ command: String, _ body: [String: Any]) async throws -> Any? {
    try await Self.call(session.appending(path: command), body)
  }

  private static func call(_ url: URL, _ body: [String: Any]?, method: HTTPMethod = .POST) async throws -> Any? {
    var request = HTTPClientRequest(url: url.absoluteString)
    request.method = method
    if let body { request.body = .bytes(try JSONSerialization.data(withJSONObject: body)) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(120))
    let bytes = Array(buffer: try await response.body.collect(upTo: 1 << 26))
    let answer = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    if let problem = answer?["value"] as? [String: Any], let error = problem["error"] {
      throw BrowserError(description: "\(error): \(problem["message"] ?? "")")
    }
    return answer?["value"]
  }
}

/// What the browser's driver refuses.
struct BrowserError: Error, CustomStringConvertible {
  let description: String
}
