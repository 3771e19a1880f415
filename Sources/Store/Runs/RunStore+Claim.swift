package import Domain
package import Foundation

/// How workers take runs, keep them, and give them back. All of it by the database's clock.
extension RunStore {
    /// A run in a worker's hands.
    package struct Claim: Sendable, Equatable {
        package var run: ID<SyncRun>
        package var scope: MirrorScope
        package var trigger: SyncRun.Trigger
        package var windowEnd: Date
        /// Names this one hold on the run: no other, not even of the same worker, has the same text.
        package var owner: String
    }

    /// When a run became, or becomes, anybody's to take: its lease lapses, its wait ends, or it was queued. The index
    /// `sync_runs_due` is over this very expression.
    static let dueAt = "COALESCE(lease_until, resumes_at, queued_at)"
    static let isActive = "state IN ('queued', 'running', 'waiting')"
    /// How many of those that have waited longest are looked at, and among how many of them a worker picks: ten workers that all went
    /// for the first one would stand in line for its row.
    private static let looked = 16
    private static let picked = 8

    static func isDue(_ dialect: Dialect) -> String {
        // A run that waits in a worker's hands has a lease that ends before the wait does.
        "\(isActive) AND \(dueAt) <= \(dialect.now) AND (resumes_at IS NULL OR resumes_at <= \(dialect.now))"
    }

    /// The statement that finds what waits longest; for the test of its plan.
    static func dueRuns(_ dialect: Dialect) -> String {
        "SELECT id, workspace_id, lease_owner FROM sync_runs WHERE \(isDue(dialect)) ORDER BY \(dueAt), id LIMIT $1"
    }

    /// The statement that finds what a worker has left without a word; for the test of its plan.
    static func lapsedRuns(_ dialect: Dialect) -> String {
        """
        SELECT id, workspace_id, lease_owner FROM sync_runs
        WHERE lease_owner IS NOT NULL AND lease_until <= \(dialect.now) AND \(isActive)
            AND (resumes_at IS NULL OR resumes_at <= \(dialect.now))
        ORDER BY lease_until LIMIT $1
        """
    }

    /// Takes a run: one that was left by a worker whose lease has lapsed, else one of those that have waited longest, queued or waiting
    /// until now or earlier. Nil when there is none.
    ///
    /// - Parameters:
    ///   - owner: the name of the hold, different at every call.
    ///   - lease: seconds after which the run is anybody's again unless a heartbeat comes.
    ///   - startedAt: the product's time, which is shown.
    ///   - workspace: takes the run of this workspace alone.
    ///   - isDead: whether the owner of a hold is known to be gone (on SQLite, an earlier process on this file), so that its lease need
    ///     not lapse first; nil where that cannot be known.
    package func claim(
        owner: String, lease: TimeInterval, startedAt: Date, workspace: ID<Workspace>? = nil,
        isDead: (@Sendable (String) -> Bool)? = nil
    ) async throws -> Claim? {
        // Read first: an idle worker that looks twice a second must not take the write lock for it.
        let (left, due) = try await database.read { db in
            let left = try isDead.map { try Self.leftBehind(in: workspace, $0, db) } ?? []
            let lapsed = try workspace == nil ? Self.candidates(db.rows(Self.lapsedRuns(db.dialect), Self.looked)) : []
            return (left + lapsed, try Self.candidates(in: workspace, db))
        }
        let inTurn = due.prefix(Self.picked).shuffled() + due.dropFirst(Self.picked)
        for candidate in left + inTurn {
            if let claim = try await take(candidate, owner: owner, lease: lease, startedAt: startedAt) { return claim }
        }
        return nil
    }

    private struct Candidate {
        var run: ID<SyncRun>
        var workspace: ID<Workspace>
        /// Who held it last; nil when it was queued or waited.
        var holder: String?
        /// Whether that one is known to be gone, although its lease has not lapsed.
        var isLeftBehind = false
    }

    private static func candidates(in workspace: ID<Workspace>?, _ db: any Queries) throws -> [Candidate] {
        guard let workspace else { return try candidates(db.rows(dueRuns(db.dialect), looked)) }
        return try candidates(
            db.rows("SELECT id, workspace_id, lease_owner FROM sync_runs WHERE workspace_id = $1 AND \(isDue(db.dialect))", workspace))
    }

    private static func candidates(_ rows: [Row]) throws -> [Candidate] {
        try rows.map { try Candidate(run: $0.get("id"), workspace: $0.get("workspace_id"), holder: $0.find("lease_owner")) }
    }

    private static func leftBehind(
        in workspace: ID<Workspace>?, _ isDead: (String) -> Bool, _ db: any Queries
    ) throws -> [Candidate] {
        let held = try db.rows(
            """
            SELECT id, workspace_id, lease_owner FROM sync_runs
            WHERE \(isActive) AND lease_owner IS NOT NULL AND \(dueAt) > \(db.dialect.now) AND (CAST($1 AS BIGINT) = 0 OR workspace_id = $1)
                AND (resumes_at IS NULL OR resumes_at <= \(db.dialect.now))
            """, workspace?.rawValue ?? 0)
        return try held.compactMap { row in
            let owner: String = try row.get("lease_owner")
            guard isDead(owner) else { return nil }
            return try Candidate(run: row.get("id"), workspace: row.get("workspace_id"), holder: owner, isLeftBehind: true)
        }
    }

    private func take(_ candidate: Candidate, owner: String, lease: TimeInterval, startedAt: Date) async throws -> Claim? {
        try await database.write { db in
            let condition = candidate.isLeftBehind ? "\(Self.isActive) AND lease_owner = $6" : Self.isDue(db.dialect)
            let taken = try db.rows(
                """
                UPDATE sync_runs SET state = 'running', lease_owner = $3, lease_until = \(db.dialect.now) + $4, resumes_at = NULL,
                    started_at = COALESCE(started_at, $5), \(Self.endsWait(db.dialect))
                WHERE id = $1 AND workspace_id = $2 AND \(condition)
                RETURNING connection_id, trigger, window_end
                """,
                arguments: [
                    candidate.run.sqlValue, candidate.workspace.sqlValue, owner.sqlValue, lease.milliseconds.sqlValue, startedAt.sqlValue
                ] + (candidate.isLeftBehind ? [candidate.holder?.sqlValue ?? .null] : [])
            ).first
            guard let taken else { return nil }
            let words =
                candidate.holder == nil ? "A worker took the run." : "Another worker took the run over and goes on from its checkpoint."
            try Self.log(
                candidate.holder == nil ? .info : .warning, words, run: candidate.run, workspace: candidate.workspace, now: startedAt, db)
            try db.bumpVersion(of: candidate.workspace, announces: true)
            return try Claim(
                run: candidate.run, scope: MirrorScope(workspace: candidate.workspace, connection: taken.get("connection_id")),
                trigger: taken.get("trigger"), windowEnd: taken.get("window_end"), owner: owner)
        }
    }

    /// Global: whether some run waits for a worker.
    package func isAnyDue() async throws -> Bool {
        try await database.read { try !$0.rows(Self.dueRuns($0.dialect), 1).isEmpty }
    }

    /// Prolongs the lease. False when the run is no longer this worker's, or somebody asked to cancel it.
    package func heartbeat(_ claim: Claim, lease: TimeInterval) async throws -> Bool {
        try await database.write { db in
            try db.run(
                """
                UPDATE sync_runs SET lease_until = \(db.dialect.now) + $3
                WHERE id = $1 AND lease_owner = $2 AND workspace_id = $4 AND state IN ('running', 'waiting') AND NOT cancel_requested
                """, claim.run, claim.owner, lease.milliseconds, claim.scope.workspace) == 1
        }
    }

    /// Throws `Lost` unless the run is still this worker's; called first in every transaction that saves a page. Until the transaction
    /// ends nobody can take the run: a worker whose lease has lapsed either saves before its rescuer reads the checkpoint, or not at all.
    package static func requireOwnership(_ claim: Claim, _ db: any Queries) throws {
        let row = try db.first(
            "SELECT state, lease_owner, cancel_requested FROM sync_runs WHERE id = $1 AND workspace_id = $2 \(db.dialect.forUpdate)",
            claim.run, claim.scope.workspace)
        guard let row, try row.find("lease_owner", as: String.self) == claim.owner, try row.get("state", as: SyncRun.State.self).isActive,
            try !row.get("cancel_requested", as: Bool.self)
        else { throw Lost() }
    }

    /// The run was cancelled, or another worker has taken it.
    package struct Lost: Error {}

    // MARK: Waiting and giving back

    /// The portal makes the run wait. With `freesWorker`, the worker gives the run back to be taken again when the wait is over.
    ///
    /// - Parameters:
    ///   - pause: seconds from now on. A length and no moment: the clock of this machine may be wrong.
    ///   - now: the product's time, for the log.
    package func wait(
        _ claim: Claim, for pause: TimeInterval, rate: SyncRun.RateLimit, freesWorker: Bool, now: Date
    ) async throws {
        let pause = max(0, pause)
        try await database.write { db in
            let end = now.addingTimeInterval(pause).rfc3339
            try Self.log(
                .info, "Freshdesk's request allowance is used up; the run goes on at \(end).", run: claim.run,
                workspace: claim.scope.workspace, now: now, db)
            try db.run(
                """
                UPDATE sync_runs SET state = 'waiting', resumes_at = \(db.dialect.now) + $3, rate_total = COALESCE($4, rate_total),
                    rate_remaining = COALESCE($5, rate_remaining), waits = waits + CASE WHEN waiting_since IS NULL THEN 1 ELSE 0 END,
                    waiting_since = COALESCE(waiting_since, \(db.dialect.now))
                WHERE id = $1 AND lease_owner = $2 AND workspace_id = $6 AND state IN ('running', 'waiting')
                """, claim.run, claim.owner, pause.milliseconds, rate.total, rate.remaining, claim.scope.workspace)
            if freesWorker {
                try db.run(
                    "UPDATE sync_runs SET lease_owner = NULL, lease_until = NULL WHERE id = $1 AND lease_owner = $2 AND workspace_id = $3",
                    claim.run, claim.owner, claim.scope.workspace)
            }
            try db.bumpVersion(of: claim.scope.workspace)
        }
    }

    /// Assignments that count a wait under way as over.
    static func endsWait(_ dialect: Dialect) -> String {
        "waited = waited + \(dialect.now) - COALESCE(waiting_since, \(dialect.now)), waiting_since = NULL"
    }

    /// The wait is over and the same worker goes on.
    package static func resume(_ claim: Claim, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE sync_runs SET state = 'running', resumes_at = NULL, \(endsWait(db.dialect))
            WHERE id = $1 AND lease_owner = $2 AND workspace_id = $3 AND state = 'waiting'
            """, claim.run, claim.owner, claim.scope.workspace)
    }

    /// Gives a run back unfinished, for a process that is asked to stop and for a turn that has lasted long enough. The run goes to the
    /// end of the queue.
    package func release(_ claim: Claim) async throws {
        try await database.write { db in
            try db.run(
                """
                UPDATE sync_runs SET state = 'queued', lease_owner = NULL, lease_until = NULL, queued_at = \(db.dialect.now),
                    \(Self.endsWait(db.dialect))
                WHERE id = $1 AND lease_owner = $2 AND workspace_id = $3 AND state IN ('running', 'waiting') AND NOT cancel_requested
                """, claim.run, claim.owner, claim.scope.workspace)
            try db.bumpVersion(of: claim.scope.workspace)
        }
    }
}
