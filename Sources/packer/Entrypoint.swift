internal import ArgumentParser
internal import Commands

@main
enum Entrypoint {
  static func main() { PackerCommand.main() }
}
