/// An element of a topology that is not a computer: kept and written back, never packed.
public struct OtherElement: Sendable, Equatable {
  /// What an element is.
  public enum Kind: Sendable, Equatable {
    /// A testbed of a federation.
    case testbed(Testbed)
    /// A piece of the experiment that another testbed holds.
    case segment(Segment)
    /// Anything else with interfaces.
    case other
    /// A placeholder for a fragment (version 2.0).
    case region(Region)
  }

  /// What it is.
  public var kind: Kind
  /// How many computers precede it in the file, which keeps the order of elements.
  public var precedingComputers: Int
  /// Its interfaces.
  public var interfaces: [Interface] = []
  /// What is said of it.
  public var attributes = Attributes()
  /// The names, status, services and operations that federation and running testbeds add.
  public var annotations = Annotations()

  /// An element.
  public init(_ kind: Kind, precedingComputers: Int) {
    self.kind = kind
    self.precedingComputers = precedingComputers
  }
}

/// A testbed of a federation.
public struct Testbed: Sendable, Equatable {
  /// How to reach it.
  public var uri: String
  /// What it is, such as `deter`.
  public var type: String

  /// A testbed.
  public init(uri: String, type: String) {
    self.uri = uri
    self.type = type
  }
}

/// A piece of an experiment that another testbed holds.
public struct Segment: Sendable, Equatable {
  /// A name of a federated object.
  public struct Identifier: Sendable, Equatable {
    /// The scheme of a name.
    public enum Kind: String, Sendable, CaseIterable {
      /// A UUID, in base64.
      case uuid
      /// A federation identifier, in base64.
      case fedid
      /// A URI.
      case uri
      /// A name that its testbed gave.
      case localName = "localname"
      /// A Kerberos user.
      case kerberosUsername
    }

    /// The scheme.
    public var kind: Kind
    /// The name.
    public var value: String

    /// A name in a scheme.
    public init(kind: Kind, value: String) {
      self.kind = kind
      self.value = value
    }
  }

  /// Its name.
  public var identifier: Identifier
  /// How to reach the testbed that holds it.
  public var uri: String
  /// What that testbed is.
  public var type: String

  /// A segment.
  public init(identifier: Identifier, uri: String, type: String) {
    self.identifier = identifier
    self.uri = uri
    self.type = type
  }
}

/// A placeholder for a fragment (version 2.0).
public struct Region: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// How deep it is nested.
  public var level: Int
  /// The fragment it stands for.
  public var fragmentName: String

  /// A region.
  public init(name: String, level: Int, fragmentName: String) {
    self.name = name
    self.level = level
    self.fragmentName = fragmentName
  }
}

/// A piece that regions stand for (version 2.0).
public struct Fragment: Sendable, Equatable {
  /// Its name.
  public var name: String
  /// Its substrates and elements.
  public var topology: Topology
  /// Which interfaces outside are which inside.
  public var interfaceMaps: [NamePair]

  /// A fragment.
  public init(name: String, topology: Topology, interfaceMaps: [NamePair]) {
    self.name = name
    self.topology = topology
    self.interfaceMaps = interfaceMaps
  }
}

/// How names inside a region map to names outside (version 2.0).
public struct NameMap: Sendable, Equatable {
  /// The region's path.
  public var pathName: String
  /// The pairs.
  public var pairs: [NamePair]

  /// A map.
  public init(pathName: String, pairs: [NamePair]) {
    self.pathName = pathName
    self.pairs = pairs
  }
}

/// A name outside a region and the name inside that it stands for.
public struct NamePair: Sendable, Equatable {
  /// The name outside.
  public var outer: String
  /// The name inside.
  public var inner: String

  /// A pair.
  public init(outer: String, inner: String) {
    self.outer = outer
    self.inner = inner
  }
}
