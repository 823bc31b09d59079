import Foundation
import TestSupport
import Testing

/// The web pages, clicked through in a browser.
@Suite(.serialized, .enabled(if: Machine.missing.isEmpty, Machine.reason))
struct WebTests {
  private static let browserReason: Comment = "the pages aren't clicked through, for want of chromedriver and chromium"

  @Test(.enabled(if: Browser.isInstalled, browserReason))
  func anExperimentIsSwappedInAndOutByClicking() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create(
        """
        set a [$ns node]
        set b [$ns node]
        tb-set-node-startcmd $a "echo '<b>done</b>'; exit 3"
        $ns duplex-link $a $b 100Mb 10ms DropTail
        """)
      try await place.serving { url in
        let browser = try await Browser()
        do {
          try await clickThrough(browser, url)
        } catch {
          await browser.quit()
          throw error
        }
        await browser.quit()
      }
      #expect(try await place.status().state == "swapped")
    }
  }

  private func clickThrough(_ browser: Browser, _ url: String) async throws {
    try await browser.open(url)
    try await browser.click("a[href='/experiments/P1/e1']")
    try await browser.wait { try await $0.count("#picture .node.unknown") == 2 }
    try await browser.click("form[action$='/swapin'] button")
    try await browser.wait { browser in
      let hasButton = try await browser.count("form[action$='/swapin']") > 0
      return try await browser.run("return document.readyState") as? String == "complete" && !hasButton
    }
    // It goes on by itself: nothing is loaded anew.
    try await browser.run("window.isTheSamePage = true")
    try await browser.wait { try await $0.text("#summary .chip") == "active" }
    try await browser.wait { try await $0.text("#node-a td:nth-of-type(2)") == "3" }
    #expect(try await browser.text("#node-b td:nth-of-type(1)") == "booted")
    #expect(try await browser.count("#picture .node.failed") == 1)
    #expect(try await browser.count("#picture .node.booted") == 1)
    #expect(try await browser.text("#links").contains("as asked"))
    #expect(try await browser.text("#events").contains("2 nodes up"))
    #expect(try await browser.run("return window.isTheSamePage") as? Bool == true)

    try await browser.click("#node-a a")
    try await browser.wait { try await $0.text("#record pre").hasPrefix("<b>done</b>") }
    #expect(try await browser.text("#record").contains("ended with status 3"))
    try await browser.click(".crumbs a:last-of-type")

    try await browser.click("form[action$='/measure'] button")
    try await browser.wait { try await $0.count("form[action$='/measure'] button") == 1 }
    try await browser.click("form[action$='/swapout'] button")
    try await browser.wait { try await $0.text("#summary .chip") == "swapped" }
    try await browser.wait { try await $0.count("#picture .node.unknown") == 2 }
    #expect(try await browser.complaints().isEmpty)
  }

  @Test func whatWasBegunOnAPageGoesOnWithoutTheServer() async throws {
    try await LocalTestbedPlace.with { place in
      try await place.create("set a [$ns node]\nset b [$ns node]\n$ns duplex-link $a $b 100Mb 10ms DropTail")
      try await place.serving { url in
        let (base, token) = (url.prefix { $0 != "?" }.dropLast(), url.split(separator: "=")[1])
        // The server is killed as soon as it has answered.
        let result = try await place.bash(
          """
          set -e
          curl -sS -c jar -o /dev/null '\(base)/?token=\(token)'
          code=$(curl -sS -b jar '\(base)/' | sed -nE 's/.*name="code" value="([0-9a-f]*)".*/\\1/p')
          curl -sS -b jar -o /dev/null -w '%{http_code}' --data "code=$code" '\(base)/experiments/P1/e1/swapin'
          """)
        #expect(result.output == "303", "\(result.errors)")
      }
      for _ in 0..<600 where try await place.status().state != "active" {
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(try await place.status().state == "active")
    }
  }
}

extension LocalTestbedPlace {
  /// Does something while `testbed serve` runs, which is killed then.
  func serving(_ body: (_ url: String) async throws -> Void) async throws {
    let server = try BackgroundProgram(
      "\(Program.directory)/testbed", ["serve", "--status-port", "0", "--web-port", "0", "--xmlrpc-port", "0"],
      environment: environment)
    defer { server.kill() }
    let line = try #require(server.line { $0.hasPrefix("web pages: ") })
    try await body(String(line.dropFirst("web pages: ".count)))
  }
}
