/// The names that substrates, computers and regions may have in TopDL.
package enum TopDLName {
  /// Whether a name, in UTF-8, has only `A-Z a-z 0-9 _ -`, and at least one of them.
  package static func isValid(_ name: some Collection<UInt8>) -> Bool {
    !name.isEmpty
      && name.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
