import Foundation
import NIOHTTP1
import SystemPackage
import TestSupport
import Testing
import WebPages

struct AccessTests {
  private static let script = "set a [$ns node]\nset b [$ns node]\n$ns duplex-link $a $b 10Mb 2ms DropTail"

  @Test func whoHasNoTokenSeesNothing() async throws {
    try await RunningSite.with { site in
      try await site.create("e1", Self.script)
      for path in [
        "/", "/changes", "/experiments/P1/e1", "/experiments/P1/e1/changes", "/experiments/P1/e1/picture.svg",
        "/experiments/P1/e1/nodes/a", "/experiments/P1/e1/nodes/a/changes", "/experiments/P1/e1/end",
        "/experiments/P1/e9",
      ] {
        let answer = try await site.ask(path)
        #expect(answer.status == 401, "\(path)")
        #expect(!answer.text.contains("e1"))
      }
      #expect(try await site.ask("/experiments/P1/e1/swapin", method: .POST, form: [:]).status == 401)
      #expect(try await site.ask("/?token=\(String(site.token.reversed()))").status == 403)
      #expect(try await site.ask("/?token=").status == 403)
      #expect(try await site.ask("/style.css").status == 200)
    }
  }

  @Test func theTokenIsGivenOnceForASession() async throws {
    try await RunningSite.with { site in
      let answer = try await site.ask("/?token=\(site.token)")
      #expect(answer.status == 303 && answer.headers.first(name: "Location") == "/")
      let cookie = try #require(answer.headers.first(name: "Set-Cookie"))
      #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(site.token))
      let session = ["Cookie": String(cookie.prefix { $0 != ";" })]
      #expect(try await site.ask("/", headers: session).status == 200)
      #expect(try await site.ask("/sign-in", method: .POST, form: ["token": site.token]).status == 303)
      #expect(try await site.ask("/sign-in", method: .POST, form: ["token": "0"]).status == 403)
      // Whoever changes the end of a session, or its signature, has none.
      let value = try #require(session["Cookie"])
      let longer = value.replacing("session=1", with: "session=9")
      let other = value.dropLast() + (value.hasSuffix("0") ? "1" : "0")
      for forged in [longer, String(other), "containerize-session=", "containerize-session=a.b.c"] {
        #expect(try await site.ask("/", headers: ["Cookie": forged]).status == 401, "\(forged)")
      }
    }
  }

  @Test func formsOfOtherPagesAreRefused() async throws {
    try await RunningSite.with { site in
      try await site.create("e1", Self.script)
      let session = try await site.session()
      let code = try await site.formCode(session)
      let end = "/experiments/P1/e1/end"
      let others = try await site.formCode(try await site.session())
      for form in [[:], ["code": ""], ["code": "00"], ["code": others]] {
        #expect(try await site.ask(end, method: .POST, headers: session, form: form).status == 403)
      }
      for (name, value) in [
        ("Origin", "http://evil.example"), ("Origin", "null"), ("Origin", "http://127.0.0.1:1"),
        ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
      ] {
        let headers = session.merging([name: value]) { $1 }
        let answer = try await site.ask(end, method: .POST, headers: headers, form: ["code": code])
        #expect(answer.status == 403, "\(name): \(value)")
      }
      #expect(try await site.ask("/experiments/P1/e1", headers: session).status == 200)
      let own = session.merging(["Origin": site.base, "Sec-Fetch-Site": "same-origin"]) { $1 }
      #expect(try await site.ask(end, method: .POST, headers: own, form: ["code": code]).status == 303)
    }
  }

  @Test(arguments: [
    ("evil.example", 421), ("evil.example:6331", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421),
    ("localhost:9000", 200), ("127.0.0.1:9000", 200), ("[::1]:80", 200), ("testbed.localhost", 200), ("", 421),
  ])
  func namesThatStrangersMayHaveLeadNowhere(host: String, status: Int) async throws {
    try await RunningSite.with { site in
      let headers = try await site.session().merging(["Host": host]) { $1 }
      let answer = try await site.ask("/", headers: headers)
      #expect(answer.status == status || host.isEmpty && answer.status == 400)
    }
  }

  @Test func everyAnswerKeepsBrowsersFromRunningWhatIsNotOurs() async throws {
    try await RunningSite.with { site in
      let session = try await site.session()
      for path in ["/", "/style.css", "/nothing", "/experiments/P1/e9"] {
        let headers = try await site.ask(path, headers: session).headers
        let policy = headers.first(name: "Content-Security-Policy") ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe") && !policy.contains("*"))
        #expect(headers.first(name: "X-Content-Type-Options") == "nosniff")
        #expect(headers.first(name: "Cache-Control") == "no-store")
      }
    }
  }

  @Test func placesThatAreNotThereSaySo() async throws {
    try await RunningSite.with { site in
      let session = try await site.session()
      for path in [
        "/nothing", "/experiments", "/experiments/P1", "/experiments/P1/e9", "/experiments/P1/e9/swapin/x",
        "/experiments/../web-token", "/experiments/P1/..", "/experiments/%2e%2e/%2e%2e", "/experiments/P1/e1%2f..",
        "/web-token", "/experiments/P1/e9/nodes/..%2f..%2fweb-token", "//experiments/P1/e9",
      ] {
        #expect(try await site.ask(path, headers: session).status == 404, "\(path)")
      }
      for (path, method) in [
        ("/", HTTPMethod.POST), ("/", .DELETE), ("/experiments/P1/e1/swapin", .GET), ("/experiments/P1/e1", .PUT),
      ] {
        let answer = try await site.ask(path, method: method, headers: session)
        #expect(answer.status == 405, "\(method) \(path)")
        #expect(answer.headers.first(name: "Allow")?.isEmpty == false)
      }
      #expect(try await site.ask("/", method: .HEAD, headers: session).text.isEmpty)
    }
  }

  @Test func theTokenIsInAFileThatOnlyItsOwnerReads() throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "web-token")
    let file = FilePath(url.path)
    let token = try AccessToken(file: file)
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(token.text.utf8.count == 64)
    #expect(try AccessToken(file: file).text == token.text)

    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: url.path)
    #expect(throws: WebError.self) { try AccessToken(file: file) }
    try FileManager.default.removeItem(at: url)
    #expect(try AccessToken(file: file).text != token.text)
    try Data("short".utf8).write(to: url)
    #expect(throws: WebError.self) { try AccessToken(file: file) }
    try FileManager.default.removeItem(at: url)
    try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: "/etc/passwd")
    #expect(throws: WebError.self) { try AccessToken(file: file) }
  }
}
