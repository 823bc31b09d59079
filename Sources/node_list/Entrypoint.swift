import ArgumentParser
import Commands

@main
enum Entrypoint {
  static func main() {
    Console.open()
    NodeListCommand.main()
  }
}
