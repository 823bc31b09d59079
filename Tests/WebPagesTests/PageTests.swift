import Foundation
import NIOHTTP1
import TestSupport
import Testing

struct PageTests {
  private static let star = """
    set center [$ns node]
    for {set i 0} {$i < 3} {incr i} {
      set n($i) [$ns node]
      $ns duplex-link $center $n($i) 100Mb 10ms DropTail
    }
    """

  @Test func anExperimentIsReadableWithoutScript() async throws {
    try await RunningSite.with { site in
      try await site.create("e1", Self.star, options: ["--default-container", "openvz", "--packing", "2"])
      let session = try await site.session()
      let list = try await site.ask("/", headers: session).text
      #expect(list.contains("href=\"/experiments/P1/e1\"") && list.contains(">swapped</span>"))
      let page = try await site.ask("/experiments/P1/e1", headers: session).text
      for node in ["center", "n-0", "n-1", "n-2"] {
        #expect(page.contains("<a href=\"/experiments/P1/e1/nodes/\(node)\">\(node)</a>"))
      }
      #expect(page.contains("4 nodes on 2 hosts"))
      #expect(page.contains("<form method=\"post\" action=\"/experiments/P1/e1/swapin\">"))
    }
  }

  @Test func thePictureIsColouredByState() async throws {
    try #require(Program.installed("dot") != nil, "Graphviz draws it")
    try await RunningSite.with { site in
      try await site.create("e1", Self.star)
      let session = try await site.session()
      var page = ""
      _ = try await site.changes("/experiments/P1/e1/changes", session) { $0.contains("<svg") }
      page = try await site.ask("/experiments/P1/e1", headers: session).text
      let shapes = page.components(separatedBy: "class=\"node unknown\"").count - 1
      #expect(shapes == 4)
      #expect(page.contains("<a href=\"/experiments/P1/e1/nodes/n-0\" tabindex=\"-1\"><title>n-0</title>"))
      let picture = try await site.ask("/experiments/P1/e1/picture.svg", headers: session)
      #expect(picture.headers.first(name: "Content-Type")?.hasPrefix("image/svg+xml") == true)
      let lint = try #require(Program.installed("xmllint"))
      #expect(try await lint.run(["--noout", "--nonet", "-"], input: picture.text).status == 0)
    }
  }

  @Test func whatUsersWroteIsShownAndNotRun() async throws {
    try await RunningSite.with { site in
      try await site.create(
        "e1",
        #"""
        set a [$ns node]
        tb-set-node-startcmd $a {echo "<script>alert(1)</script>" && echo '</pre><img src=x onerror=alert(2)>'}
        """#)
      let session = try await site.session()
      let page = try await site.ask("/experiments/P1/e1/nodes/a", headers: session).text
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("&lt;img src=x onerror"))
      #expect(!page.contains("<script>") && !page.contains("<img"))
      for path in ["/", "/experiments/P1/e1", "/experiments/P1/e1/nodes/a"] {
        let text = try await site.ask(path, headers: session).text
        #expect(text.components(separatedBy: "<script").count == 2, "only our own script: \(path)")
        #expect(!text.contains(" style=\"") && !text.contains("javascript:"))
      }
      #expect(try await site.ask("/experiments/P1/e1/nodes/%3Cb%3E", headers: session).text.contains("&lt;b&gt;"))
    }
  }

  @Test func endingAsksFirstAndThenRemovesTheExperiment() async throws {
    try await RunningSite.with { site in
      try await site.create("e1", Self.star)
      let session = try await site.session()
      let question = try await site.ask("/experiments/P1/e1/end", headers: session)
      #expect(question.status == 200 && question.text.contains("This can't be undone."))
      #expect(try await site.ask("/", headers: session).text.contains("/experiments/P1/e1"))
      let code = try await site.formCode(session)
      let answer = try await site.ask("/experiments/P1/e1/end", method: .POST, headers: session, form: ["code": code])
      #expect(answer.status == 303 && answer.headers.first(name: "Location") == "/")
      // Whoever looks at the list is told.
      _ = try await site.changes("/changes", session) { $0.contains("There are no experiments yet") }
      #expect(try await site.ask("/experiments/P1/e1", headers: session).status == 404)
    }
  }

  @Test func whatCanNotBeDoneNowIsRefusedWithTheReason() async throws {
    try await RunningSite.with { site in
      try await site.create("e1", Self.star)
      let session = try await site.session()
      let code = try await site.formCode(session)
      for (action, reason) in [
        ("swapout", "swapped out already"), ("measure", "swapped out already"), ("cancel", "nothing to cancel"),
      ] {
        let answer = try await site.ask(
          "/experiments/P1/e1/\(action)", method: .POST, headers: session, form: ["code": code])
        #expect(answer.status == 409 && answer.text.contains(reason), "\(action)")
      }
    }
  }

  @Test func pagesFollowWhatChanges() async throws {
    try await RunningSite.with { site in
      try await site.create("e1", Self.star)
      let session = try await site.session()
      // Of a page that is as it was nothing is sent; of another all is.
      let page = try await site.ask("/", headers: session).text
      let path = try #require(page.components(separatedBy: "data-changes=\"").dropFirst().first?.prefix { $0 != "\"" })
      var isCreated = false
      let events = try await site.changes(String(path), session) { text in
        if !isCreated {
          #expect(text == ":\n\n")
          try await site.create("e2", Self.star)
          isCreated = true
        }
        return text.contains("/experiments/P1/e2")
      }
      #expect(events.contains("data: [{"))
      let all = try await site.changes("/changes?version=0", session) { $0.hasSuffix("\n\n") }
      #expect(all.hasPrefix("id: ") && all.contains("\"id\":\"experiments\""))
    }
  }
}
