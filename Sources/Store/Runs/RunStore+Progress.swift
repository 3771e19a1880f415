package import Domain
package import Foundation

/// How runs tell of their progress, and end.
extension RunStore {
    /// Ends a run for good, unless it has ended already or is another worker's by now.
    package static func finish(
        _ claim: Claim, as state: SyncRun.State, problem: SyncRun.Problem?, now: Date, _ db: any Queries
    ) throws {
        let ended = try db.run(
            """
            UPDATE sync_runs SET state = $3, error_code = $4, error_message = $5, ended_at = $6, resumes_at = NULL, rate_resumes_at = NULL,
                lease_owner = NULL, lease_until = NULL, \(endsWait(db.dialect))
            WHERE id = $1 AND workspace_id = $2 AND \(isActive) AND lease_owner = $7
            """, claim.run, claim.scope.workspace, state, problem?.code, problem?.message, now, claim.owner)
        guard ended == 1 else { return }
        try db.run(
            "UPDATE sync_phases SET state = 'failed', ended_at = $3 WHERE workspace_id = $1 AND run_id = $2 AND state = 'running' AND $4",
            claim.scope.workspace, claim.run, now, state == .failed)
        let words = problem.map { "The run ended as \(state.rawValue): \($0.message)" } ?? "The run ended as \(state.rawValue)."
        try log(state == .failed ? .error : .info, words, run: claim.run, workspace: claim.scope.workspace, now: now, db)
        try NoticeStore.note(endOf: claim.run, state, problem, claim.scope, now: now, db)
        try db.bumpVersion(of: claim.scope.workspace, announces: true)
    }

    /// Cancels the active run at once; the worker notices at its next transaction. What was saved stays. Nil when none is active.
    package func cancel(_ workspace: ID<Workspace>, now: Date) async throws -> ID<SyncRun>? {
        try await database.write { db in
            // The run's row first, as in every transaction that saves a page: whoever comes second waits here.
            let cancelled = try db.first(
                """
                UPDATE sync_runs SET state = 'cancelled', cancel_requested = TRUE, ended_at = $2, resumes_at = NULL, lease_owner = NULL,
                    lease_until = NULL, \(Self.endsWait(db.dialect))
                WHERE workspace_id = $1 AND \(Self.isActive)
                RETURNING id
                """, workspace, now)
            guard let cancelled else { return nil }
            let run: ID<SyncRun> = try cancelled.get("id")
            try Self.log(.warning, "The run was cancelled. What it had read stays.", run: run, workspace: workspace, now: now, db)
            try db.bumpVersion(of: workspace, announces: true)
            if let connection = try ConnectionStore.find(workspace, db) {
                try ConnectionStore.recount(MirrorScope(workspace: workspace, connection: connection.id), windowEnd: now, db)
            }
            return run
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

    /// Requests made so far, about how many are left (nil: as before), and the allowance as last seen.
    package static func note(
        requests: Int, left: Int? = nil, rate: SyncRun.RateLimit, _ claim: Claim, _ db: any Queries
    ) throws {
        try db.run(
            """
            UPDATE sync_runs SET requests = requests + $3, rate_total = COALESCE($4, rate_total), rate_remaining = COALESCE($5, rate_remaining),
                requests_left = COALESCE($6, requests_left),
                rate_lowest = CASE WHEN rate_lowest <= COALESCE(CAST($7 AS BIGINT), rate_lowest) THEN rate_lowest
                    ELSE COALESCE(CAST($7 AS BIGINT), rate_lowest) END
            WHERE id = $1 AND workspace_id = $2
            """, claim.run, claim.scope.workspace, requests, rate.total, rate.remaining, left, rate.lowest)
    }
}
