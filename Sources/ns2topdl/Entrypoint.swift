import ArgumentParser
import Commands

@main
enum Entrypoint {
  static func main() { NS2TopDLCommand.main() }
}
