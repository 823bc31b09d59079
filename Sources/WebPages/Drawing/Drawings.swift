internal import Emitting
internal import Swapping
internal import SystemPackage
internal import Testbed
internal import TopologyReading

/// The picture of an experiment.
enum Drawing: Sendable, Equatable {
  /// It is being drawn.
  case underWay
  case drawn(DrawnPicture)
  /// Why there is none.
  case impossible(String)
}

/// The pictures of experiments, each drawn once; one at a time, as that takes long.
actor Drawings {
  /// Has Graphviz draw a dot file.
  ///
  /// - Returns: An SVG document.
  typealias Draw = @Sendable (_ dot: String) async throws -> [UInt8]

  /// How many pictures are kept.
  private static let capacity = 20

  private struct Entry {
    let stamp: FileStamp
    var drawing = Drawing.underWay
    var lastUse = ContinuousClock.now
  }

  private let store: ExperimentStore
  private let draw: Draw
  private var entries: [ExperimentName: Entry] = [:]
  private var last: Task<Void, Never>?

  init(_ store: ExperimentStore, draw: @escaping Draw) {
    self.store = store
    self.draw = draw
  }

  /// The picture of an experiment, which begins to be drawn where that wasn't done.
  func drawing(of name: ExperimentName) -> Drawing {
    let file = store.containersDirectory(of: name).appending("topo.xml")
    guard let stamp = FileStamp(file) else { return .impossible("the experiment has no topo.xml") }
    if let entry = entries[name], entry.stamp == stamp {
      entries[name]?.lastUse = .now
      return entry.drawing
    }
    makeRoom()
    entries[name] = Entry(stamp: stamp)
    last = Task { [last, draw] in
      await last?.value
      let drawing = await Self.draw(file, title: "\(name)", draw)
      if entries[name]?.stamp == stamp { entries[name]?.drawing = drawing }
    }
    return .underWay
  }

  private func makeRoom() {
    guard entries.count >= Self.capacity,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
    else { return }
    entries[oldest] = nil
  }

  @concurrent
  private static func draw(_ file: FilePath, title: String, _ draw: Draw) async -> Drawing {
    do {
      let picture = Picture(try TopDLReader.read(path: file.string), title: title)
      let svg = try await draw(picture.dot(DrawingOptions()))
      guard let drawn = DrawnPicture(svg: String(decoding: svg, as: UTF8.self)) else {
        return .impossible("Graphviz drew something unexpected")
      }
      return .drawn(drawn)
    } catch {
      return .impossible("\(error)")
    }
  }
}
