internal import TopologyModel

/// `$ns run`: the checks of the whole, and the result as it is at that moment.
extension Simulation {
  func finish() {
    let line = currentLine()
    guard !hasRun else { return fail("The Simulator 'run' statement can only be run once.", line: line) }
    hasRun = true
    checkNames()
    checkAddresses()
    checkRoutes()
    checkPrograms()
    checkAgents()
    checkPaths()
    topology = Topology(self)
  }

  private func checkNames() {
    for name in nodes.map(\.name) + substrates.map(\.name) where !interpreter.isCommand(name) {
      fail("Unknown: \(name) (the command of a node or link must stay)")
    }
    for node in nodes {
      if !Self.isHostName(node.name) {
        fail(
          "[run] Invalid node name \(node.name).  Can only contain [-0-9A-Za-z] due to DNS limitations.",
          line: node.line)
      } else if node.name == "ops" {
        fail("You may not use the name for 'ops' for a node!", line: node.line)
      }
    }
    for substrate in substrates {
      if !Self.isHostName(substrate.name) {
        fail(
          "[run] Invalid lan/link name \(substrate.name).  Can only contain [-0-9A-Za-z] for symmetry with node DNS "
            + "limitations.", line: substrate.line)
      }
      if substrate.members.count <= 1 {
        fail(
          "[run] \(substrate.name) has only a single node.  LANs must have at least 2 nodes in them.",
          line: substrate.line)
      }
    }
  }

  static func isHostName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 != UInt8(ascii: "_") && isNameByte($0) }
  }

  /// Checks fixed addresses against their netmask, and that a netmask which the file sets leaves room for all members.
  ///
  /// Where the file sets no netmask there is no such limit: large LANs get large networks when addresses are planned.
  private func checkAddresses() {
    guard !assignsAddressesLater else { return }
    for substrate in substrates {
      guard let mask = IPv4Address(substrate.netmask ?? Self.defaultNetmask) else {
        fail("[inet_atohl] Invalid ip \(substrate.netmask ?? ""); cannot be converted!", line: substrate.line)
        continue
      }
      let hostBits = ~mask.value
      var used: Set<UInt32> = []
      var freeMemberCount = 0
      for member in substrate.members {
        guard let text = nodes[member.node].ports[member.port].address else {
          freeMemberCount += 1
          continue
        }
        let address = Self.looseValue(ofAddress: text)
        used.insert(address & hostBits)
        if address & hostBits == 0 || address & hostBits == hostBits {
          fail(
            "[check-ip-mask] IP address \(text) with netmask \(mask) has either all '0's (reserved) or all '1's "
              + "(broadcast) in the host portion of the address.", line: substrate.line)
        }
      }
      // The reference hands out host numbers from 2 up to below the broadcast address.
      guard substrate.netmask != nil, hostBits < 1 << 16 else { continue }
      let room = hostBits < 2 ? 0 : (2..<max(2, hostBits)).count { !used.contains($0) }
      if freeMemberCount > room {
        fail("Ran out of IP addresses in subnet of \(substrate.name), netmask \(mask).", line: substrate.line)
      }
    }
  }

  /// The value of four decimal numbers, each of which may be larger than a byte.
  private static func looseValue(ofAddress text: String) -> UInt32 {
    text.split(separator: ".").reduce(0) { $0 << 8 | (UInt32($1) ?? 0) }
  }

  private func checkRoutes() {
    for (index, node) in nodes.enumerated() {
      for route in node.routes {
        guard let hop = try? self.node(object(route.nextHop)),
          lastLinks[NodePair(from: index, to: hop)] != nil
            || node.ports.contains(where: { port(of: hop, on: $0.substrate) != nil })
        else {
          fail("[add-route] Cannot find a link from \(node.name) to \(route.nextHop)!", line: route.line)
          continue
        }
        guard let destination = try? object(route.destination) else {
          fail("[add-route] Bad argument. Must be a node or a link.", line: route.line)
          continue
        }
        switch destination.kind {
        case .node(let target):
          if nodes[target].ports.count != 1 {
            fail("[add-route] \(route.destination) must have only one link.", line: route.line)
          }
        case .substrate, .direction: break
        case .simulator, .queue, .event, .null:
          fail("[add-route] Bad argument. Must be a node or a link.", line: route.line)
        }
      }
    }
  }

  private func checkPrograms() {
    for program in programs {
      let node = program.variables["node"] ?? ""
      checkCommand(program.variables["command"] ?? "", of: program.name)
      if node.isEmpty {
        fail("[updatedb] \(program.name) has no node.")
      } else if node != "ops", objects[node].flatMap(self.node) == nil {
        fail("[updatedb] \(program.name) is on \(node), which is not a node")
      }
    }
  }

  private func checkPaths() {
    for path in paths {
      for link in path.links where objects[link].flatMap(substrate) == nil {
        fail("[updatedb] \(path.object.name) leads along \(link), which is not a link or a lan")
      }
    }
  }
}
