import ArgumentParser
import Commands
import TestbedCommands

@main
enum Entrypoint {
  static func main() {
    Console.open()
    NodeListCommand.main()
  }
}
