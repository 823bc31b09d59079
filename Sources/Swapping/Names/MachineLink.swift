internal import Foundation
internal import Glibc
internal import HostManifests
internal import Running
internal import SystemPackage
internal import Testbed

/// An interface by which the machine itself is on the control network of an experiment: the one thing that may be made in
/// its own network namespace, and only where its user wants names to lead somewhere.
///
/// Its other end is in the namespace of the experiment's switch, with which it goes.
struct MachineLink {
  /// Its name; interfaces have up to 15 characters.
  let name: String
  private let experiment: ExperimentName
  /// The machine's address there: the first of the network, which no host or node has.
  private let address: String
  private let prefixes: [AddressRanges.Prefix]

  /// The link to an experiment with such names.
  ///
  /// - Throws: If the network has no address for the machine.
  init(
    to experiment: ExperimentName, owner: String, network: String, names: [MachineName]
  ) throws(TestbedError) {
    name = "cz" + HostAgent.Surroundings.groupName(ofOwner: owner)
    self.experiment = experiment
    let addresses = names.compactMap { IPv4.number($0.address) }
    guard let prefix = AddressRanges.Prefix(network), prefix.length <= 30, !addresses.contains(prefix.address + 1)
    else {
      throw TestbedError("the control network \(network) of \(experiment) has no address for this machine")
    }
    address = String(AddressRanges.Prefix(address: prefix.address + 1, length: 32).description.dropLast(3))
    prefixes = AddressRanges.prefixes(of: addresses)
  }

  /// Makes the interface.
  ///
  /// - Parameter process: One that is in the namespace of the experiment's switch.
  /// - Throws: If the machine has a use of its own for the addresses, or the kernel refuses something.
  func make(to process: Int32) throws(TestbedError) {
    do throws(RunningError) {
      let routes = try Route.all()
      if routes.contains(where: { $0.dev == name }) { return }
      if let (route, prefix) = conflict(with: routes) {
        throw RunningError(
          "this machine has its own way to \(prefix) of the control network of \(experiment) (\(route.dst) by "
            + "\(route.dev ?? "another route")): names of \(experiment) would lead there")
      }
      let fabric = try SystemProcess.networkNamespace(of: process)
      defer { try? fabric.close() }
      try SystemCommand.batch(
        .ip,
        [
          "link add name \(name) type veth peer name machine netns \(process)",
          "link set dev \(name) alias \"containerize \(experiment)\" addrgenmode none",
          "address add \(address)/32 dev \(name)", "link set dev \(name) up",
        ] + prefixes.map { "route add \($0) dev \(name) src \(address)" })
      try SystemCommand.batch(.ip, ["link set dev machine master switch up"], in: fabric)
    } catch {
      remove()
      throw TestbedError(error.description)
    }
  }

  /// Removes it, where it is.
  func remove() { Self.remove(name) }

  /// Removes that of an owner, where it is.
  static func remove(of owner: String) { remove("cz" + HostAgent.Surroundings.groupName(ofOwner: owner)) }

  private static func remove(_ name: String) {
    // What /sys shows may be another namespace's.
    guard unsafe if_nametoindex(name) != 0 else { return }
    _ = try? SystemCommand.run(SystemCommand.path(of: "ip"), ["link", "delete", "dev", name])
  }

  /// A route of the machine for addresses of the experiment, and which.
  private func conflict(with routes: [Route]) -> (Route, AddressRanges.Prefix)? {
    for route in routes {
      // What is for nearly everything makes way for what is more special.
      guard let target = AddressRanges.Prefix(route.dst), target.length >= 8 else { continue }
      if let prefix = prefixes.first(where: { $0.overlaps(target) }) { return (route, prefix) }
    }
    return nil
  }

  /// A route, as `ip -json` prints it.
  private struct Route: Decodable {
    var dst: String
    var dev: String?

    /// Those of all tables: addresses of the machine itself are in one of them.
    static func all() throws(RunningError) -> [Self] {
      let outcome = try SystemCommand.run(
        SystemCommand.path(of: "ip"), ["-json", "-4", "route", "show", "table", "all"])
      guard outcome.code == 0, let routes = try? JSONDecoder().decode([Self].self, from: Data(outcome.output.utf8))
      else { throw RunningError("this machine's routes can't be read: \(outcome.errors)") }
      return routes
    }
  }
}
