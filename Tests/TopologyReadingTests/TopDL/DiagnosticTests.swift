import Testing
import TopologyReading

@Suite struct DiagnosticTests {
  @Test(
    "Diagnostics are printed as editors know them",
    arguments: [
      (Diagnostic(file: "x.ns", line: 3, message: "m"), "x.ns:3: m"),
      (Diagnostic(file: "x.ns", line: 3, severity: .warning, message: "m"), "x.ns:3: warning: m"),
      (Diagnostic(file: "x.ns", message: "m"), "x.ns: m"),
    ])
  func printed(diagnostic: Diagnostic, text: String) {
    #expect(diagnostic.description == text)
  }

  @Test func theFirstFiftyArePrinted() {
    let diagnostics = (1...60).map { Diagnostic(file: "x", line: $0, message: "m") }
    #expect(ReadError(Array(diagnostics.prefix(50))).description.split(separator: "\n").count == 50)
    #expect(ReadError(diagnostics).description.hasSuffix("x:50: m\n… and 10 more"))
  }
}
