package import Domain
package import Foundation

/// How workers take runs, keep them alive, and end them.
extension RunStore {
    /// A run in a worker's hands.
    package struct Claim: Sendable, Equatable {
        package var run: ID<SyncRun>
        package var scope: MirrorScope
        package var trigger: SyncRun.Trigger
        package var windowEnd: Date
        package var owner: String
    }

    /// Takes the run that has waited longest: queued, waiting until now or earlier, or left by a worker whose lease has lapsed.
    ///
    /// - Parameters:
    ///   - now: real time, by which leases and waits are measured.
    ///   - startedAt: the product's time, which is shown.
    ///   - deadOwners: owners known to be gone (on SQLite, an earlier process on this file), whose leases need not lapse first.
    package func claim(
        owner: String, lease: TimeInterval, now: Date, startedAt: Date, workspace: ID<Workspace>? = nil,
        deadOwners: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> Claim? {
        try await database.write { db in
            let candidates = try db.rows(
                """
                SELECT id, workspace_id, lease_owner, lease_until, state FROM sync_runs
                WHERE state IN ('queued', 'running', 'waiting') AND ($2 = 0 OR workspace_id = $2)
                    AND (resumes_at IS NULL OR resumes_at <= $1)
                ORDER BY queued_at, id LIMIT 100
                """, now, workspace?.rawValue ?? 0)
            for row in candidates {
                let holder: String? = try row.find("lease_owner")
                let until: Date? = try row.find("lease_until")
                guard holder == nil || (until ?? .distantPast) <= now || holder.map(deadOwners) == true else { continue }
                let taken = try db.first(
                    """
                    UPDATE sync_runs SET state = 'running', lease_owner = $3, lease_until = $4, resumes_at = NULL,
                        started_at = COALESCE(started_at, $5)
                    WHERE id = $1 AND workspace_id = $2 AND lease_owner IS NOT DISTINCT FROM $6
                    RETURNING connection_id, trigger, window_end
                    """, row.get("id", as: Int64.self), row.get("workspace_id", as: Int64.self), owner, now.addingTimeInterval(lease),
                    startedAt, holder)
                guard let taken else { continue }
                let workspace: ID<Workspace> = try row.get("workspace_id")
                let run: ID<SyncRun> = try row.get("id")
                let words = holder == nil ? "A worker took the run." : "Another worker took the run over and goes on from its checkpoint."
                try Self.log(holder == nil ? .info : .warning, words, run: run, workspace: workspace, now: startedAt, db)
                try db.bumpVersion(of: workspace)
                return try Claim(
                    run: run, scope: MirrorScope(workspace: workspace, connection: taken.get("connection_id")),
                    trigger: taken.get("trigger"), windowEnd: taken.get("window_end"), owner: owner)
            }
            return nil
        }
    }

    /// Prolongs the lease. False when the run is no longer this worker's, or somebody asked to cancel it.
    package func heartbeat(_ claim: Claim, lease: TimeInterval, now: Date) async throws -> Bool {
        try await database.write { db in
            try db.run(
                """
                UPDATE sync_runs SET lease_until = $3
                WHERE id = $1 AND lease_owner = $2 AND workspace_id = $4 AND state IN ('running', 'waiting') AND NOT cancel_requested
                """, claim.run, claim.owner, now.addingTimeInterval(lease), claim.scope.workspace) == 1
        }
    }

    /// Throws `lost` unless the run is still this worker's; called first in every transaction that saves a page.
    package static func requireOwnership(_ claim: Claim, _ db: any Queries) throws {
        let row = try db.first(
            "SELECT state, lease_owner, cancel_requested FROM sync_runs WHERE id = $1 AND workspace_id = $2", claim.run,
            claim.scope.workspace)
        guard let row, try row.find("lease_owner", as: String.self) == claim.owner, try row.get("state", as: SyncRun.State.self).isActive,
            try !row.get("cancel_requested", as: Bool.self)
        else { throw Lost() }
    }

    /// The run was cancelled, or another worker has taken it.
    package struct Lost: Error {}

    // MARK: Waiting and ending

    /// The portal makes the run wait. With `freesWorker`, the worker gives the run back to be taken again at `until`.
    ///
    /// - Parameter now: the product's time, for the log.
    package func wait(_ claim: Claim, until: Date, rate: SyncRun.RateLimit, freesWorker: Bool, now: Date) async throws {
        try await database.write { db in
            let words = "Freshdesk's request allowance is used up; the run goes on at \(until.rfc3339)."
            try Self.log(.info, words, run: claim.run, workspace: claim.scope.workspace, now: now, db)
            try db.run(
                """
                UPDATE sync_runs SET state = 'waiting', resumes_at = $3, rate_total = COALESCE($4, rate_total),
                    rate_remaining = COALESCE($5, rate_remaining)
                WHERE id = $1 AND lease_owner = $2 AND workspace_id = $6 AND state IN ('running', 'waiting')
                """, claim.run, claim.owner, until, rate.total, rate.remaining, claim.scope.workspace)
            if freesWorker {
                try db.run(
                    "UPDATE sync_runs SET lease_owner = NULL, lease_until = NULL WHERE id = $1 AND lease_owner = $2 AND workspace_id = $3",
                    claim.run, claim.owner, claim.scope.workspace)
            }
            try db.bumpVersion(of: claim.scope.workspace)
        }
    }

    /// The wait is over and the same worker goes on.
    package static func resume(_ claim: Claim, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE sync_runs SET state = 'running', resumes_at = NULL
            WHERE id = $1 AND lease_owner = $2 AND workspace_id = $3 AND state = 'waiting'
            """, claim.run, claim.owner, claim.scope.workspace)
    }

    /// Gives a run back unfinished, so that another worker can take it at once; for a process that is asked to stop.
    package func release(_ claim: Claim) async throws {
        try await database.write { db in
            try db.run(
                """
                UPDATE sync_runs SET state = 'queued', lease_owner = NULL, lease_until = NULL
                WHERE id = $1 AND lease_owner = $2 AND workspace_id = $3 AND state IN ('running', 'waiting') AND NOT cancel_requested
                """, claim.run, claim.owner, claim.scope.workspace)
            try db.bumpVersion(of: claim.scope.workspace)
        }
    }

    /// Ends a run for good, unless it has ended already.
    package static func finish(
        _ claim: Claim, as state: SyncRun.State, problem: SyncRun.Problem?, now: Date, _ db: any Queries
    ) throws {
        try db.run(
            """
            UPDATE sync_runs SET state = $3, error_code = $4, error_message = $5, ended_at = $6, resumes_at = NULL, rate_resumes_at = NULL,
                lease_owner = NULL, lease_until = NULL
            WHERE id = $1 AND workspace_id = $2 AND state IN ('queued', 'running', 'waiting')
            """, claim.run, claim.scope.workspace, state, problem?.code, problem?.message, now)
        try db.run(
            "UPDATE sync_phases SET state = 'failed', ended_at = $3 WHERE workspace_id = $1 AND run_id = $2 AND state = 'running' AND $4",
            claim.scope.workspace, claim.run, now, state == .failed)
        let words = problem.map { "The run ended as \(state.rawValue): \($0.message)" } ?? "The run ended as \(state.rawValue)."
        try log(state == .failed ? .error : .info, words, run: claim.run, workspace: claim.scope.workspace, now: now, db)
        try NoticeStore.note(endOf: claim.run, state, problem, claim.scope, now: now, db)
        try db.bumpVersion(of: claim.scope.workspace)
    }

    /// Cancels the active run at once; the worker notices at its next transaction. What was saved stays. Nil when none is active.
    package func cancel(_ workspace: ID<Workspace>, now: Date) async throws -> ID<SyncRun>? {
        try await database.write { db in
            guard let active = try Self.active(workspace, db) else { return nil }
            if let connection = try ConnectionStore.find(workspace, db) {
                try ConnectionStore.recount(MirrorScope(workspace: workspace, connection: connection.id), windowEnd: now, db)
            }
            try db.run(
                """
                UPDATE sync_runs SET state = 'cancelled', cancel_requested = TRUE, ended_at = $3, resumes_at = NULL, lease_owner = NULL,
                    lease_until = NULL
                WHERE workspace_id = $1 AND id = $2
                """, workspace, active, now)
            try Self.log(.warning, "The run was cancelled. What it had read stays.", run: active, workspace: workspace, now: now, db)
            try db.bumpVersion(of: workspace)
            return active
        }
    }

    // MARK: Progress

    /// A phase begins, or goes on after a rescue.
    package static func begin(_ phase: PhaseName, expected: Int?, _ claim: Claim, now: Date, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE sync_phases SET state = 'running', started_at = COALESCE(started_at, $4), expected = COALESCE($5, expected)
            WHERE workspace_id = $1 AND run_id = $2 AND name = $3 AND state IN ('pending', 'running')
            """, claim.scope.workspace, claim.run, phase, now, expected)
        let words = expected.map { "\(phase.label): begun, about \($0) expected." } ?? "\(phase.label): begun."
        try log(.info, words, phase: phase, run: claim.run, workspace: claim.scope.workspace, now: now, db)
        try db.bumpVersion(of: claim.scope.workspace)
    }

    /// Adds what one page did and keeps where to go on.
    package static func advance(
        _ phase: PhaseName, by counts: PhaseCounts, cursor: String?, expected: Int? = nil, _ claim: Claim, _ db: any Queries
    ) throws {
        try db.run(
            """
            UPDATE sync_phases SET done = done + $4, added = added + $5, updated = updated + $6, unchanged = unchanged + $7,
                deleted = deleted + $8, failed = failed + $9, cursor = $10, expected = COALESCE($11, expected)
            WHERE workspace_id = $1 AND run_id = $2 AND name = $3 AND state = 'running'
            """,
            claim.scope.workspace, claim.run, phase, counts.done, counts.added, counts.updated, counts.unchanged, counts.deleted,
            counts.failed, cursor, expected)
        try db.bumpVersion(of: claim.scope.workspace)
    }

    /// A phase ends. A finished phase never changes again.
    package static func end(
        _ phase: PhaseName, as state: SyncPhase.State, note: String? = nil, _ claim: Claim, now: Date, _ db: any Queries
    ) throws {
        try db.run(
            """
            UPDATE sync_phases SET state = $4, note = COALESCE($5, note), ended_at = $6, started_at = COALESCE(started_at, $6),
                expected = CASE WHEN $4 = 'done' THEN done ELSE expected END
            WHERE workspace_id = $1 AND run_id = $2 AND name = $3 AND state IN ('pending', 'running')
            """, claim.scope.workspace, claim.run, phase, state, note, now)
        let words = "\(phase.label): \(state.rawValue)." + (note.map { " \($0)" } ?? "")
        try log(state == .done ? .info : .warning, words, phase: phase, run: claim.run, workspace: claim.scope.workspace, now: now, db)
        try db.bumpVersion(of: claim.scope.workspace)
    }

    package static func cursor(of phase: PhaseName, _ claim: Claim, _ db: any Queries) throws -> String? {
        try db.first(
            "SELECT cursor FROM sync_phases WHERE workspace_id = $1 AND run_id = $2 AND name = $3", claim.scope.workspace, claim.run, phase
        )?.find("cursor")
    }

    /// Requests made so far and the allowance as last seen.
    package static func note(requests: Int, rate: SyncRun.RateLimit, _ claim: Claim, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE sync_runs SET requests = requests + $3, rate_total = COALESCE($4, rate_total), rate_remaining = COALESCE($5, rate_remaining)
            WHERE id = $1 AND workspace_id = $2
            """, claim.run, claim.scope.workspace, requests, rate.total, rate.remaining)
    }

    // MARK: Schedule

    /// A connection the scheduler looks after.
    package struct Scheduled: Sendable {
        package var scope: MirrorScope
        package var connectedAt: Date
        package var lastServed: Date?
    }

    /// Every connected portal, for the scheduler. A global read: the schedule is the installation's.
    package func scheduled() async throws -> [Scheduled] {
        try await database.read { db in
            try db.rows(
                "SELECT workspace_id, id, connected_at, daily_served_at FROM connections WHERE state = 'connected' ORDER BY workspace_id"
            ).map {
                try Scheduled(
                    scope: MirrorScope(workspace: $0.get("workspace_id"), connection: $0.get("id")), connectedAt: $0.get("connected_at"),
                    lastServed: $0.find("daily_served_at"))
            }
        }
    }

    /// Marks a daily slot as served; true for exactly one of many callers.
    package func serve(slot: Date, of scope: MirrorScope) async throws -> Bool {
        try await database.write { db in
            try db.run(
                """
                UPDATE connections SET daily_served_at = $3
                WHERE workspace_id = $1 AND id = $2 AND state = 'connected' AND (daily_served_at IS NULL OR daily_served_at < $3)
                """, scope.workspace, scope.connection, slot) == 1
        }
    }
}
