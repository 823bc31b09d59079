// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .target(name: "Datasets"),
    .executableTarget(name: "benchmark", dependencies: ["Datasets", argumentParser]),
    .executableTarget(name: "generate-datasets", dependencies: ["Datasets", argumentParser]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets"]),
  ]
)

for target in package.targets {
  target.swiftSettings = settings
}
