internal import FoundationEssentials
internal import HostManifests

/// What a virtual machine is told: a disk with the label `cidata`, as NoCloud has it, with `boot`, which makes the machine
/// the node, and the files that this reads.
///
/// > cloud-init, "NoCloud": `meta-data`, `user-data`, `network-config`. JSON is YAML.
struct MachineSeed {
  /// The files, by path.
  let files: [String: [UInt8]]

  /// Variables as words of a shell, with a word of `env` for each.
  private static func assignments(_ variables: [EnvironmentVariable]) -> String {
    variables.map { "\($0.name)='\($0.value.replacing("'", with: "'\\''"))'" }.joined(separator: " ")
  }

  /// The seed of a node.
  ///
  /// - Parameters:
  ///   - node: The node.
  ///   - manifest: Its host.
  ///   - underlayPacketSize: The largest packet between hosts in bytes, where more is known than the manifest supposes.
  ///   - keys: Who may log in, and the machine's own key.
  init(_ node: ManifestNode, in manifest: HostManifest, underlayPacketSize: Int?, keys: MachineKeys?) {
    let cards = Self.cards(of: node, in: manifest, underlayPacketSize)
    let routes = node.routes.flatMap { route in
      route.destinations.map { "\($0) \(route.gateway) \(route.interface)\n" }
    }
    var files: [String: String] = [
      "meta-data": Self.json(
        MetaData(instance: "\(manifest.project)-\(manifest.experiment)-\(node.name)", hostName: node.name)),
      "user-data": "#cloud-config\n" + Self.json(UserData(keys: keys.map { [$0.authorized] } ?? [])),
      "network-config": Self.json(NetworkConfiguration(cards)),
      "containerize/name": "\(node.name)\n",
      "containerize/pid": "\(manifest.project)\n",
      "containerize/eid": "\(manifest.experiment)\n",
      "containerize/hosts": NodeLayers.hosts(manifest.names),
      "containerize/interfaces": cards.map { "\($0.name) \($0.mac) \($0.mtu) \($0.address ?? "-")\n" }.joined(),
      "containerize/routes": routes.joined(),
      "containerize/environment": manifest.environment.map(Self.assignments) ?? "",
      "containerize/start_command": node.startCommand.map { "\($0)\n" } ?? "",
    ]
    if let keys {
      files["containerize/authorized_keys"] = keys.authorized + "\n"
      files["containerize/host_key"] = keys.host
    }
    self.files = files.mapValues { Array($0.utf8) }
      .merging(["containerize/boot": PackageResources.boot_sh]) { $1 }
  }

  // MARK: Cards

  private struct Card {
    var name: String
    var mac: String
    var mtu: Int
    /// With the length of its network's prefix.
    var address: String?
  }

  /// The network cards: that to the control network, then the node's interfaces.
  private static func cards(of node: ManifestNode, in manifest: HostManifest, _ underlayPacketSize: Int?) -> [Card] {
    let sizes = Dictionary(
      manifest.substrates.map { ($0.name, $0.packetSize(between: underlayPacketSize)) }
    ) { first, _ in first }
    let length = manifest.control.network.drop { $0 != "/" }
    let control = node.control.map { control in
      Card(
        name: NetworkPlan.controlInterface, mac: control.mac, mtu: 1500,
        address: control.address.map { "\($0)\(length)" })
    }
    return (control.map { [$0] } ?? [])
      + node.interfaces.map { interface in
        Card(
          name: interface.name, mac: interface.mac, mtu: sizes[interface.substrate] ?? 1500,
          address: "\(interface.address)/\(interface.prefixLength)")
      }
  }

  // MARK: For cloud-init

  private struct MetaData: Encodable {
    var instance: String
    var hostName: String

    enum CodingKeys: String, CodingKey {
      case instance = "instance-id"
      case hostName = "local-hostname"
    }
  }

  private struct UserData: Encodable {
    struct File: Encodable {
      var path = "/var/lib/cloud/scripts/per-boot/containerize"
      var permissions = "0755"
      var content = """
        #!/bin/sh
        mkdir -p /run/containerize
        mount -o ro -L cidata /run/containerize || exit 1
        setsid sh /run/containerize/containerize/boot /run/containerize </dev/null >/dev/null 2>&1 &

        """
    }

    var keys: [String]
    var disablesRoot = false
    var files = [File()]

    enum CodingKeys: String, CodingKey {
      case keys = "ssh_authorized_keys"
      case disablesRoot = "disable_root"
      case files = "write_files"
    }
  }

  private struct NetworkConfiguration: Encodable {
    struct Ethernet: Encodable {
      var match: [String: String]
      var name: String
      var mtu: Int
      var addresses: [String]

      enum CodingKeys: String, CodingKey {
        case match
        case name = "set-name"
        case mtu
        case addresses
      }
    }

    var version = 2
    var ethernets: [String: Ethernet]

    init(_ cards: [Card]) {
      ethernets = Dictionary(
        cards.map { card in
          let addresses = card.address.map { [$0] } ?? []
          return (
            card.name,
            Ethernet(match: ["macaddress": card.mac], name: card.name, mtu: card.mtu, addresses: addresses)
          )
        }
      ) { first, _ in first }
    }
  }

  private static func json(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Only numbers that aren't finite can't be written.
    guard let data = try? encoder.encode(value) else { preconditionFailure("a seed has no fractions") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  // MARK: Disk

  /// Writes the seed as a disk.
  ///
  /// - Parameters:
  ///   - image: Where to.
  ///   - directory: A directory to make for it, which is removed again.
  /// - Throws: What can't be written.
  func write(to image: String, by directory: String) throws(RunningError) {
    for path in files.keys.sorted() {
      let file = "\(directory)/\(path)"
      try TextFile.makeDirectories(String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]))
      try TextFile.write(String(decoding: files[path] ?? [], as: UTF8.self), to: file)
    }
    try Self.makeDisk(image, label: "cidata", of: directory)
  }

  /// Makes a disk that can only be read of a directory.
  ///
  /// - Throws: What can't be written.
  static func makeDisk(_ image: String, label: String, of directory: String) throws(RunningError) {
    let outcome = try SystemCommand.run(
      SystemCommand.path(of: "genisoimage"),
      [
        "-quiet", "-output", image, "-volid", label, "-joliet", "-joliet-long", "-rock", "-input-charset", "utf-8",
        "-allow-limited-size", "-iso-level", "3", directory,
      ])
    guard outcome.code == 0 else {
      let reason = outcome.errors.split(whereSeparator: \.isNewline).last
      throw RunningError("can't make the disk \(image): \(reason ?? "genisoimage ended with \(outcome.code)")")
    }
  }
}
