package import Domain
package import Foundation

/// A record that a run could not read or save.
package struct RunFailure: Sendable, Equatable {
    /// What a person decided about it.
    package enum Settlement: String, Sendable, CaseIterable {
        case retried, dismissed
    }

    /// Counts within the workspace; 0 before it is saved.
    package var id: Int64 = 0
    package var phase: PhaseName
    /// Such as `ticket 1234`.
    package var record: String
    package var reason: String
    package var at: Date
    package var settlement: Settlement?

    package init(phase: PhaseName, record: String, reason: String, at: Date) {
        self.phase = phase
        self.record = record
        self.reason = reason
        self.at = at
    }

    /// The ticket it is about, which can be read again by itself; nil for every other record.
    package var ticket: ID<Ticket>? {
        record.hasPrefix("ticket ") ? ID(String(record.dropFirst("ticket ".count))) : nil
    }
}

/// What could not be read or saved, and what people decide about it.
extension RunStore {
    /// Failures shown of one run.
    private static let mostShown = 200

    /// Records a run could not read or save, with the reason.
    package func failures(_ workspace: ID<Workspace>, _ run: ID<SyncRun>) async throws -> [RunFailure] {
        try await database.read { try Self.failures(workspace, run, $0) }
    }

    private static func failures(_ workspace: ID<Workspace>, _ run: ID<SyncRun>, _ db: any Queries) throws -> [RunFailure] {
        try db.rows(
            """
            SELECT id, phase, record, reason, at, settled FROM sync_failures
            WHERE workspace_id = $1 AND run_id = $2 ORDER BY id LIMIT $3
            """, workspace, run, mostShown
        ).map {
            var failure = try RunFailure(phase: $0.get("phase"), record: $0.get("record"), reason: $0.get("reason"), at: $0.get("at"))
            failure.id = try $0.get("id")
            failure.settlement = try $0.find("settled")
            return failure
        }
    }

    /// How many records the run could not read or save.
    package static func failedRecords(_ claim: Claim, _ db: any Queries) throws -> Int {
        try db.first(
            "SELECT SUM(failed) AS failed FROM sync_phases WHERE workspace_id = $1 AND run_id = $2", claim.scope.workspace, claim.run
        )?.find("failed") ?? 0
    }

    package static func add(_ failure: RunFailure, _ claim: Claim, _ db: any Queries) throws {
        try db.run(
            "INSERT INTO sync_failures (workspace_id, run_id, id, phase, record, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            claim.scope.workspace, claim.run, try db.nextNumber(of: "sync_failures", in: claim.scope.workspace), failure.phase,
            failure.record, failure.reason, failure.at)
        try log(
            .warning, "\(failure.record): \(failure.reason)", phase: failure.phase, run: claim.run, workspace: claim.scope.workspace,
            now: failure.at, db)
    }

    /// Puts failures aside, or has their tickets read again as if a webhook had named them.
    ///
    /// - Parameter ids: which; nil is every open one of the run.
    /// - Returns: how many were settled. A failure that is about no ticket cannot be retried by itself and stays open.
    package func settle(
        _ workspace: ID<Workspace>, _ run: ID<SyncRun>, _ ids: Set<Int64>?, as settlement: RunFailure.Settlement, now: Date
    ) async throws -> Int {
        try await database.write { db in
            guard let connection = try ConnectionStore.find(workspace, db) else { return 0 }
            let scope = MirrorScope(workspace: workspace, connection: connection.id)
            var settled = 0
            for failure in try Self.failures(workspace, run, db) where failure.settlement == nil && ids?.contains(failure.id) ?? true {
                if settlement == .retried {
                    guard let ticket = failure.ticket, try EventStore.record(scope, ticket: ticket, now: try db.now(), db) else { continue }
                }
                settled += try db.run(
                    "UPDATE sync_failures SET settled = $4, settled_at = $5 WHERE workspace_id = $1 AND run_id = $2 AND id = $3",
                    workspace, run, failure.id, settlement, now)
            }
            return settled
        }
    }
}
