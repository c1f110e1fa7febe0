// swift-tools-version: 6.2
import PackageDescription

// Micro-benchmarks: make bench runs them. A package of their own, so that fidoctl's depends on none of this.
let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "fidoctl", path: ".."),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // Without its traits, whose counters of allocations each replace the C library's malloc.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .target(name: "CAllocations"),
        .target(name: "CPeers", linkerSettings: [.linkedLibrary("cbor"), .linkedLibrary("crypto")]),
        .executableTarget(
            name: "Codecs",
            dependencies: [
                "CAllocations",
                "CPeers",
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "CTAPHID", package: "fidoctl"),
                .product(name: "CTAP2", package: "fidoctl"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            path: "Benchmarks/Codecs",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
