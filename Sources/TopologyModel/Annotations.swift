/// What federation and running testbeds add to an element: kept and written back.
///
/// Nearly every element has none, so the storage is shared until something is set.
public struct Annotations: Sendable, Equatable {
  /// The contents; `nil` stands for nothing at all.
  private var contents: Contents?

  private final class Contents: Sendable {
    let localNames: [String]
    let status: Status?
    let services: [Service]
    let operations: [String]

    init(localNames: [String], status: Status?, services: [Service], operations: [String]) {
      self.localNames = localNames
      self.status = status
      self.services = services
      self.operations = operations
    }
  }

  /// Annotations; with no arguments, none.
  public init(localNames: [String] = [], status: Status? = nil, services: [Service] = [], operations: [String] = []) {
    guard !localNames.isEmpty || status != nil || !services.isEmpty || !operations.isEmpty else { return }
    contents = Contents(localNames: localNames, status: status, services: services, operations: operations)
  }

  /// The names that the testbed which holds it gave.
  public var localNames: [String] { contents?.localNames ?? [] }
  /// How it fares.
  public var status: Status? { contents?.status }
  /// What it offers and uses.
  public var services: [Service] { contents?.services ?? [] }
  /// What can be done with it.
  public var operations: [String] { contents?.operations ?? [] }
  /// Whether there is nothing.
  public var isEmpty: Bool { contents == nil }

  public static func == (left: Self, right: Self) -> Bool {
    left.localNames == right.localNames && left.status == right.status && left.services == right.services
      && left.operations == right.operations
  }
}

/// How an element fares.
public enum Status: String, Sendable, CaseIterable {
  /// Nothing there yet.
  case empty
  /// Up.
  case active
  /// Down.
  case inactive
  /// Coming up.
  case starting
  /// Going down.
  case stopping
  /// Being removed.
  case terminating
  /// Broken.
  case failed
}

/// A service between testbeds of a federation.
public struct Service: Sendable, Equatable {
  /// A parameter of a service.
  public struct Parameter: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its type.
    public var type: String

    /// A parameter.
    public init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  /// Its name.
  public var name: String
  /// Who uses it.
  public var importers: [String]
  /// Its parameters.
  public var parameters: [Parameter]
  /// What it is, in words.
  public var description: String?
  /// How it fares.
  public var status: Status?

  /// A service.
  public init(
    name: String, importers: [String] = [], parameters: [Parameter] = [], description: String? = nil,
    status: Status? = nil
  ) {
    self.name = name
    self.importers = importers
    self.parameters = parameters
    self.description = description
    self.status = status
  }
}
