/// A node that a script has made.
struct ScriptNode {
  var name: String
  /// Where it got a name that it can't have. Finding a line costs more than making a node.
  var line: Int?
  /// The link or LAN on each port, and the member of it that is this port.
  var ports: [Port] = []
  var isBridge = false
  var hardwareType = "pc"
  var operatingSystem = ""
  var parentOperatingSystem = ""
  var commandLine = ""
  var packages: [String] = []
  var tarFiles: [(directory: String, file: String)] = []
  /// The older `tb-set-node-startup`; a start command beats it.
  var startup = ""
  var startCommand: String?
  var failureAction = "fatal"
  /// The physical machine it is fixed to.
  var fixed = ""
  /// From `tb-add-node-attribute`: the first value of a name counts.
  var attributes: [(name: String, value: String)] = []
  var desires: [(name: String, weight: String)] = []
  var routes: [(destination: String, nextHop: String, line: Int?)] = []

  struct Port {
    var substrate: Int
    var address: String?
  }
}

/// A link or a LAN that a script has made.
struct ScriptSubstrate {
  enum Kind { case link, lan }

  /// A node's end of it. `reverse` is from the network to the node.
  struct Member {
    var node: Int
    var port: Int
    var milliseconds: Double
    var reverseMilliseconds: Double
    var kilobitsPerSecond: Double
    var reverseKilobitsPerSecond: Double
    var loss = 0.0
    var reverseLoss = 0.0
  }

  var name: String
  var kind: Kind
  /// Where something was said of it that may turn out wrong: its name, members, addresses.
  var line: Int?
  /// The delay of the whole way in ms, as given when it was made.
  var milliseconds: Int
  /// The rate as given when it was made; 0 for any.
  var kilobitsPerSecond: Int
  /// The loss of the whole way.
  var loss = 0.0
  var members: [Member] = []
  var netmask: String?
  /// What else is said of it, in the order of first mention.
  var settings: [(name: String, value: String)] = []

  mutating func set(_ name: String, _ value: String) {
    if let index = settings.firstIndex(where: { $0.name == name }) {
      settings[index].value = value
    } else {
      settings.append((name, value))
    }
  }
}

/// An object that a script holds by name: a command of its own.
final class ScriptObject {
  enum Kind: Equatable {
    case simulator
    case node(Int)
    case substrate(Int)
    /// One direction of a link, or a node's end of a LAN; what `$ns link a b` returns.
    case direction(substrate: Int)
    case queue(substrate: Int)
    /// An agent, application, program, event group, timeline, path, …: read and kept out of the plan.
    case event
    /// Of a class we don't know: accepts every method.
    case null
  }

  /// The command's name.
  var name: String
  let kind: Kind
  /// The class, as OTcl would name it.
  let className: String
  /// What the script has set on it.
  var variables: [String: String] = [:]

  init(_ name: String, _ kind: Kind, className: String) {
    self.name = name
    self.kind = kind
    self.className = className
  }
}
