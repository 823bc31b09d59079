internal import Foundation
internal import Hummingbird
internal import Testbed

/// What the path of a URL leads to.
enum Place: Equatable, Sendable {
  /// The list of experiments, and what changes in it.
  case list, listChanges
  /// Where the token is given.
  case signIn
  case styleSheet, script, icon
  case experiment(ExperimentName, Aspect)

  /// What of an experiment.
  enum Aspect: Equatable, Sendable {
    /// Its page, and what changes in it.
    case page, changes
    /// Its drawing.
    case picture
    /// What is done to it.
    case swapIn, swapOut, cancel, measure
    /// Asks whether to end it, and does.
    case end
    /// A node's page, and what changes in it.
    case node(String)
    case nodeChanges(String)
  }

  /// The place of a path; `nil` where there is none. Nothing of a path becomes the name of a file before it is checked.
  init?(path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    switch parts {
    case [""]: self = .list
    case ["changes"]: self = .listChanges
    case ["sign-in"]: self = .signIn
    case ["style.css"]: self = .styleSheet
    case ["script.js"]: self = .script
    case ["icon.svg"]: self = .icon
    default:
      guard parts.count >= 3, parts[0] == "experiments",
        let name = try? ExperimentName(project: parts[1], experiment: parts[2]),
        let aspect = Aspect(Array(parts[3...]))
      else { return nil }
      self = .experiment(name, aspect)
    }
  }

  /// The path that leads there.
  var path: String {
    switch self {
    case .list: "/"
    case .listChanges: "/changes"
    case .signIn: "/sign-in"
    case .styleSheet: "/style.css"
    case .script: "/script.js"
    case .icon: "/icon.svg"
    case .experiment(let name, let aspect): "/experiments/\(name.project)/\(name.experiment)" + aspect.path
    }
  }

  /// What can be done there.
  var methods: [HTTPRequest.Method] {
    switch self {
    case .signIn, .experiment(_, .swapIn), .experiment(_, .swapOut), .experiment(_, .cancel), .experiment(_, .measure):
      [.post]
    case .experiment(_, .end): [.get, .head, .post]
    default: [.get, .head]
    }
  }

  /// Whether anyone may see it.
  var isPublic: Bool { [.signIn, .styleSheet, .script, .icon].contains(self) }
}

extension Place.Aspect {
  fileprivate init?(_ parts: [String]) {
    switch parts {
    case []: self = .page
    case ["changes"]: self = .changes
    case ["picture.svg"]: self = .picture
    case ["swapin"]: self = .swapIn
    case ["swapout"]: self = .swapOut
    case ["cancel"]: self = .cancel
    case ["measure"]: self = .measure
    case ["end"]: self = .end
    default:
      guard parts.count == 2 || parts.count == 3, parts[0] == "nodes", let name = parts[1].removingPercentEncoding,
        !name.isEmpty
      else { return nil }
      if parts.count == 2 {
        self = .node(name)
      } else if parts[2] == "changes" {
        self = .nodeChanges(name)
      } else {
        return nil
      }
    }
  }

  fileprivate var path: String {
    switch self {
    case .page: ""
    case .changes: "/changes"
    case .picture: "/picture.svg"
    case .swapIn: "/swapin"
    case .swapOut: "/swapout"
    case .cancel: "/cancel"
    case .measure: "/measure"
    case .end: "/end"
    case .node(let name): "/nodes/\(Self.encoded(name))"
    case .nodeChanges(let name): "/nodes/\(Self.encoded(name))/changes"
    }
  }

  private static func encoded(_ name: String) -> String {
    name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.intersection(.ascii).union(["-", "_"])) ?? ""
  }
}

extension CharacterSet {
  fileprivate static let ascii = CharacterSet(charactersIn: "\u{0}"..."\u{7F}")
}
