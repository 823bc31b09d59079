import ArgumentParser
import Commands

@main
enum Entrypoint {
  static func main() async {
    Console.open()
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "annotate": await AnnotateCommand.main(Array(arguments.dropFirst()))
    case "partition": await PartitionCommand.main(Array(arguments.dropFirst()))
    default: await ContainerizeCommand.main(arguments)
    }
  }
}
