package import Domain
package import Foundation

/// `sync_runs`: the queue, the lock, the progress and the history of syncs.
package struct RunStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// A run that `start` found or made.
    package enum Start: Sendable, Equatable {
        case started(ID<SyncRun>)
        /// One was active already.
        case skipped(ID<SyncRun>)

        package var id: ID<SyncRun> {
            switch self {
            case .started(let id), .skipped(let id): id
            }
        }
    }

    /// Queues a run unless one is active; of many simultaneous callers one starts it. A waiting run whose time has come is woken.
    ///
    /// - Parameter windowEnd: the moment the window of days counts back from.
    package func start(_ scope: MirrorScope, trigger: SyncRun.Trigger, actor: String?, windowEnd: Date) async throws -> Start {
        try await database.write { try Self.start(scope, trigger: trigger, actor: actor, windowEnd: windowEnd, $0) }
    }

    static func start(
        _ scope: MirrorScope, trigger: SyncRun.Trigger, actor: String?, windowEnd: Date, _ db: any Queries
    ) throws -> Start {
        if let active = try active(scope.workspace, db) {
            if trigger == .daily {
                try db.run(
                    "UPDATE sync_runs SET window_end = $3 WHERE workspace_id = $1 AND id = $2", scope.workspace, active, windowEnd)
            }
            try db.run(
                """
                UPDATE sync_runs SET state = 'queued', resumes_at = NULL
                WHERE workspace_id = $1 AND id = $2 AND state = 'waiting' AND resumes_at <= \(db.dialect.now) AND lease_owner IS NULL
                """, scope.workspace, active)
            return .skipped(active)
        }
        let id: ID<SyncRun> = ID(try db.nextNumber(of: "sync_runs", in: 0))
        let unfinished = try resumable(scope, db)
        let changed = try db.run(
            """
            INSERT INTO sync_runs (id, workspace_id, connection_id, trigger, state, actor, queued_at, window_end, resumed_from)
            VALUES ($1, $2, $3, $4, 'queued', $5, \(db.dialect.now), $6, $7) ON CONFLICT DO NOTHING
            """, id, scope.workspace, scope.connection, trigger, actor, windowEnd, unfinished)
        guard changed == 1 else {
            guard let active = try active(scope.workspace, db) else {
                throw Failure(.unavailable, code: "busy", "The sync could not be queued. Try again in a moment.")
            }
            return .skipped(active)
        }
        for (position, name) in PhaseName.allCases.enumerated() {
            // What an unfinished run's ticket walk had read is taken over. The short lists are read anew: a full listing tells what is gone.
            let cursor: String? =
                try name != .tickets
                ? nil
                : unfinished.flatMap { old in
                    try db.first(
                        "SELECT cursor FROM sync_phases WHERE workspace_id = $1 AND run_id = $2 AND name = $3 AND state <> 'done'",
                        scope.workspace, old, name
                    )?.find("cursor")
                }
            try db.run(
                "INSERT INTO sync_phases (workspace_id, run_id, name, position, state, cursor) VALUES ($1, $2, $3, $4, 'pending', $5)",
                scope.workspace, id, name, position, cursor)
        }
        let words = unfinished.map { "Queued; goes on from the checkpoint of run \($0)." } ?? "Queued."
        try log(.info, words, run: id, workspace: scope.workspace, now: windowEnd, db)
        try db.bumpVersion(of: scope.workspace, announces: true)
        return .started(id)
    }

    /// The latest ended run, when it ended before its ticket walk was through: its checkpoint is worth taking over.
    private static func resumable(_ scope: MirrorScope, _ db: any Queries) throws -> ID<SyncRun>? {
        guard
            let last = try db.first(
                """
                SELECT id, state FROM sync_runs WHERE workspace_id = $1 AND connection_id = $2 AND state NOT IN ('queued', 'running', 'waiting')
                ORDER BY id DESC LIMIT 1
                """, scope.workspace, scope.connection)
        else { return nil }
        let state: SyncRun.State = try last.get("state")
        return state == .failed || state == .cancelled ? try last.get("id") : nil
    }

    // MARK: Reading

    package func find(_ workspace: ID<Workspace>, _ id: ID<SyncRun>) async throws -> SyncRun? {
        try await database.read { db in
            try db.first("SELECT * FROM sync_runs WHERE workspace_id = $1 AND id = $2", workspace, id).map { try Self.run($0, db) }
        }
    }

    package func get(_ workspace: ID<Workspace>, _ id: ID<SyncRun>) async throws -> SyncRun {
        guard let run = try await find(workspace, id) else { throw Failure(.notFound, "There is no sync run \(id).") }
        return run
    }

    /// The active run, else the latest.
    package func current(_ workspace: ID<Workspace>) async throws -> SyncRun? {
        try await database.read { try Self.current(workspace, $0) }
    }

    static func current(_ workspace: ID<Workspace>, _ db: any Queries) throws -> SyncRun? {
        let active = try active(workspace, db)
        let row =
            if let active {
                try db.first("SELECT * FROM sync_runs WHERE workspace_id = $1 AND id = $2", workspace, active)
            } else {
                try db.first("SELECT * FROM sync_runs WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1", workspace)
            }
        return try row.map { try run($0, db) }
    }

    /// Newest first.
    package func list(_ workspace: ID<Workspace>, before: ID<SyncRun>?, limit: Int) async throws -> Page<SyncRun> {
        try await database.read { db in
            let rows = try db.rows(
                "SELECT * FROM sync_runs WHERE workspace_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
                workspace, before?.rawValue ?? .max, limit + 1)
            let runs = try rows.prefix(limit).map { try Self.run($0, db) }
            let count: Int = try db.first("SELECT COUNT(*) AS count FROM sync_runs WHERE workspace_id = $1", workspace)?.get("count") ?? 0
            return Page(
                rows: runs, next: rows.count > limit ? runs.last?.id.description : nil, total: Total(count: count, isExact: true))
        }
    }

    static func active(_ workspace: ID<Workspace>, _ db: any Queries) throws -> ID<SyncRun>? {
        try db.first(
            "SELECT id FROM sync_runs WHERE workspace_id = $1 AND state IN ('queued', 'running', 'waiting')", workspace
        )?.get("id")
    }

    static func run(_ row: Row, _ db: any Queries) throws -> SyncRun {
        let id: ID<SyncRun> = try row.get("id")
        let workspace: ID<Workspace> = try row.get("workspace_id")
        let problem: SyncRun.Problem? = try row.find("error_code").map {
            SyncRun.Problem(code: $0, message: try row.find("error_message") ?? "")
        }
        let phases = try db.rows("SELECT * FROM sync_phases WHERE workspace_id = $1 AND run_id = $2 ORDER BY position", workspace, id)
        let resumesAt: Date? = try row.find("resumes_at") ?? row.find("rate_resumes_at")
        return try SyncRun(
            id: id, workspaceID: workspace, trigger: row.get("trigger"), state: row.get("state"), actor: row.find("actor"),
            queuedAt: row.get("queued_at"), startedAt: row.find("started_at"), endedAt: row.find("ended_at"),
            resumedFrom: row.find("resumed_from"), requests: row.get("requests"),
            rateLimit: .init(
                total: row.find("rate_total"), remaining: row.find("rate_remaining"), resumesAt: resumesAt, lowest: row.find("rate_lowest")),
            error: problem, phases: phases.map(phase), requestsLeft: row.find("requests_left"), waits: row.get("waits"),
            waited: TimeInterval(row.get("waited", as: Int64.self)) / 1000)
    }

    private static func phase(_ row: Row) throws -> SyncPhase {
        try SyncPhase(
            name: row.get("name"), state: row.get("state"),
            counts: PhaseCounts(
                done: row.get("done"), added: row.get("added"), updated: row.get("updated"), unchanged: row.get("unchanged"),
                deleted: row.get("deleted"), failed: row.get("failed")),
            expected: row.find("expected"), note: row.find("note"), startedAt: row.find("started_at"), endedAt: row.find("ended_at"))
    }
}
