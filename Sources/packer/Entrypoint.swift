internal import ArgumentParser
internal import Commands

@main
enum Entrypoint {
  static func main() async {
    Console.open()
    await PackerCommand.main()
  }
}
