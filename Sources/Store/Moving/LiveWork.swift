import Domain
import Foundation

/// Signs that somebody works with a database, as far as its rows tell.
enum LiveWork {
    /// Throws `conflict` while a worker holds a run whose lease has not lapsed: it would write to what is being copied or replaced.
    static func refuse(_ database: any Database, named name: String, now: Date) async throws {
        let isBusy = try await database.read { db in
            guard try Catalogue.names(db).contains("sync_runs") else { return false }
            return try db.first("SELECT 1 AS one FROM sync_runs WHERE lease_until > $1 LIMIT 1", now) != nil
        }
        guard !isBusy else {
            throw Failure(
                .conflict, code: "in_use",
                "A worker is syncing in \(name) right now. Stop clynto serve and clynto worker there, wait a minute, and run this again.")
        }
    }

    /// What changes with nearly everything that is written: each workspace's version and each counter.
    static func traces(_ db: any Queries) throws -> [TableSum] {
        try Catalogue.shapes(db).filter { ["workspaces", "counters"].contains($0.name) }.map { try TableReader($0).sum(in: db) }
    }
}
