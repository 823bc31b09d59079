/// Which names nodes and links of an NS-2 file can't have.
public enum NS2Names {
  /// Whether a name is that of a command, so that nothing can be named so.
  public static func isReserved(_ name: String) -> Bool {
    ReservedNames.all.contains(name) || tclCommands.contains(name) || name.hasPrefix("tb-") || isLevel(name)
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
