// swift-tools-version: 6.2
import PackageDescription

// One section per target, level by level: imports only point down. `Scripts/check-imports` (part of `make check`)
// refuses an import of one of our modules that is not declared here.

/// What every Swift target of the house is built with.
let house: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault")
    ] + (Context.environment["WARNINGS_AS_ERRORS"] == "1" ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "clynto",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "clynto", targets: ["App"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0")
    ],
    targets: [
        // MARK: Level 0

        .target(name: "Domain", swiftSettings: house),

        // MARK: Level 1

        .systemLibrary(name: "CPublicSuffix", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
        .target(name: "Matching", dependencies: ["Domain", "CPublicSuffix", "CIDN2"], swiftSettings: house),

        .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
        .target(name: "Markup", dependencies: ["CGumbo"], swiftSettings: house),

        .target(
            name: "Freshdesk",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio")
            ],
            swiftSettings: house),

        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "LanguageModel",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio")
            ],
            swiftSettings: house),

        .target(
            name: "Store",
            dependencies: [
                "Domain", "CPostgreSQL",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log")
            ],
            swiftSettings: house),

        // MARK: Level 2

        .target(
            name: "Sync",
            dependencies: [
                "Domain", "Freshdesk", "Markup", "Matching", "Store",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
            ],
            swiftSettings: house),

        .target(name: "Larry", dependencies: ["Domain", "LanguageModel", "Store"], swiftSettings: house),

        // MARK: Level 3

        .target(
            name: "Web",
            dependencies: [
                "Domain", "Larry", "Matching", "Markup", "Store", "Sync",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
            ],
            resources: [.embedInCode("Assets/app.css"), .embedInCode("Assets/app.js"), .embedInCode("Assets/icon.svg")],
            swiftSettings: house),

        .target(
            name: "Sandbox",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio")
            ],
            swiftSettings: house),

        // MARK: Level 4

        .executableTarget(
            name: "App",
            dependencies: [
                "Domain", "Matching", "Freshdesk", "LanguageModel", "Larry", "Store", "Sync", "Web", "Sandbox",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle")
            ],
            swiftSettings: house),

        // MARK: Measuring

        .executableTarget(name: "Upserts", dependencies: ["Domain", "Store"], path: "Benchmarks/Upserts", swiftSettings: house),

        // MARK: Tests

        .target(name: "TestDatabases", dependencies: ["Store"], path: "Tests/TestDatabases", swiftSettings: house),
        .target(
            name: "TestSupport",
            dependencies: [
                "Domain", "Freshdesk", "Store", "Sync", "Sandbox", "TestDatabases",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
            ],
            path: "Tests/TestSupport",
            swiftSettings: house),

        .target(
            name: "TestTools",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio")
            ],
            path: "Tests/TestTools",
            swiftSettings: house),

        .target(
            name: "StandInModel",
            dependencies: [
                "TestTools",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio")
            ],
            path: "Tests/StandInModel",
            swiftSettings: house),

        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: house),
        .testTarget(name: "MatchingTests", dependencies: ["Domain", "Matching"], swiftSettings: house),
        .testTarget(name: "MarkupTests", dependencies: ["Markup", "TestTools"], swiftSettings: house),
        .testTarget(
            name: "LanguageModelTests",
            dependencies: [
                "LanguageModel", "StandInModel",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio")
            ],
            swiftSettings: house),
        .testTarget(
            name: "FreshdeskTests",
            dependencies: [
                "Freshdesk", "TestTools",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio")
            ],
            swiftSettings: house),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Sandbox",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio")
            ],
            swiftSettings: house),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Domain", "Store", "TestDatabases", "TestTools", .product(name: "Logging", package: "swift-log")],
            swiftSettings: house),
        .testTarget(
            name: "SyncTests",
            dependencies: [
                "App", "Domain", "Freshdesk", "Matching", "Sandbox", "Store", "Sync", "TestDatabases", "TestSupport",
                .product(name: "Logging", package: "swift-log")
            ],
            swiftSettings: house),
        .testTarget(
            name: "LarryTests",
            dependencies: [
                "Domain", "LanguageModel", "Larry", "Sandbox", "StandInModel", "Store", "Sync", "TestSupport", "TestTools",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log")
            ],
            swiftSettings: house),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Domain", "Markup", "Sandbox", "Store", "Sync", "TestDatabases", "TestSupport", "Web",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio")
            ],
            swiftSettings: house),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App", "Domain", "LanguageModel", "Store", "TestDatabases", "TestSupport",
                .product(name: "Logging", package: "swift-log")
            ],
            swiftSettings: house)
    ]
)
