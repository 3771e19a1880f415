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

/// The products of other packages that targets are built with.
extension Target.Dependency {
    static let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
    static let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
    static let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
    static let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
    static let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
    static let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
    static let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
    static let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
    static let nioFoundationCompat = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
    static let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
    static let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
    static let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
}

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
        .target(
            name: "Matching", dependencies: ["Domain", "CPublicSuffix", "CIDN2"],
            resources: [
                .embedInCode("Tables/freemail.txt"), .embedInCode("Tables/disposable.txt"), .embedInCode("Tables/tenantplatforms.txt"),
                .embedInCode("Tables/pathplatforms.txt"), .embedInCode("Tables/legalforms.txt")
            ],
            swiftSettings: house),

        .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
        .target(name: "Markup", dependencies: ["CGumbo"], swiftSettings: house),

        .target(
            name: "Freshdesk",
            dependencies: [.asyncHTTPClient, .logging, .nioCore, .nioHTTP1, .nioFoundationCompat],
            swiftSettings: house),

        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "LanguageModel",
            dependencies: [.asyncHTTPClient, .logging, .nioCore, .nioHTTP1, .nioFoundationCompat],
            swiftSettings: house),

        .target(
            name: "Store",
            dependencies: ["Domain", "CPostgreSQL", .crypto, .cryptoExtras, .grdb, .logging],
            swiftSettings: house),

        // MARK: Level 2

        .target(
            name: "Sync",
            dependencies: [
                "Domain", "Freshdesk", "LanguageModel", "Markup", "Matching", "Store",
                .asyncHTTPClient, .logging, .nioCore, .nioHTTP1, .serviceLifecycle
            ],
            swiftSettings: house),

        .target(name: "Larry", dependencies: ["Domain", "LanguageModel", "Store"], swiftSettings: house),

        // MARK: Level 3

        .target(
            name: "Web",
            dependencies: [
                "Domain", "Larry", "Matching", "Markup", "Store", "Sync",
                .httpTypes, .hummingbird, .logging, .nioCore, .nioFoundationCompat, .serviceLifecycle
            ],
            resources: [.embedInCode("Assets/app.css"), .embedInCode("Assets/app.js"), .embedInCode("Assets/icon.svg")],
            swiftSettings: house),

        .target(
            name: "Sandbox",
            dependencies: [.httpTypes, .hummingbird, .logging, .nioCore, .nioFoundationCompat],
            swiftSettings: house),

        // MARK: Level 4

        .executableTarget(
            name: "App",
            dependencies: [
                "Domain", "Matching", "Freshdesk", "LanguageModel", "Larry", "Store", "Sync", "Web", "Sandbox",
                .argumentParser, .configuration, .hummingbird, .logging, .serviceLifecycle, .unixSignals
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
                .asyncHTTPClient, .logging, .nioCore, .nioHTTP1, .nioPosix, .serviceLifecycle
            ],
            path: "Tests/TestSupport",
            swiftSettings: house),

        .target(
            name: "TestTools", dependencies: [.httpTypes, .hummingbird, .logging, .nioCore], path: "Tests/TestTools", swiftSettings: house),

        .target(
            name: "StandInModel",
            dependencies: ["TestTools", .httpTypes, .hummingbird, .nioCore, .nioFoundationCompat],
            path: "Tests/StandInModel",
            swiftSettings: house),

        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: house),
        .testTarget(name: "MatchingTests", dependencies: ["Domain", "Matching"], swiftSettings: house),
        .testTarget(name: "MarkupTests", dependencies: ["Markup", "TestTools"], swiftSettings: house),
        .testTarget(
            name: "LanguageModelTests",
            dependencies: ["LanguageModel", "StandInModel", .asyncHTTPClient, .logging, .nioCore],
            swiftSettings: house),
        .testTarget(
            name: "FreshdeskTests",
            dependencies: ["Freshdesk", "TestTools", .asyncHTTPClient, .httpTypes, .hummingbird, .logging, .nioCore],
            swiftSettings: house),
        .testTarget(
            name: "SandboxTests",
            dependencies: ["Sandbox", .httpTypes, .hummingbird, .hummingbirdTesting, .logging, .nioCore],
            swiftSettings: house),
        .testTarget(
            name: "StoreTests",
            dependencies: ["Domain", "Store", "TestDatabases", "TestTools", .logging],
            swiftSettings: house),
        .testTarget(
            name: "SyncTests",
            dependencies: [
                "App", "Domain", "Freshdesk", "LanguageModel", "Matching", "Sandbox", "StandInModel", "Store", "Sync", "TestDatabases",
                "TestSupport",
                .logging, .asyncHTTPClient
            ],
            swiftSettings: house),
        .testTarget(
            name: "LarryTests",
            dependencies: [
                "Domain", "LanguageModel", "Larry", "Sandbox", "StandInModel", "Store", "Sync", "TestSupport", "TestTools",
                .asyncHTTPClient, .logging
            ],
            swiftSettings: house),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Domain", "LanguageModel", "Larry", "Markup", "Sandbox", "StandInModel", "Store", "Sync", "TestDatabases", "TestSupport",
                "Web",
                .asyncHTTPClient, .httpTypes, .hummingbird, .hummingbirdTesting, .logging, .nioCore
            ],
            swiftSettings: house),
        .testTarget(
            name: "AppTests",
            dependencies: ["App", "Domain", "LanguageModel", "Store", "TestDatabases", "TestSupport", .logging],
            swiftSettings: house)
    ]
)
