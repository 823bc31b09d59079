import ArgumentParser
import Commands

@main
enum Entrypoint {
  static func main() async { await ContainerImageCommand.main() }
}
