import ArgumentParser
import Commands

@main
enum Entrypoint {
  static func main() async {
    Console.open()
    await ContainerImageCommand.main()
  }
}
