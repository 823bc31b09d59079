import Datasets
import Foundation
import Testing

@Suite struct CommittedTests {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../datasets").standardized

  @Test(arguments: Dataset.committed.indices)
  func fileIsWhatTheGeneratorWrites(_ index: Int) throws {
    let dataset = Dataset.committed[index]
    var text = ""
    dataset.write(dataset.network(), to: &text)
    let file = try String(contentsOf: folder.appending(path: dataset.path), encoding: .utf8)
    // Compared as a Bool: a difference would print both files.
    let isEqual = file == text
    #expect(isEqual, "datasets/\(dataset.path): run generate-datasets all datasets")
  }

  @Test func manifestNamesEveryFile() throws {
    let manifest = try String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
    for dataset in Dataset.committed { #expect(manifest.contains(dataset.manifestRow(dataset.network()))) }
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    for name in names where name.contains(".") { #expect(name == "README.md" || manifest.contains("`\(name)`")) }
  }
}
