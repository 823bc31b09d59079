internal import HostManifests

/// The JSON form of a manifest, which `schemas/host-manifest.schema.json` describes.
extension HostManifest {
  /// The document: one line for each node, network and name.
  var json: [UInt8] {
    var json = JSONText()
    json.reserve(1 << 16)
    json.object { json in
      json.line()
      json.field("version", version)
      json.field("project", project)
      json.field("experiment", experiment)
      json.line()
      json.name("host")
      json.object(host.write)
      json.line()
      json.name("control")
      json.object { json in
        json.field("network", control.network)
        json.field("address", control.address)
      }
      json.lines("nodes", nodes) { $0.object($1.write) }
      json.lines("substrates", substrates) { $0.object($1.write) }
      json.lines("names", names) { json, entry in
        json.object { json in
          json.field("address", entry.address)
          json.field("names", entry.names)
        }
      }
      json.line()
      json.field("namesAreComplete", namesAreComplete)
      if let environment, !environment.isEmpty {
        json.lines("environment", environment) { json, variable in
          json.object { json in
            json.field("name", variable.name)
            json.field("value", variable.value)
          }
        }
      }
      json.end()
    }
    json.end()
    return json.bytes
  }
}

extension JSONText {
  /// A field of values, one a line.
  mutating func lines<Value>(
    _ name: String, _ values: [Value], _ value: (inout Self, Value) -> Void
  ) {
    line()
    self.name(name)
    array(values) { json, element in
      json.line(indentation: "  ")
      value(&json, element)
    }
  }
}

extension ManifestHost {
  func write(to json: inout JSONText) {
    json.field("name", name)
    json.field("partition", partition)
    json.field("hardwareTypes", hardwareTypes)
    json.field("operatingSystem", operatingSystem)
    json.field("capabilities", capabilities.map(\.rawValue))
    json.field("templateDirectories", templateDirectories)
  }
}

extension ManifestNode {
  func write(to json: inout JSONText) {
    json.field("name", name)
    json.field("kind", kind.rawValue)
    json.field("image", image)
    json.field("operatingSystem", operatingSystem)
    json.field("architecture", architecture)
    json.field("memoryMegabytes", memoryMegabytes)
    json.field("diskMegabytes", diskMegabytes)
    json.field("isGhost", isGhost)
    json.field("startCommand", startCommand)
    json.name("packages")
    json.array(packages) { json, package in
      json.object { json in
        json.field("location", package.location)
        json.field("install", package.install)
      }
    }
    if let control {
      json.name("control")
      json.object { json in
        json.field("mac", control.mac)
        json.field("address", control.address)
      }
    }
    json.name("interfaces")
    json.array(interfaces) { $0.object($1.write) }
    json.name("routes")
    json.array(routes) { json, route in
      json.object { json in
        json.field("gateway", route.gateway)
        json.field("interface", route.interface)
        json.field("destinations", route.destinations)
      }
    }
  }
}

extension ManifestInterface {
  fileprivate func write(to json: inout JSONText) {
    json.field("name", name)
    json.field("mac", mac)
    json.field("address", address)
    json.field("prefixLength", prefixLength)
    json.field("substrate", substrate)
    guard let shaping else { return }
    json.name("shaping")
    json.object(shaping.write)
  }
}

extension InterfaceShaping {
  func write(to json: inout JSONText) {
    json.field("mechanism", mechanism.rawValue)
    json.name("outgoing")
    json.object(outgoing.write)
    json.name("incoming")
    json.object(incoming.write)
    json.name("transits")
    json.array(transits) { json, transit in
      json.object { json in
        json.name("shaping")
        json.object(transit.shaping.write)
        if let neighbours = transit.neighbours { json.field("neighbours", neighbours) }
      }
    }
  }
}

extension InterfaceShaping.Direction {
  func write(to json: inout JSONText) {
    json.field("delayMilliseconds", delayMilliseconds)
    json.field("loss", loss)
    json.field("kilobitsPerSecond", kilobitsPerSecond)
  }
}

extension ManifestSubstrate {
  func write(to json: inout JSONText) {
    json.field("name", name)
    json.field("network", network)
    json.field("mtu", mtu)
    json.name("members")
    json.array(members) { json, member in
      json.object { json in
        json.field("node", member.node)
        json.field("interface", member.interface)
      }
    }
    guard let tunnel else { return }
    json.name("tunnel")
    json.object { json in
      json.field("identifier", tunnel.identifier)
      json.field("hosts", tunnel.hosts)
    }
  }
}
