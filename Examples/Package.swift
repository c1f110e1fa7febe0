// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Examples",
    dependencies: [.package(name: "fidoctl", path: "..")],
    targets: [
        .executableTarget(
            name: "Login",
            dependencies: [
                .product(name: "CTAP2", package: "fidoctl"),
                .product(name: "WebAuthn", package: "fidoctl"),
                .product(name: "VirtualAuthenticator", package: "fidoctl"),
            ]
        ),
        .executableTarget(name: "Watch", dependencies: [.product(name: "CTAPHID", package: "fidoctl")]),
        .testTarget(
            name: "ClientTests",
            dependencies: [
                .product(name: "CTAPHID", package: "fidoctl"),
                .product(name: "VirtualAuthenticator", package: "fidoctl"),
            ]
        ),
    ]
)
