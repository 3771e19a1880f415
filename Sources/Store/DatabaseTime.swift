package import Foundation

/// The database's own clock, by which everything is timed that several processes must agree on: leases, waits, the queue, what is due.
/// The clocks of their machines may differ; the database has one.
extension Dialect {
    /// An expression for the moment at which the statement began, in milliseconds since 1970.
    ///
    /// Stable within a statement, so that an index serves a comparison with it.
    var now: String {
        switch self {
        case .sqlite:
            // `unixepoch('subsec')` is younger than Debian 12's SQLite. A Julian day as a double is exact to some 40 µs.
            "CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER)"
        case .postgresql:
            // Not `now()`: that is when the transaction began, which may have waited for a lock since. Not `clock_timestamp()`: it is
            // volatile, so that no index could be used.
            "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)"
        }
    }
}

extension Queries {
    /// The moment by the database's clock.
    package func now() throws -> Date {
        try first("SELECT \(dialect.now) AS now")?.get("now") ?? Date()
    }
}

extension TimeInterval {
    /// As columns keep it.
    var milliseconds: Int64 { Int64((self * 1000).rounded()) }
}
