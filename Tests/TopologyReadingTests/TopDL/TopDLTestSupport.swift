import TopologyModel
import TopologyReading

/// Reads a document.
func readTopDL(_ document: String) throws -> Topology { try TopDLReader.read(Array(document.utf8), file: "x.xml") }

/// What is wrong with a document, as it is printed after the name of the file.
func faults(_ document: String) -> [String] { faults(Array(document.utf8)) }

/// What is wrong with the contents of a file, as it is printed after the name of the file.
func faults(_ bytes: [UInt8]) -> [String] {
  do throws(ReadError) {
    _ = try TopDLReader.read(bytes, file: "x.xml")
    return []
  } catch {
    return error.diagnostics.map { String($0.description.dropFirst("x.xml:".count)) }
  }
}

/// Documents that show TopDL.
enum TopDLExample {
  /// Two computers on a link, on one line.
  static let minimal =
    "<experiment><version>1.0</version><substrates><name>s0</name></substrates><elements><computer><name>a</name>"
    + "<interface><substrate>s0</substrate><name>inf000</name></interface></computer></elements><elements><computer>"
    + "<name>b</name><interface><substrate>s0</substrate><name>inf000</name></interface></computer></elements>"
    + "</experiment>"

  /// Shaping, addresses and attributes of Containers.
  static let shaped = """
    <experiment>
     <version>1.0</version>
     <substrates><name>wan</name><capacity><rate>10000.0</rate><kind>max</kind></capacity>
      <latency><time>25.0</time><kind>average</kind></latency>
      <attribute><attribute>loss</attribute><value>0.01</value></attribute></substrates>
     <elements><computer><name>gw_1</name>
      <os><name>Linux</name><attribute><attribute>osid</attribute><value>Ubuntu1204-64-STD</value></attribute></os>
      <interface><substrate>wan</substrate><name>inf000</name>
       <attribute><attribute>ip4_address</attribute><value>10.20.0.1</value></attribute>
       <attribute><attribute>ip4_netmask</attribute><value>255.255.255.0</value></attribute></interface>
      <attribute><attribute>containers:node_type</attribute><value>qemu</value></attribute>
      <attribute><attribute>containers:partition</attribute><value>0</value></attribute>
      <attribute><attribute>startup</attribute><value>/proj/P/go.sh &amp; </value></attribute></computer></elements>
     <elements><computer><name>host-2</name><interface><substrate>wan</substrate></interface>
      <attribute><attribute>containers:node_type</attribute><value>embedded_pnode</value></attribute></computer>
     </elements>
    </experiment>
    """

  /// A computer on two links, software, storage, an empty LAN, and an attribute of the topology.
  static let multihomed = """
    <experiment><substrates><name>l1</name></substrates><substrates><name>l2</name></substrates>
    <substrates><name>unused</name></substrates>
    <elements><computer><name>r</name><cpu><type>x86</type></cpu>
    <storage><amount>512.0</amount><persistence>temporary</persistence></storage>
    <software><location>file:///proj/P/x.tar.gz</location><install>/opt</install></software>
    <interface><substrate>l1</substrate></interface><interface><substrate>l2</substrate></interface></computer></elements>
    <elements><computer><name>h1</name><interface><substrate>l1</substrate></interface></computer></elements>
    <elements><computer><name>h2</name><interface><substrate>l2</substrate></interface></computer></elements>
    <attribute><attribute>description</attribute><value>three nodes</value></attribute></experiment>
    """

  /// What federation and running testbeds add, and what version 2.0 adds.
  static let federated = """
    <topology><version>2.0</version>
    <substrates><name>s</name><localname>lan7</localname><status>active</status>
     <service><name>SMB</name><importer>p</importer><importer>q</importer>
      <param><name>server</name><type>host</type></param><description>files</description><status>starting</status>
     </service><operation>stop</operation></substrates>
    <elements><testbed><uri>https://x:23235</uri><type>deter</type><interface><substrate>s</substrate></interface>
     <localname>t</localname></testbed></elements>
    <elements><computer><name>a</name><cpu count="4"><type>x86</type></cpu>
     <os><version>6</version><distribution>Debian</distribution><distributionversion>12</distributionversion></os>
     <interface><substrate>s</substrate><substrate>s</substrate></interface></computer></elements>
    <elements><segment><id><fedid>Zm9v</fedid></id><uri>https://y</uri><type>emulab</type></segment></elements>
    <elements><other><interface><substrate>s</substrate></interface></other></elements>
    <elements><region><name>r</name><level>1</level><fragname>f</fragname>
     <interface><substrate>s</substrate></interface></region></elements>
    <fragments><name>f</name><substrates><name>s</name></substrates>
     <elements><computer><name>a</name><interface><substrate>s</substrate></interface></computer></elements>
     <ifmap><outer>inf000</outer><inner>a:inf000</inner></ifmap></fragments>
    <namemaps><pathname>/r</pathname><namemap><outer>b</outer><inner>a</inner></namemap></namemaps>
    </topology>
    """

  static let all = [minimal, shaped, multihomed, federated]
}
