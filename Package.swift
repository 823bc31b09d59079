// swift-tools-version: 6.2
import Foundation
import PackageDescription

// Sections: C libraries; the house in the order of the data (a target never depends on one below it); executables;
// tests. Within a section, in the order of the data.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "containerize",
  products: [
    .executable(name: "container_image", targets: ["container_image"]),
    .executable(name: "container_init", targets: ["container_init"]),
    .executable(name: "containerize", targets: ["containerize"]),
    .executable(name: "hypervisor", targets: ["hypervisor"]),
    .executable(name: "node_list", targets: ["node_list"]),
    .executable(name: "ns2topdl", targets: ["ns2topdl"]),
    .executable(name: "packer", targets: ["packer"]),
    .executable(name: "testbed", targets: ["testbed"]),
    .library(name: "Partitioning", targets: ["Partitioning"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.1"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    // MARK: C libraries

    .systemLibrary(name: "CDeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"])]),
    .target(name: "CLinux"),
    .systemLibrary(name: "CMetis", providers: [.apt(["libmetis-dev"])]),
    .systemLibrary(name: "CTcl", pkgConfig: "tcl8.6", providers: [.apt(["tcl8.6-dev"])]),
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

    // MARK: read → model → partition → embed → emit → run

    .target(name: "TopologyModel"),
    .target(name: "TopologyReading", dependencies: ["CTcl", "CXML2", "TopologyModel", system]),
    .target(name: "Partitioning", dependencies: ["CGLPK", "CMetis"]),
    .target(name: "Planning", dependencies: ["Partitioning", "TopologyModel"]),
    .target(name: "HostManifests"),
    .target(
      name: "Emitting", dependencies: ["CDeflate", "HostManifests", "Planning", "TopologyModel", "TopologyReading"]),
    .target(
      name: "Running", dependencies: ["CLinux", "HostManifests", system],
      resources: [.embedInCode("Machines/boot.sh")]),
    .target(
      name: "StatusService",
      dependencies: [
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"), lifecycle,
      ]),
    .target(
      name: "XMLRPC",
      dependencies: [
        "CXML2",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ]),
    .target(
      name: "XMLRPCServing",
      dependencies: [
        "XMLRPC",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
        lifecycle, logging, system,
      ]),
    .target(name: "Testbed", dependencies: [system]),
    .target(name: "Swapping", dependencies: ["HostManifests", "Running", "Testbed", grdb, system]),
    .target(
      name: "EmulabService",
      dependencies: [
        "HostManifests", "Swapping", "Testbed", "TopologyModel", "TopologyReading", "XMLRPC",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
        .product(name: "X509", package: "swift-certificates"),
        subprocess, system,
      ]),
    .target(
      name: "WebPages",
      dependencies: [
        "Emitting", "HostManifests", "Running", "Swapping", "Testbed", "TopologyReading", system,
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        lifecycle, logging,
      ]),
    .target(
      name: "Commands",
      dependencies: [
        "Emitting", "Partitioning", "Planning", "Testbed", "TopologyModel", "TopologyReading", "XMLRPC", argumentParser,
        subprocess, system,
      ]),
    .target(
      name: "TestbedCommands",
      dependencies: [
        "Commands", "EmulabService", "HostManifests", "Running", "StatusService", "Swapping", "Testbed", "WebPages",
        "XMLRPC", "XMLRPCServing", argumentParser, lifecycle, logging, system, unixSignals,
      ]),

    // MARK: Executables

    .executableTarget(name: "container_image", dependencies: ["Commands", argumentParser]),
    .executableTarget(name: "container_init"),
    .executableTarget(name: "containerize", dependencies: ["Commands", argumentParser]),
    .executableTarget(name: "hypervisor", dependencies: ["Commands", "TestbedCommands", argumentParser]),
    .executableTarget(name: "node_list", dependencies: ["Commands", "TestbedCommands", argumentParser]),
    .executableTarget(name: "ns2topdl", dependencies: ["Commands", argumentParser]),
    .executableTarget(name: "packer", dependencies: ["Commands", argumentParser]),
    .executableTarget(name: "testbed", dependencies: ["Commands", "TestbedCommands", argumentParser]),

    // MARK: Tests

    .target(
      name: "TestSupport", dependencies: ["Partitioning", "Planning", "TopologyModel", subprocess, system],
      path: "Tests/TestSupport"),
    .testTarget(name: "TopologyModelTests", dependencies: ["TopologyModel"]),
    .testTarget(
      name: "TopologyReadingTests",
      dependencies: ["TestSupport", "TopologyModel", "TopologyReading", subprocess, system]),
    .testTarget(name: "PartitioningTests", dependencies: ["Partitioning", "TestSupport"]),
    .testTarget(name: "PlanningTests", dependencies: ["Planning", "TestSupport", "TopologyReading"]),
    .testTarget(
      name: "EmittingTests",
      dependencies: ["Emitting", "HostManifests", "Planning", "TestSupport", "TopologyModel", "TopologyReading", yams],
      exclude: ["Drawing/Golden", "Golden", "Hypervisors/consistency.py", "Hypervisors/texts.py", "recorder.tcl"]),
    .testTarget(name: "RunningTests", dependencies: ["HostManifests", "Running", "TestSupport"]),
    .testTarget(name: "TestbedTests", dependencies: ["TestSupport", "Testbed", grdb, system]),
    .testTarget(
      name: "CommandsTests",
      dependencies: ["Commands", "TestSupport", "TopologyModel", "TopologyReading", argumentParser]),
    .testTarget(
      name: "SwappingTests",
      dependencies: ["CLinux", "HostManifests", "Running", "Swapping", "TestSupport", "Testbed", system]),
    .testTarget(name: "StatusServiceTests", dependencies: ["StatusService", "TestSupport"]),
    .testTarget(
      name: "WebPagesTests",
      dependencies: [
        "Swapping", "TestSupport", "Testbed", "WebPages", lifecycle, logging, system,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
    .testTarget(name: "XMLRPCTests", dependencies: ["TestSupport", "XMLRPC", "XMLRPCServing"]),
    .testTarget(name: "EmulabServiceTests", dependencies: ["EmulabService", "TestSupport", "XMLRPC", system]),
    .testTarget(
      name: "IntegrationTests",
      dependencies: [
        "HostManifests", "Running", "TestSupport",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ]),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + settings
}

// Only `tools/docs` needs it: nobody else shall download or build it.
if ProcessInfo.processInfo.environment["CONTAINERIZE_DOCS"] != nil {
  package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}
