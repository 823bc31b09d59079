internal import FoundationEssentials
public import HostManifests

extension HostManifest {
  /// Reads a manifest.
  ///
  /// - Throws: If it can't be read, or isn't one.
  public init(file: String) throws(RunningError) {
    let bytes = try TextFile.bytes(of: file)
    do {
      self = try JSONDecoder().decode(HostManifest.self, from: Data(bytes))
    } catch let DecodingError.keyNotFound(key, context) {
      throw RunningError("\(file): \(context.place) has no \"\(key.stringValue)\"")
    } catch let DecodingError.typeMismatch(_, context), let DecodingError.valueNotFound(_, context) {
      throw RunningError("\(file): \(context.place) is of the wrong type")
    } catch let DecodingError.dataCorrupted(context) {
      throw RunningError("\(file): \(context.place) isn't what a host manifest has there: \(context.debugDescription)")
    } catch {
      throw RunningError("\(file): \(error)")
    }
  }
}

extension DecodingError.Context {
  /// Where something is wrong: `nodes[2].interfaces[0].mac`.
  fileprivate var place: String {
    var text = ""
    for key in codingPath {
      if let index = key.intValue { text += "[\(index)]" } else { text += (text.isEmpty ? "" : ".") + key.stringValue }
    }
    return text.isEmpty ? "the document" : text
  }
}
