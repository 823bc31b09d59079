internal import FoundationEssentials
internal import Synchronization

/// What the start command of a virtual machine has written. The files are in there, so that its system is asked, over the
/// line that it speaks to the agent on: of each file it says how large it is and when it changed, and sends its end where
/// the agent hasn't got that.
///
/// Root in there answers whatever it likes; more than was asked for isn't kept.
final class MachineRecord: Sendable {
  /// The most bytes of a file.
  static let greatestLimit = 1 << 16
  /// How long its system has to answer, in seconds.
  private static let patience = 5
  /// The files, by what the system calls them.
  private static let names = ["out", "err", "log"]

  /// A file, as it was at one moment.
  private struct File {
    /// `SIZE.SECONDS`: as long as that is the same, so is the file.
    var version: String
    var text = ""
    var end: FileEnd?
  }

  private struct State {
    /// The last question, and whether it was answered.
    var question = 0
    var isAnswered = true
    var limit = 0
    /// What is known by name, and what of the answer has come.
    var known: [String: File] = [:]
    var coming: [String: File] = [:]
    /// The file that parts belong to.
    var name = ""
  }

  private let state = Mutex(State())
  private let answered = Gate()
  /// One question at a time; who comes meanwhile gets what was known before.
  private let turn = Mutex(())

  /// What is known without asking; `nil` where nobody has asked yet.
  var known: StartCommandRecord? {
    state.withLock { state in
      guard !state.known.isEmpty else { return nil }
      return StartCommandRecord(
        log: state.known["log"]?.end, output: state.known["out"]?.end, errors: state.known["err"]?.end)
    }
  }

  /// Asks.
  ///
  /// - Parameters:
  ///   - limit: The most bytes of each file.
  ///   - isUp: Whether there is anybody to answer.
  ///   - say: Sends the question.
  /// - Returns: What there is; `nil` where no answer comes in time.
  func ask(limit: Int, while isUp: () -> Bool, _ say: (String) -> Void) -> StartCommandRecord? {
    let answer = turn.withLockIfAvailable { _ -> StartCommandRecord? in
      let (number, question) = state.withLock { state in
        let limit = min(max(0, limit), Self.greatestLimit)
        if limit != state.limit { state.known = [:] }
        (state.question, state.isAnswered, state.limit, state.coming) = (state.question + 1, false, limit, [:])
        let versions = Self.names.map { state.known[$0]?.version ?? "-" }
        return (state.question, "record \(state.question) \(limit) \(versions.joined(separator: " "))")
      }
      say(question)
      let isThere = answered.wait(seconds: Self.patience) { state.withLock { $0.isAnswered } || !isUp() }
      guard isThere, state.withLock({ $0.isAnswered && $0.question == number }) else { return nil }
      return known ?? StartCommandRecord()
    }
    return answer ?? known
  }

  /// Takes in what the system says: `file NUMBER NAME VERSION`, `part NUMBER BASE64`, `recorded NUMBER`.
  func take(_ verb: Substring, _ rest: String) {
    let words = rest.split(separator: " ")
    state.withLock { state in
      guard !state.isAnswered, words.first == "\(state.question)" else { return }
      switch (verb, words.count) {
      case ("file", 3) where Self.names.contains(String(words[1])):
        state.name = String(words[1])
        state.coming[state.name] = File(version: String(words[2].prefix(40)))
      case ("part", 2):
        // Three bytes are four digits.
        guard let text = state.coming[state.name]?.text, text.utf8.count <= state.limit / 3 * 4 + 4 else { return }
        state.coming[state.name]?.text += words[1]
      case ("recorded", 1):
        state.known = Dictionary(
          uniqueKeysWithValues: state.coming.map { name, file in
            (name, Self.finished(file, state.known[name], limit: state.limit))
          })
        state.isAnswered = true
      default: break
      }
    }
    if verb == "recorded" { answered.open() }
  }

  /// Has nobody wait any more.
  func giveUp() { answered.open() }

  private static func finished(_ file: File, _ known: File?, limit: Int) -> File {
    if let known, known.version == file.version { return known }
    var file = file
    let bytes = (Data(base64Encoded: file.text) ?? Data()).prefix(limit)
    let size = Int(file.version.prefix { $0 != "." }) ?? 0
    file.end = FileEnd(text: String(decoding: bytes, as: UTF8.self), omittedBytes: max(0, size - bytes.count))
    file.text = ""
    return file
  }
}
