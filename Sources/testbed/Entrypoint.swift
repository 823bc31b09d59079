import ArgumentParser
import Commands
import TestbedCommands

@main
enum Entrypoint {
  static func main() async {
    Console.open()
    await TestbedCommand.main()
  }
}
