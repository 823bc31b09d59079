public import TopologyModel

/// What holds for a whole site: the machines and images it has, and where things are.
///
/// A value of effective settings: defaults, what the site's file says, and what the command line changed. Keys that we
/// don't know are kept.
public struct SiteConfiguration: Sendable, Equatable {
  /// The keys that mean something to us, in the order of the documentation.
  public enum Key: String, Sendable, CaseIterable {
    /// The image of qemu nodes that name none: a URL.
    case qemuImageURL = "maverick_url"
    /// Where the testbed's web pages are.
    case baseURL = "url_base"
    /// The hardware types of hosts, separated by commas.
    case hostHardware = "qemu_host_hw"
    /// The testbed's server, as `host:port`.
    case xmlrpcServer = "xmlrpc_server"
    /// The file with the user's certificate for that server and its key, as PEM (ours); `~/.ssl/emulab.pem` where unset.
    case xmlrpcCertificate = "xmlrpc_certificate"
    /// The file with the certificates that the server's is verified with, as PEM (ours); unset, it isn't verified.
    case xmlrpcAuthority = "xmlrpc_ca"
    /// The operating system of hosts for qemu nodes.
    case qemuHostOS = "qemu_host_os"
    /// Where the system is installed on the hosts.
    case executableRoot = "exec_root"
    /// The operating system of hosts for openvz containers.
    case openvzHostOS = "openvz_host_os"
    /// The file system of openvz containers that name no template: a URL or path.
    case openvzGuestURL = "openvz_guest_url"
    /// Whether links of qemu nodes are shaped at the switch.
    case switchShaping = "switch_shaping"
    /// The container kinds whose links are made with VDE switches.
    case switchedContainers = "switched_containers"
    /// The directories searched for templates, separated by commas.
    case openvzTemplateDirectories = "openvz_template_dir"
    /// The log of a host.
    case nodeLog = "node_log"
    /// The program that turns an NS-2 file into TopDL.
    case topdlConverter = "topdl_converter"
    /// The router that other networks are reached through.
    case defaultRouter = "default_router"
    /// The network reached through the default router.
    case defaultDestination = "default_dest"
    /// The server that hosts report to (deprecated).
    case backendServer = "backend_server"
    /// The port that hosts report to (deprecated).
    case grandstandPort = "grandstand_port"
    /// The users whose home directories qemu nodes mount first, separated by commas.
    case preferredQemuUsers = "prefer_qemu_users"
    /// The largest packet in bytes that goes from host to host (ours).
    case underlayMTU = "underlay_mtu"

    /// The documented default, as written; `nil` where the key is unset.
    ///
    /// The documentation's `xmlrpc_server` is that of one testbed. Here it has no default: unset, experiments are
    /// created in the local testbed.
    public var defaultValue: String? {
      switch self {
      case .qemuImageURL: "http://scratch/benito/pangolinbz.img.bz2"
      case .baseURL: "http://www.isi.deterlab.net/"
      case .hostHardware: "pc2133,bpc2133,MicroCloud"
      case .qemuHostOS: "Ubuntu1604-STD"
      case .executableRoot: "/share/containers"
      case .openvzHostOS: "CentOS6-64-openvz"
      case .openvzGuestURL: "%(exec_root)s/images/ubuntu-10.04-x86.tar.gz"
      case .switchShaping: "true"
      case .switchedContainers: "qemu,process"
      case .openvzTemplateDirectories: "%(exec_root)s/images/"
      case .nodeLog: "/tmp/containers.log"
      case .topdlConverter: "fedd_ns2topdl.py --file"
      case .xmlrpcServer, .xmlrpcCertificate, .xmlrpcAuthority, .defaultRouter, .defaultDestination, .backendServer,
        .grandstandPort, .preferredQemuUsers,
        .underlayMTU:
        nil
      }
    }
  }

  /// A setting.
  struct Entry: Sendable, Equatable {
    /// Its key.
    var key: String
    /// Its value, interpolated.
    var value: String
  }

  /// The settings: known keys in the order of ``Key``, then the others in file order.
  private(set) var entries: [Entry]

  /// The documented defaults.
  public init() { self.init(ConfigurationFile("", file: "").resolved().values, otherKeys: []) }

  /// Settings from effective values.
  init(_ values: [String: String], otherKeys: [String]) {
    entries = (Key.allCases.map(\.rawValue) + otherKeys).compactMap { key in
      values[key].map { Entry(key: key, value: $0) }
    }
  }

  /// The effective value of a key, `nil` where it is unset; setting one overrides the file.
  public subscript(key: Key) -> String? {
    get { entries.first { $0.key == key.rawValue }?.value }
    set {
      let value = newValue.map(Self.canonical)
      if let index = entries.firstIndex(where: { $0.key == key.rawValue }) {
        if let value { entries[index].value = value } else { entries.remove(at: index) }
      } else if let value {
        let order = Dictionary(uniqueKeysWithValues: zip(Key.allCases.map(\.rawValue), 0...))
        let position = order[key.rawValue] ?? order.count
        let index = entries.firstIndex { order[$0.key] ?? order.count > position } ?? entries.count
        entries.insert(Entry(key: key.rawValue, value: value), at: index)
      }
    }
  }

  /// The effective value of any key, known or not, in any case.
  public subscript(name: String) -> String? {
    let key = name.lowercased()
    return entries.first { $0.key == key }?.value
  }
}

extension SiteConfiguration {
  /// The testbed's server, as `host:port`; `nil` for the local testbed.
  public var xmlrpcServer: String? { self[.xmlrpcServer].flatMap { $0.isEmpty ? nil : $0 } }

  /// The hardware types of hosts.
  public var hostHardware: [String] { list(.hostHardware) }

  /// The directories searched for openvz templates.
  public var openvzTemplateDirectories: [String] { list(.openvzTemplateDirectories) }

  /// Whether links of qemu nodes are shaped at the switch, not in the nodes.
  public var switchShaping: Bool { self[.switchShaping].flatMap(truthValue) ?? true }

  /// The container kinds whose links are made with VDE switches.
  public var switchedContainers: [ContainerKind] { list(.switchedContainers).compactMap(Self.switchedKind) }

  /// The largest packet in bytes that goes from host to host; an Ethernet's, 1500, unless the site says otherwise.
  public var underlayMTU: Int { self[.underlayMTU].flatMap(naturalNumber) ?? 1500 }

  /// The program that turns an NS-2 file into TopDL; `nil` for our own reader.
  ///
  /// The documented default names the historical system's converter, which our reader replaces.
  public var topdlConverter: String? {
    self[.topdlConverter] == Key.topdlConverter.defaultValue ? nil : self[.topdlConverter]
  }

  /// Reads the name of a kind as `switched_containers` spells it: the documentation's `qemus` counts as `qemu`.
  static func switchedKind(_ name: String) -> ContainerKind? { ContainerKind(name: name == "qemus" ? "qemu" : name) }

  private func list(_ key: Key) -> [String] {
    (self[key] ?? "").split { $0 == "," || $0.isNewline }.map { String($0.trimmed()) }.filter { !$0.isEmpty }
  }
}
