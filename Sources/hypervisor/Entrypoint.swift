import ArgumentParser
import Commands

@main
enum Entrypoint {
  static func main() {
    Console.open()
    HypervisorCommand.main()
  }
}
