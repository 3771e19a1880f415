import Foundation

/// The engines that every store must behave the same on. Suites about stores take `Engine.allCases` as the argument of their tests.
package enum Engine: String, CaseIterable, Sendable {
    case sqlite
    case postgresql
    /// PostgreSQL with every tenant table spread over partitions by workspace, as a distributed engine would spread it over machines.
    case postgresqlPartitioned

    /// The engine of suites that run as a whole on one engine at a time: `TEST_ENGINE` names it, SQLite without.
    package static let ofRun: Engine = ProcessInfo.processInfo.environment["TEST_ENGINE"].flatMap(Engine.init) ?? .sqlite
}
