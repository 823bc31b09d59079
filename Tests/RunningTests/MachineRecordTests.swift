import Foundation
import Testing

@testable import Running

/// What a virtual machine says that its start command has written.
struct MachineRecordTests {
  private func said(_ record: MachineRecord, limit: Int = 100, _ lines: (_ question: [String]) -> [String])
    -> StartCommandRecord?
  {
    record.ask(limit: limit, while: { false }) { question in
      for line in lines(question.split(separator: " ").map(String.init)) {
        let words = line.split(separator: " ", maxSplits: 1)
        record.take(words[0], words.count > 1 ? String(words[1]) : "")
      }
    }
  }

  private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  @Test func itSaysItByPartsAndOnlyWhatIsNew() {
    let record = MachineRecord()
    #expect(record.known == nil)
    let first = said(record) { question in
      #expect(question == ["record", "1", "100", "-", "-", "-"])
      return [
        "file 1 out 1006.5", "part 1 \(base64("one two").prefix(5))", "part 1 \(base64("one two").dropFirst(5))",
        "file 1 log 4.5", "part 1 \(base64("log\n"))", "recorded 1",
      ]
    }
    #expect(first?.output == FileEnd(text: "one two", omittedBytes: 999))
    #expect(first?.log == FileEnd(text: "log\n", omittedBytes: 0) && first?.errors == nil)
    let second = said(record) { question in
      #expect(question == ["record", "2", "100", "1006.5", "-", "4.5"])
      return ["file 2 out 1006.5", "file 2 log 8.6", "part 2 \(base64("log\nmore"))", "recorded 2"]
    }
    #expect(second?.output == first?.output && second?.log?.text == "log\nmore" && record.known == second)
  }

  @Test func whoeverIsRootThereGetsNothingElseKept() {
    let record = MachineRecord()
    let answer = said(record, limit: 6) { _ in
      [
        "part 1 eA==", "file 1 out 3.1", "file 7 err 3.1", "part 7 eA==", "file 1 passwd 3.1", "file 1",
        "file 1 log x.y",
      ]
        + (0..<100).map { _ in "part 1 \(base64("abcdef"))" } + [
          "part 1 %%", "recorded 1", "recorded 1", "part 1 eA==",
        ]
    }
    #expect(answer?.output == FileEnd(text: "", omittedBytes: 3) && answer?.errors == nil)
    #expect(answer?.log?.text.utf8.count ?? 7 <= 6 && answer?.log?.omittedBytes == 0)
    // Nobody answers: it isn't waited for where the machine is gone.
    #expect(said(record, limit: 6) { _ in ["recorded 1"] } == nil)
    #expect(record.known == answer)
  }
}
