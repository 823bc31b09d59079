/// Topologies of the tests, in the forms that the documentation uses.
enum Topologies {
  /// The guide's star: a center with satellites, to which attributes can be given.
  ///
  /// - Parameters:
  ///   - satellites: How many there are.
  ///   - center: Statements that follow the center's.
  ///   - satellite: Statements that follow each satellite's, in which `$i` is its number.
  /// - Returns: An NS-2 file.
  static func star(satellites: Int = 9, center: String = "", satellite: String = "") -> String {
    """
    source tb_compat.tcl
    set ns [new Simulator]
    set center [$ns node]
    \(center)
    for {set i 0} {$i < \(satellites)} {incr i} {
      set n($i) [$ns node]
      \(satellite)
      ns duplex-link $center $n($i) 100Mb 10ms DropTail
    }
    $ns rtproto Static
    $ns run

    """
  }

  /// Computers on one LAN, as an NS-2 file.
  static func lan(_ count: Int) -> String {
    """
    source tb_compat.tcl
    set ns [new Simulator]
    set members ""
    for {set i 0} {$i < \(count)} {incr i} {
      set n($i) [$ns node]
      append members "$n($i) "
    }
    set lan0 [$ns make-lan $members 100Mb 0]
    $ns run

    """
  }

  /// The guide's last example: a center on three LANs of twenty, each LAN a pass of its own.
  static let passes = """
    source tb_compat.tcl
    set ns [new Simulator]
    set center [$ns node]
    tb-add-node-attribute $center "containers:PartitionPass" 0
    for {set i 0} {$i < 3} {incr i} {
      set lanlist $center
      for {set j 0} {$j < 20} {incr j} {
        set idx [expr $i * 20 + $j]
        set n($idx) [$ns node]
        tb-add-node-attribute $n($idx) "containers:PartitionPass" [expr $i + 1]
        lappend lanlist $n($idx)
      }
      set lan($i) [$ns make-lan [join $lanlist " "] 100Mb 0]
    }
    $ns run

    """

  /// A ring as a TopDL file.
  ///
  /// - Parameters:
  ///   - count: How many computers it has.
  ///   - attributes: What each computer says, by its number.
  /// - Returns: A TopDL file of several lines.
  static func ring(_ count: Int, attributes: (Int) -> [String: String] = { _ in [:] }) -> String {
    let links = (0..<count).map { "<substrates><name>link-\($0)</name></substrates>\n" }
    let computers = (0..<count).map { index in
      let interfaces = [index, (index + 1) % count].map { "<interface><substrate>link-\($0)</substrate></interface>" }
      let said = attributes(index).sorted(by: <).map {
        "<attribute><attribute>\($0)</attribute><value>\($1)</value></attribute>"
      }
      let computer = "<name>n-\(index)</name>\(interfaces.joined())\(said.joined())"
      return "<elements><computer>\(computer)</computer></elements>\n"
    }
    return "<experiment>\n<version>1.0</version>\n\(links.joined())\(computers.joined())</experiment>\n"
  }
}
