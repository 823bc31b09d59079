/// The way into a node for programs that run beside what it runs.
public enum NodeEntrance {
  /// What comes before the words of a command to enter all namespaces of a node, in root's home, with no more rights than
  /// the node's own processes have.
  ///
  /// - Parameter process: The node's first process.
  /// - Returns: The words.
  public static func words(into process: Int32) -> [String] {
    // Rights go first: a template may not have the program that takes them.
    [
      "setpriv", "--bounding-set",
      "-sys_module,-sys_rawio,-sys_time,-mknod,-syslog,-mac_admin,-mac_override,-wake_alarm", "--", "nsenter",
      "--target", "\(process)", "--mount", "--uts", "--ipc", "--net", "--pid", "--root", "--wdns=/root", "--",
    ]
  }
}
