import Testing
import TopologyReading

/// Scripts from strangers: none reaches outside, and each ends in bounded time.
@Suite struct NS2HostileTests {
  @Test(
    "What reaches outside is refused",
    arguments: [
      "exec id", "open /etc/passwd", "socket localhost 80", "glob *", "cd /", "pwd", "file exists /etc/passwd",
      "file delete /tmp/x", "load libevil.so", "source /etc/passwd", "interp create x", "after 100000", "vwait forever",
      "gets stdin", "read stdin", "pid", "encoding system", "update", "info hostname", "info nameofexecutable",
      "set env(HOME)", "puts $env(PATH)", "puts file5 x", "zlib compress x", "::tcl::file::open x",
      "interp invokehidden {} exec id", "namespace eval ::tcl { exec id }", "::tcl::unsupported::representation x",
    ])
  func refuses(command: String) {
    let found = complaints { try readBody(command) }
    #expect(found.count == 1 && found.first?.hasPrefix("3: ") == true, "\(found)")
  }

  @Test(
    "What never ends is stopped",
    arguments: [
      "while 1 {}", "while 1 {incr i}", "proc f {} {f2}; proc f2 {} {while 1 {}}; f",
      "for {} 1 {} {catch {while 1 {}}}",
    ])
  func stops(command: String) {
    let clock = ContinuousClock()
    let duration = clock.measure {
      let found = complaints { try readBody(command, limits: NS2Limits(seconds: 1)) }
      #expect(found == ["0: the script was stopped: it takes a processor more than 1 s"])
    }
    #expect(duration < .seconds(10))
  }

  @Test(
    "What only looks dangerous is read",
    arguments: [
      "set x 1; trace add variable x unset {while 1 {} ;#}", "time {} -5", "proc info args {while 1 {}}",
      "proc unknown args {}; anything", "set d \\ud800; tb-set-node-startcmd $a $d",
      "for {set i 0} {$i < 20000} {incr i} {set v$i $i}",
    ])
  func reads(command: String) throws {
    #expect(try readBody(command + "; set e [$ns node]").topology.computer("e") != nil)
  }

  @Test func recursionEnds() {
    let found = complaints { try readBody("proc f {} {f}; f") }
    #expect(found.first?.contains("too many nested evaluations") == true)
  }

  @Test func objectsAreCounted() {
    let limits = NS2Limits(objects: 100)
    let found = complaints { try readBody("while 1 { $ns node }", limits: limits) }
    #expect(found.first?.contains("the script makes more than 100 nodes, links and other objects") == true)
  }

  @Test func outputIsCounted() throws {
    let limits = NS2Limits(outputBytes: 10)
    let found = complaints { try readBody("while 1 { puts hello }", limits: limits) }
    #expect(found == ["3: the script prints more than 10 bytes"])
    #expect(try readBody("puts hello; puts stderr you; puts -nonewline stdout x").output == "hello\nyou\nx")
  }

  @Test func largeFilesAreRefused() {
    let found = complaints { try readBody("", limits: NS2Limits(fileBytes: 20)) }
    #expect(found == ["0: is larger than 20 bytes, the most an NS-2 file may have"])
  }

  @Test func mistakesInLoopsAreReportedUpToALimit() {
    let found = complaints { try readBody("for {set i 0} {$i < 5000} {incr i} { tb-set-cpu-usage 9 }") }
    #expect(found.count == 1000)
  }

  @Test func theSameFileGivesTheSameTopology() throws {
    let body = "for {set i 0} {$i < 9} {incr i} { if {rand() < 0.5} { $ns node }; expr {srand([clock seconds])} }"
    #expect(try readBody(body).topology == readBody(body).topology)
  }
}
