package import Domain
package import Foundation

/// What runs leave on the connection: how far tickets were read, what is held, what to warn of.
extension ConnectionStore {
    /// Where the next ticket walk begins; nil when the whole window has to be read.
    package static func ticketsWatermark(_ scope: MirrorScope, _ db: any Queries) throws -> Date? {
        try db.first(
            "SELECT tickets_watermark FROM connections WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection
        )?.find("tickets_watermark")
    }

    package static func setTicketsWatermark(_ date: Date, _ scope: MirrorScope, _ db: any Queries) throws {
        try db.run(
            "UPDATE connections SET tickets_watermark = $3 WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection, date)
    }

    /// From when on every updated ticket has been read, though not all of it may lie in the window any more.
    package static func coveredSince(_ scope: MirrorScope, _ db: any Queries) throws -> Date? {
        try db.first("SELECT covered_since FROM connections WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection)?
            .find("covered_since")
    }

    package static func setCoveredSince(_ date: Date, _ scope: MirrorScope, _ db: any Queries) throws {
        try db.run(
            "UPDATE connections SET covered_since = $3 WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection, date)
    }

    /// From when on every satisfaction rating has been read; nil when the whole window has to be read.
    package static func ratingsSince(_ scope: MirrorScope, _ db: any Queries) throws -> Date? {
        try db.first("SELECT ratings_since FROM connections WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection)?
            .find("ratings_since")
    }

    /// - Parameter date: nil makes the next run read the whole window.
    package static func setRatingsSince(_ date: Date?, _ scope: MirrorScope, _ db: any Queries) throws {
        try db.run(
            "UPDATE connections SET ratings_since = $3 WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection, date)
    }

    /// Keeps for how many seconds the portal's allowance counts, so that the next process need not find out again.
    package static func setRateWindow(_ seconds: Int, total: Int?, _ scope: MirrorScope, _ db: any Queries) throws {
        try db.run(
            "UPDATE connections SET rate_window = $3, rate_total = $4 WHERE workspace_id = $1 AND id = $2", scope.workspace,
            scope.connection, seconds, total)
    }

    /// Within how many days each thread is read again for silent edits; nil when it is switched off.
    package static func threadSweepDays(_ scope: MirrorScope, _ db: any Queries) throws -> Int? {
        let days: Int? = try db.first(
            "SELECT thread_sweep_days FROM connections WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection
        )?.get("thread_sweep_days")
        return days.flatMap { $0 > 0 ? $0 : nil }
    }

    /// In which run records of a kind were missing in suspicious numbers; nil when they were not.
    package static func suspicion(of kind: String, _ scope: MirrorScope, _ db: any Queries) throws -> ID<SyncRun>? {
        try absences(scope, db)[kind].map { ID($0) }
    }

    /// Remembers the run in which records of a kind were missing in suspicious numbers, or forgets it (nil).
    package static func setSuspicion(of kind: String, _ run: ID<SyncRun>?, _ scope: MirrorScope, _ db: any Queries) throws {
        var known = try absences(scope, db)
        guard known[kind] != run?.rawValue else { return }
        known[kind] = run?.rawValue
        try db.run(
            "UPDATE connections SET absences = $3 WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection,
            JSONColumn.text(known))
    }

    private static func absences(_ scope: MirrorScope, _ db: any Queries) throws -> [String: Int64] {
        let row = try db.first("SELECT absences FROM connections WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection)
        return try row.flatMap { JSONColumn.value(try $0.get("absences")) } ?? [:]
    }

    /// Rows in scope as counted after the last ended run.
    package func records(_ workspace: ID<Workspace>) async throws -> RecordCounts {
        try await database.read { try Self.records(workspace, $0) }
    }

    private static func records(_ workspace: ID<Workspace>, _ db: any Queries) throws -> RecordCounts {
        guard let row = try db.first("SELECT records FROM connections WHERE workspace_id = $1", workspace),
            let kept: Kept = JSONColumn.value(try row.get("records"))
        else { return RecordCounts() }
        return kept.counts
    }

    /// What every page shows of the workspace.
    package struct Glance: Sendable {
        package var connection: Connection?
        /// The active run, else the latest.
        package var run: SyncRun?
        package var records: RecordCounts
        /// See `WorkspaceStore.version(of:)`; 0 for an unknown workspace.
        package var version: Int64
        /// Notices the person has not seen yet; see `NoticeStore.markSeen`.
        package var unseenNotices: Int
    }

    /// All of it as of one moment.
    package func glance(_ workspace: ID<Workspace>, for person: ID<Person>) async throws -> Glance {
        try await database.read { db in
            let row = try db.first(
                "SELECT w.version, \(NoticeStore.unseen) AS unseen FROM workspaces w WHERE w.id = $1", workspace, person)
            return try Glance(
                connection: Self.find(workspace, db), run: RunStore.current(workspace, db), records: Self.records(workspace, db),
                version: row?.get("version") ?? 0, unseenNotices: row?.get("unseen") ?? 0)
        }
    }

    /// Counts what is held in scope and keeps the numbers; called when a run ends, however it ends.
    ///
    /// - Parameter windowEnd: the moment the window of days counts back from.
    package static func recount(_ scope: MirrorScope, windowEnd: Date, _ db: any Queries) throws {
        let (workspace, connection) = (scope.workspace, scope.connection)
        func count(_ sql: String, _ more: (any SQLConvertible)?...) throws -> Int {
            let arguments = [workspace.sqlValue, connection.sqlValue] + more.map { $0?.sqlValue ?? .null }
            return try db.rows(sql, arguments: arguments).first?.get("count") ?? 0
        }
        let windowStart = try find(workspace, db)?.backfillDays.map { windowEnd.addingTimeInterval(-Double($0) * 86_400) }
        let start = windowStart ?? Date(milliseconds: 0)
        let inScope = "t.is_live AND (t.status IN ('open', 'pending') OR t.updated_at >= $3)"
        let records = RecordCounts(
            companies: try count("SELECT COUNT(*) AS count FROM companies WHERE workspace_id = $1 AND connection_id = $2"),
            contacts: try count("SELECT COUNT(*) AS count FROM contacts WHERE workspace_id = $1 AND connection_id = $2 AND is_live"),
            agents: try count("SELECT COUNT(*) AS count FROM agents WHERE workspace_id = $1 AND connection_id = $2"),
            tickets: try count(
                "SELECT COUNT(*) AS count FROM tickets t WHERE t.workspace_id = $1 AND t.connection_id = $2 AND \(inScope)", start),
            conversations: try count(
                """
                SELECT COALESCE(SUM(t.conversation_count), 0) AS count FROM tickets t
                WHERE t.workspace_id = $1 AND t.connection_id = $2 AND \(inScope)
                """, start),
            satisfactionRatings: try count(
                "SELECT COUNT(*) AS count FROM satisfaction_ratings WHERE workspace_id = $1 AND connection_id = $2"))
        try db.run(
            "UPDATE connections SET records = $3 WHERE workspace_id = $1 AND id = $2", workspace, connection, JSONColumn.text(Kept(records))
        )
    }

    /// Keeps what a finished run has to say: its warnings, and when the copy was last fresh.
    package static func settle(_ scope: MirrorScope, warnings: [ConnectionWarning], syncedAt: Date, _ db: any Queries) throws {
        try db.run(
            "UPDATE connections SET warnings = $3, last_sync_at = $4 WHERE workspace_id = $1 AND id = $2",
            scope.workspace, scope.connection, JSONColumn.text(warnings), syncedAt)
    }

    private struct Kept: Codable {
        var companies: Int, contacts: Int, agents: Int, tickets: Int, conversations: Int, ratings: Int

        init(_ counts: RecordCounts) {
            companies = counts.companies
            contacts = counts.contacts
            agents = counts.agents
            tickets = counts.tickets
            conversations = counts.conversations
            ratings = counts.satisfactionRatings
        }

        var counts: RecordCounts {
            RecordCounts(
                companies: companies, contacts: contacts, agents: agents, tickets: tickets, conversations: conversations,
                satisfactionRatings: ratings)
        }
    }
}
