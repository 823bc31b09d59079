/// What drawings look like: the documented look of the Containers system.
enum DrawingStyle {
  typealias Attributes = [(name: String, value: String)]

  /// Of the whole drawing.
  static let graph: Attributes = [
    ("K", "1.5"), ("bgcolor", "white"), ("fontname", "Helvetica"), ("outputorder", "edgesfirst"), ("pad", "0.2"),
    ("splines", "line"),
  ]
  /// Of a drawing in which all names can be read: nodes are moved apart, and 40 inches are 3840 pixels.
  static let readable: Attributes = [("overlap", "prism"), ("size", "40,40")]
  /// Of a drawing of so many nodes that only its shape can be seen; moving them apart would take long and change it.
  static let dense: Attributes = [("overlap", "true"), ("size", "15,15!")]
  /// Of nodes, unless they say otherwise: a computer, a green square with its name inside.
  static let computer: Attributes = [
    ("color", "#1B8A68"), ("fillcolor", "#5EF7C0"), ("fontname", "Helvetica"), ("fontsize", "14"), ("margin", "0.04"),
    ("shape", "square"), ("style", "filled"), ("width", "0.65"),
  ]
  /// Of edges: a link, with its name at its middle and the addresses at its ends.
  static let link: Attributes = [
    ("color", "#5A6670"), ("fontcolor", "#20508A"), ("fontname", "Helvetica"), ("fontsize", "12"),
    ("labelangle", "14"), ("labeldistance", "3.4"), ("labelfontcolor", "#3A444C"), ("labelfontsize", "11"),
  ]
  /// Of a link in a dense drawing: many together are darker than one.
  static let faintLink: Attributes = [("color", "#5A667066")]
  /// Of a node in a dense drawing.
  static let point: Attributes = [("label", ""), ("width", "0.2")]
  /// Of a LAN: a blue circle with its name inside.
  static let lan: Attributes = [
    ("color", "#2457A6"), ("fillcolor", "#6FA8FF"), ("shape", "circle"), ("width", "0.6"),
  ]
  /// Of the box around what is on a host: light blue, with the name of the host in bold.
  static let box: Attributes = [
    ("bgcolor", "#E6F3FC"), ("color", "#8FBEDF"), ("fontname", "Helvetica-Bold"), ("fontsize", "18"),
    ("labeljust", "l"), ("margin", "14"),
  ]
  /// Of a computer that is a host itself.
  static let embedded: Attributes = [("penwidth", "2.5")]
  /// Of a host in an overview.
  static let host: Attributes = [
    ("color", "#8FBEDF"), ("fillcolor", "#E6F3FC"), ("fontname", "Helvetica-Bold"), ("margin", "0.1,0.06"),
    ("shape", "box"), ("style", "rounded,filled"),
  ]
  /// Of a host in a dense overview.
  static let hostPoint: Attributes = [("color", "#3F7FB5"), ("fillcolor", "#A9D3F5"), ("shape", "circle")]
}
