// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "fidoctl",
    products: [
        .library(name: "CTAPHID", targets: ["CTAPHID"]),
        .library(name: "CTAP2", targets: ["CTAP2"]),
        .library(name: "WebAuthn", targets: ["WebAuthn"]),
        .library(name: "VirtualAuthenticator", targets: ["VirtualAuthenticator"]),
        .executable(name: "fidoctl", targets: ["fidoctl"]),
        .library(name: "fidoctl-sk", type: .dynamic, targets: ["OpenSSHEntryPoints"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    ],
    targets: [
        .systemLibrary(
            name: "CHidapi",
            pkgConfig: "hidapi-hidraw",
            providers: [.apt(["libhidapi-dev", "libudev-dev"])]
        ),
        .target(name: "CProcess"),
        .target(name: "CPublicSuffixes", exclude: ["public_suffix_list.dat"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Platform"),
        .target(name: "CTAPHID", dependencies: ["CHidapi", "Platform"]),
        .target(
            name: "CTAP2",
            dependencies: [
                "CTAPHID",
                "CZlib",
                "Platform",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]
        ),
        .target(
            name: "WebAuthn",
            dependencies: [
                "CPublicSuffixes",
                "CTAP2",
                "Platform",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ]
        ),
        .target(
            name: "VirtualAuthenticator",
            dependencies: [
                "CTAPHID",
                "CTAP2",
                "Platform",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ]
        ),
        .target(name: "Interaction", dependencies: ["CProcess", "CTAPHID", "CTAP2", "Platform"]),
        .systemLibrary(name: "COpenSSH"),
        .target(
            name: "OpenSSHProvider",
            dependencies: [
                "CProcess",
                "CTAPHID",
                "CTAP2",
                "Interaction",
                "Platform",
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .target(
            name: "OpenSSHEntryPoints",
            dependencies: ["COpenSSH", "CTAP2", "OpenSSHProvider"],
            exclude: ["exports.map"],
            linkerSettings: [
                // The program that loads the library has a libcrypto of its own, and unloads it while its threads sleep.
                .unsafeFlags([
                    "-Xlinker", "--version-script=\(Context.packageDirectory)/Sources/OpenSSHEntryPoints/exports.map",
                ]),
                .unsafeFlags(["-Xlinker", "-z", "-Xlinker", "nodelete"]),
                // What --static-swift-stdlib does for programs only.
                .unsafeFlags(["-static-stdlib"], .when(configuration: .release)),
            ]
        ),
        .executableTarget(
            name: "fidoctl",
            dependencies: [
                "CProcess",
                "CTAPHID",
                "CTAP2",
                "Interaction",
                "Platform",
                "WebAuthn",
                "VirtualAuthenticator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "CTAPTests",
            dependencies: [
                "CProcess",
                "CTAPHID",
                "CTAP2",
                "Interaction",
                "OpenSSHProvider",
                "Platform",
                "WebAuthn",
                "VirtualAuthenticator",
                "fidoctl",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            exclude: ["Transcripts"],
            resources: [.copy("Vectors")]
        ),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && !["CProcess", "CPublicSuffixes"].contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
    // Where Foundation is linked statically or imported whole, as by tests, `struct stat` and others come from Glibc and from
    // CoreFoundation alike, and it depends on the order of the files which of them counts as imported.
    if !["VirtualAuthenticator", "fidoctl", "CTAPTests"].contains(target.name) {
        target.swiftSettings?.append(.enableUpcomingFeature("MemberImportVisibility"))
    }
}
