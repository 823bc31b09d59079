/// Which names nodes and links of an NS-2 file can't have.
public enum NS2Names {
  /// Whether nothing can be named so: a name is that of a command, or one that the parser gives an object until it is
  /// assigned to a variable.
  public static func isReserved(_ name: String) -> Bool {
    ReservedNames.all.contains(name) || tclCommands.contains(name) || name.hasPrefix("tb-") || isProvisional(name)
      || isLevel(name)
  }

  /// What the names of objects begin with before the number that all objects share.
  private static let provisionalPrefixes = [
    "tbnode-n", "tblink-l", "tblan-lan", "tbpath-path", "tbtl-tl", "tbseq-seq", "tbnull-null",
  ]

  private static func isProvisional(_ name: String) -> Bool {
    provisionalPrefixes.contains { prefix in
      let number = name.utf8.dropFirst(prefix.utf8.count)
      return name.hasPrefix(prefix) && !number.isEmpty
        && number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
  }

  /// Whether Tcl takes a name for a level of its stack, so that the reference parser can't rename an object to it.
  static func isLevel(_ name: String) -> Bool { Int(name) != nil || name.hasPrefix("#") }

  /// The commands that scripts may use.
  private static let tclCommands: Set<String> = [
    "append", "apply", "array", "binary", "break", "case", "catch", "concat", "continue", "coroutine", "dict", "error",
    "eval", "expr", "for", "foreach", "format", "global", "if", "incr", "info", "join", "lappend", "lassign", "lindex",
    "linsert", "list", "llength", "lmap", "lrange", "lrepeat", "lreplace", "lreverse", "lsearch", "lset", "lsort",
    "namespace", "new", "proc", "puts", "regexp", "regsub", "rename", "return", "scan", "set", "split", "string",
    "subst", "switch", "tailcall", "throw", "time", "trace", "try", "unknown", "unset", "uplevel", "upvar", "variable",
    "while", "yield", "yieldto",
  ]
}
