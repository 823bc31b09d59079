internal import Foundation
internal import HostManifests
internal import Hummingbird
internal import Running
internal import Swapping
internal import Testbed

/// Answers requests: who may see what, and which page it is.
struct Site: HTTPResponder {
  typealias Context = BasicRequestContext

  /// The most bytes of a form.
  private static let greatestForm = 4096
  private static let cookieName = "containerize-session"

  let testbed: LocalTestbed
  let token: AccessToken
  /// The machine's name.
  let machine: String
  let observer: Observer
  let operations: Operations

  func respond(to request: Request, context: BasicRequestContext) async -> Response {
    let response: Response
    do {
      response = try await answer(request)
    } catch let refusal as Refusal {
      response = refusal.response
    } catch {
      response = Refusal(.internalServerError, "That didn't work", "\(error)").response
    }
    return request.method == .head ? response.withoutBody : response
  }

  // MARK: Access

  private func answer(_ request: Request) async throws -> Response {
    let source = RequestSource(request, machine: machine)
    guard source.isForThisMachine else {
      throw Refusal(
        .misdirectedRequest, "Another name",
        "These pages are at addresses, at localhost and at \(machine), but not at \(request.head.authority ?? "that name")."
      )
    }
    guard let place = Place(path: request.uri.path) else {
      throw Refusal(.notFound, "Nothing is here", "The address has a mistake, or is of something that is no more.")
    }
    guard place.methods.contains(request.method) else { throw Refusal.method(request.method, place.methods) }
    if let asset = Asset(place) { return asset.response }
    if place == .signIn { return try await signIn(request, source) }
    if place == .list, let given = request.uri.queryParameters["token"] { return try signIn(String(given)) }
    guard let session = request.cookies[Self.cookieName]?.value, token.isSession(session, now: Self.now) else {
      return .page(PageFrame.signIn(), status: .unauthorized)
    }
    let visitor = Visitor(formCode: token.formCode(ofSession: session))
    guard request.method == .post else { return try await show(place, request, visitor) }
    let form = try await form(request)
    guard source.isFromOwnPage, token.isFormCode(form[Visitor.fieldName] ?? "", ofSession: session) else {
      throw Refusal(.forbidden, "Not from this page", "Load the page again, and press the button there.")
    }
    return try await act(place, form)
  }

  private static var now: Int64 { Int64(Date().timeIntervalSince1970) }

  private func signIn(_ request: Request, _ source: RequestSource) async throws -> Response {
    guard source.isFromOwnPage else {
      throw Refusal(.forbidden, "Not from this page", "Open the page itself, and sign in there.")
    }
    return try signIn(await form(request)["token"] ?? "")
  }

  private func signIn(_ given: String) throws -> Response {
    guard token.isTheSame(as: given) else {
      return .page(PageFrame.signIn(problem: "That isn't the token."), status: .forbidden)
    }
    var response = Response.redirect(to: .list)
    response.setCookie(
      Cookie(
        name: Self.cookieName, value: token.session(now: Self.now), maxAge: Int(AccessToken.sessionLength), path: "/",
        secure: false, httpOnly: true, sameSite: .strict))
    return response
  }

  private func form(_ request: Request) async throws -> [String: String] {
    do {
      let body = try await request.body.collect(upTo: Self.greatestForm)
      return try URLEncodedFormDecoder().decode([String: String].self, from: String(buffer: body))
    } catch {
      throw Refusal(.badRequest, "Not a form", "What was sent can't be read.")
    }
  }

  // MARK: Looking

  private func show(_ place: Place, _ request: Request, _ visitor: Visitor) async throws -> Response {
    switch place {
    case .list: return .page(try await list(visitor).html)
    case .listChanges:
      return stream(request) { [self] in (try await list(visitor).fragments, false) }
    case .experiment(let name, let aspect): return try await show(aspect, of: name, request, visitor)
    case .signIn, .styleSheet, .script, .icon: preconditionFailure("answered before")
    }
  }

  private func show(
    _ aspect: Place.Aspect, of name: ExperimentName, _ request: Request, _ visitor: Visitor
  ) async throws -> Response {
    try requireExistence(name)
    switch aspect {
    case .page: return .page(try await experiment(name, visitor).html)
    case .changes:
      return stream(request) { [self] in
        let page = try await experiment(name, visitor)
        return (page.fragments, page.observation.isUnderWay)
      }
    case .picture:
      guard let picture = try await experiment(name, visitor).pictureDocument else {
        throw Refusal(.notFound, "No picture yet", "It is being drawn, or can't be: the experiment's page says so.")
      }
      return .page(picture, type: "image/svg+xml; charset=utf-8")
    case .end: return .page(EndPage(name: name, visitor: visitor).html)
    case .node(let node): return .page(try await self.node(node, of: name).html)
    case .nodeChanges(let node):
      return stream(request) { [self] in (try await self.node(node, of: name).fragments, false) }
    case .swapIn, .swapOut, .cancel, .measure: preconditionFailure("only posted to")
    }
  }

  private func stream(_ request: Request, _ look: @escaping ChangeStream.Look) -> Response {
    // A browser that connects again says what it has had.
    let version = request.headers[Self.lastEvent] ?? request.uri.queryParameters["version"].map(String.init) ?? ""
    return ChangeStream(version: version, look: look).response
  }

  private static let lastEvent = HTTPFields.Name("Last-Event-ID") ?? .ifMatch

  private func requireExistence(_ name: ExperimentName) throws {
    guard FileStamp(testbed.store.directory(of: name)) != nil else {
      throw Refusal(.notFound, "No such experiment", "There is no experiment \(name), or it was ended.")
    }
  }

  private func list(_ visitor: Visitor) async throws -> ListPage {
    let (experiments, latest) = try await observer.list()
    return ListPage(experiments: experiments, latest: latest, visitor: visitor)
  }

  private func experiment(_ name: ExperimentName, _ visitor: Visitor) async throws -> ExperimentPage {
    ExperimentPage(name: name, observation: try await observer.observation(of: name), visitor: visitor)
  }

  private func node(_ node: String, of name: ExperimentName) async throws -> NodePage {
    let report = try await observer.observation(of: name).report
    guard let found = report.nodes.first(where: { $0.name == node }) else {
      throw Refusal(.notFound, "No such node", "Experiment \(name) has no node \(node).")
    }
    return try await observer.apart { try NodePage(testbed, name, report.state, found) }
  }

  // MARK: Doing

  private func act(_ place: Place, _ form: [String: String]) async throws -> Response {
    guard case .experiment(let name, let aspect) = place else { preconditionFailure("nothing else is posted to") }
    try requireExistence(name)
    let observation = try await observer.observation(of: name)
    do {
      switch aspect {
      case .swapIn:
        try require(observation, .swapped, name)
        try await operations.begin(.swapIn, name)
      case .swapOut:
        try require(observation, .active, name)
        try await operations.begin(.swapOut, name)
      case .end:
        try require(observation, nil, name)
        try await operations.begin(.end, name)
      case .measure:
        try require(observation, .active, name)
        try await measure(name, form)
      case .cancel:
        guard await operations.cancel(name) else {
          throw WebError("experiment \(name) isn't being swapped in from here: there is nothing to cancel")
        }
      case .page, .changes, .picture, .node, .nodeChanges: preconditionFailure("never posted to")
      }
    } catch {
      throw Refusal(.conflict, "Not now", "\(error)", back: .experiment(name, .page))
    }
    await observer.forget(name)
    return .redirect(to: aspect == .end ? .list : .experiment(name, .page))
  }

  /// Makes sure that nobody works on an experiment, and that it is in a state.
  private func require(_ observation: Observation, _ state: ExperimentState?, _ name: ExperimentName) throws {
    let found = observation.report.state
    if found.isUnderWay { throw WebError("experiment \(name) is \(found.rawValue): wait until that is done") }
    guard let state, state != found else { return }
    throw WebError("experiment \(name) is swapped \(found == .active ? "in" : "out") already")
  }

  private func measure(_ name: ExperimentName, _ form: [String: String]) async throws {
    let measures = (form["loss"] != nil ? [.loss] : LinkMeasures()).union(form["rate"] != nil ? [.rate] : [])
    let (testbed, observer) = (testbed, observer)
    try await operations.perform(.measure, name) {
      let links = try await observer.apart { try testbed.status(of: name, links: measures).links ?? [] }
      await observer.setLinks(links, of: name)
    }
  }
}

extension NodePage {
  /// The page of a node as it is now; waits for its host's agent.
  fileprivate init(
    _ testbed: LocalTestbed, _ name: ExperimentName, _ state: ExperimentState, _ report: NodeReport
  ) throws {
    guard let (node, host) = try testbed.manifestNode(report.name, of: name) else {
      throw TestbedError("experiment \(name) has no node \(report.name)")
    }
    var record: StartCommandRecord?
    var problem: String?
    if state == .active {
      do {
        record = try testbed.startCommandRecord(of: node.name, on: host, of: name, limit: Self.greatestFile)
      } catch {
        problem = "\(error)"
      }
    }
    self.init(name: name, state: state, report: report, node: node, record: record, problem: problem)
  }

  /// The most bytes of a file that are shown.
  private static let greatestFile = 1 << 16
}
