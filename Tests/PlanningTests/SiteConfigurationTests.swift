import Planning
import Testing
import TopologyModel

@Suite struct SiteConfigurationTests {
  private func site(_ text: String) throws -> SiteConfiguration {
    try SiteConfiguration(parsing: text, file: "site.conf")
  }

  private func problems(_ text: String) -> [String] {
    do throws(PlanningError) {
      _ = try SiteConfiguration(parsing: text, file: "site.conf")
      return []
    } catch {
      return error.problems
    }
  }

  @Test func anEmptyFileHasTheDocumentedDefaults() throws {
    let site = try site("")
    #expect(site == SiteConfiguration())
    #expect(site[.baseURL] == "http://www.isi.deterlab.net/")
    #expect(site[.openvzGuestURL] == "/share/containers/images/ubuntu-10.04-x86.tar.gz")
    #expect(site.hostHardware == ["pc2133", "bpc2133", "MicroCloud"])
    #expect(site[.openvzHostOS] == "CentOS6-64-openvz")
    #expect(site[.qemuHostOS] == "Ubuntu1604-STD")
    #expect(site.openvzTemplateDirectories == ["/share/containers/images/"])
    #expect(site.switchedContainers == [.qemu, .process])
    #expect(site.switchShaping)
    #expect(site.xmlrpcServer == nil)
    #expect(site.topdlConverter == nil)
    #expect(site[.defaultRouter] == nil)
  }

  @Test func everySyntaxOfConfigParserIsRead() throws {
    let site = try site(
      """
      # a comment
      ; another
      [DEFAULT]
      qemu_host_hw = given way
      [anything]
      Exec_Root: /opt/containers
      qemu_host_hw=pc,
        # a comment between lines
         bpc
      url_base = http://testbed.example/?a=b:c
      colour : 100%% blue
      node_log = %(EXEC_ROOT)s/%(colour)s.log
      switch_shaping = Off
      switched_containers = qemus
      """)
    #expect(site[.executableRoot] == "/opt/containers")
    #expect(site[.openvzGuestURL] == "/opt/containers/images/ubuntu-10.04-x86.tar.gz")
    #expect(site.hostHardware == ["pc", "bpc"])
    #expect(site[.baseURL] == "http://testbed.example/?a=b:c")
    #expect(site["Colour"] == "100% blue")
    #expect(site[.nodeLog] == "/opt/containers/100% blue.log")
    #expect(!site.switchShaping)
    #expect(site.switchedContainers == [.qemu])
  }

  @Test(arguments: [
    ("1", true), ("yes", true), ("True", true), ("ON", true), ("0", false), ("no", false), ("false", false),
    ("off", false),
  ])
  func booleansAreThoseOfConfigParser(text: String, value: Bool) throws {
    #expect(try site("[s]\nswitch_shaping = \(text)").switchShaping == value)
  }

  @Test(arguments: [
    ("key = 1", "site.conf:1: a section such as `[containers]` comes before the first key"),
    ("[s]\n\nnonsense", "site.conf:3: `nonsense` is neither `key = value` nor a section nor a comment"),
    ("[s]\n= 3", "site.conf:2: no key stands before `=`"),
    ("[s\na = 1", "site.conf:1: a section's name ends with `]`"),
    ("[s]\na = 1\nA: 2", "site.conf:3: `a` is given already, in line 2"),
    ("[s]\na = 1\n[t]\na = 2", "site.conf:4: `a` is given already, in line 2"),
    ("[s]\na = %(b)s", "site.conf:2: there is no `b` to put in `%(b)s`"),
    ("[s]\na = 50%", "site.conf:2: a `%` is followed by `%` or by `(name)s`"),
    ("[s]\na = %(b", "site.conf:2: a `%` is followed by `%` or by `(name)s`"),
    ("[s]\na = %(a)s", "site.conf:2: `a` refers to itself: a → a"),
    ("[s]\nswitch_shaping = perhaps", "site.conf:2: `switch_shaping` is `true` or `false`, not `perhaps`"),
    ("[s]\nswitched_containers = qemu,vm", "site.conf:2: `switched_containers` names no container kind with `vm`"),
  ])
  func aMistakeIsReportedWithItsLine(text: String, message: String) {
    #expect(problems(text) == [message])
  }

  @Test func allMistakesAreReportedAtOnce() {
    let problems = problems("[s]\na = %(b)s\nb = %(a)s\nnonsense\nswitch_shaping = 2")
    #expect(
      problems == [
        "site.conf:4: `nonsense` is neither `key = value` nor a section nor a comment",
        "site.conf:2: `a` refers to itself: a → b → a",
        "site.conf:3: `b` refers to itself: b → a → b",
        "site.conf:5: `switch_shaping` is `true` or `false`, not `2`",
      ])
  }

  @Test func aSmallFileCannotAskForAHugeValue() {
    let doubling = (0..<9).map { "a\($0) = " + String(repeating: "%(a\($0 + 1))s", count: 100) }
    let text = (["[s]", "a9 = 0123456789"] + doubling).joined(separator: "\n")
    #expect(problems(text).contains { $0.hasSuffix("the value is longer than 65536 bytes") })
    let nested = (0..<20).map { "b\($0) = %(b\($0 + 1))s" } + ["b20 = 1"]
    #expect(
      problems((["[s]"] + nested).joined(separator: "\n")).contains {
        $0.hasSuffix("references are nested more than 10 deep")
      })
  }

  @Test func whatIsWrittenReadsAsTheSameValue() throws {
    var site = try site(
      "[x]\nunknown = 10%% of %(exec_root)s\nqemu_host_hw = a,\n  b\n  c\nempty =\nhash = #1\nfolded = %(hash)s\n more\n"
    )
    site[.switchShaping] = "no"
    site[.xmlrpcServer] = "boss.example:3069"
    site[.defaultRouter] = "10.0.0.1"
    site[.nodeLog] = nil
    site[.backendServer] = "100%\n # not a comment \n\n host"
    #expect(try SiteConfiguration(parsing: site.text, file: "copy") == site.settingDefault(.nodeLog))
    #expect(site.text.hasPrefix("[containers]\nmaverick_url = http://"))
    #expect(site.text.contains("unknown = 10%% of /share/containers\n"))
    #expect(site.hostHardware == ["a", "b", "c"])
    #expect(site[.backendServer] == "100%\nhost")
  }

  @Test func overridesKeepTheDocumentedOrder() throws {
    var one = try site("[s]\nother = 1")
    one[.xmlrpcServer] = "a:1"
    #expect(try one == site("[s]\nother = 1\nxmlrpc_server = a:1"))
    one[.xmlrpcServer] = nil
    #expect(try one == site("[s]\nother = 1"))
  }
}

extension SiteConfiguration {
  /// With a key's default put back, as a file that leaves the key out has it.
  fileprivate func settingDefault(_ key: Key) -> Self {
    var copy = self
    copy[key] = SiteConfiguration()[key]
    return copy
  }
}
