/// The commands that an object can't be named after although this interpreter doesn't have them: those of Tcl itself
/// that scripts may not use, and those of the reference parser.
enum ReservedNames {
  static let all: Set<String> = [
    // Tcl's.
    "after", "auto_execok", "auto_import", "auto_load", "auto_load_index", "auto_qualify", "cd", "chan",
    "clock", "close", "encoding", "eof", "exec", "exit", "fblocked", "fconfigure", "fcopy", "file", "fileevent",
    "flush", "gets", "glob", "interp", "load", "open", "package", "pid", "pwd", "read", "seek", "socket",
    "source", "tclLog", "tell", "unload", "update", "vwait", "zlib",
    // The reference parser's classes.
    "Agent", "Application", "Bridge", "Class", "Console", "EventGroup", "EventSequence",
    "EventTimeline", "Firewall", "LLink", "Lan", "LanLink", "Link", "NSObject", "Node", "NullClass", "Object", "Path",
    "Program", "Queue", "SimplexLink", "Simulator", "Topography", "Vtype",
    // The reference parser's procedures.
    "inet_atohl", "inet_hltoa", "lpop", "parse_backfill", "parse_bw", "parse_delay", "perror", "punsup", "real_set",
    "real_source", "spitxml_data", "usage", "var_import", "xmlencode",
  ]
}
