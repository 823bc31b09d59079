internal import Commands
internal import ArgumentParser
internal import EmulabService
internal import SystemPackage
internal import Testbed

/// `testbed certificate`.
struct TestbedCertificateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificate", abstract: "Make a certificate with which a user may call Emulab's XML-RPC interface.",
    discussion: """
      The file holds the certificate and its key; give it to the user, who keeps it as ~/.ssl/emulab.pem. What the user may \
      do is in the file "projects" at the top of the testbed's tree: a line for each project, such as "Demo: alice bob".
      """)

  @Argument(help: "The user's name.")
  var user: String

  @Option(
    name: .customLong("project"),
    help: ArgumentHelp("A project that the user may use from now on.", valueName: "project"))
  var projects: [String] = []

  @Option(help: "How many days the certificate is good for.")
  var days = 365

  @Option(help: ArgumentHelp("Where to write it, instead of among the testbed's certificates.", valueName: "file"))
  var output: String?

  func validate() throws {
    let isName = user.wholeMatch(of: /[A-Za-z0-9_][-A-Za-z0-9_.]{0,63}/) != nil
    guard isName else { throw ValidationError("\"\(user)\" is no name of a user: letters, digits, hyphens, dots") }
    guard (1...3650).contains(days) else { throw ValidationError("a certificate is good for 1 to 3650 days") }
  }

  func run() throws {
    let root = try ExperimentStore(environment: Environment.current).root
    // Any experiment does, to see whether the names are ones.
    for project in projects { _ = try ExperimentName(project: project, experiment: "any") }
    let authority = try CertificateAuthority(root: root)
    let file = output.map { FilePath($0) } ?? authority.directory.appending("\(user).pem")
    try authority.writeCertificate(for: user, days: days, to: file)
    for project in projects { try ProjectMembers(root: root).add(user, to: project) }
    try Console.write("\(file)\n")
  }
}
