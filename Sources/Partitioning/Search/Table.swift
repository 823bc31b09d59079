/// A fixed number of values in one piece of memory, for the search's inner loops.
///
/// An array in a structure that is changed through `self` pays for uniqueness at each store; a table has one owner by
/// its type. Indices are checked.
@safe
struct Table<Element: BitwiseCopyable>: ~Copyable {
  private let base: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating element: Element, count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: count)
    unsafe base.initialize(repeating: element, count: count)
  }

  init(_ elements: [Element]) {
    self.count = elements.count
    unsafe base = .allocate(capacity: elements.count)
    for index in 0..<elements.count { unsafe (base + index).initialize(to: elements[index]) }
  }

  deinit { unsafe base.deallocate() }

  subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      return unsafe base[index]
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
      unsafe base[index] = newValue
    }
  }

  subscript(index: Int32) -> Element {
    get { self[Int(index)] }
    set { self[Int(index)] = newValue }
  }

  /// Copies values within the table; the two pieces don't overlap.
  mutating func copy(count: Int, from source: Int, to target: Int) {
    precondition(source >= 0 && target >= 0 && count >= 0, "index out of range")
    precondition(source + count <= self.count && target + count <= self.count, "index out of range")
    unsafe (base + target).update(from: base + source, count: count)
  }

  /// Where values are, for loops that stay within the range.
  func pointer(to range: Range<Int>) -> UnsafeMutablePointer<Element> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "index out of range")
    return unsafe base + range.lowerBound
  }

  /// The values as an array.
  var elements: [Element] { (0..<count).map { self[$0] } }
}
