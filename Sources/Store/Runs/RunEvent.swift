package import Domain
package import Foundation

/// One line of a run's log, for people: what happened and when. Never a key, a body or an address.
package struct RunEvent: Sendable, Equatable {
    package enum Level: String, Sendable, CaseIterable {
        case info, warning, error
    }

    package var id: Int64
    package var at: Date
    package var level: Level
    package var phase: PhaseName?
    package var message: String

    package init(id: Int64, at: Date, level: Level, phase: PhaseName?, message: String) {
        self.id = id
        self.at = at
        self.level = level
        self.phase = phase
        self.message = message
    }
}

extension RunStore {
    /// Lines kept for one run; a run that says more has said enough.
    static let mostEvents = 2_000

    /// Adds a line to a run's log, in the transaction of what it tells.
    package static func log(
        _ level: RunEvent.Level, _ message: String, phase: PhaseName? = nil, run: ID<SyncRun>, workspace: ID<Workspace>, now: Date,
        _ db: any Queries
    ) throws {
        let last: Int64 =
            try db.first("SELECT MAX(id) AS id FROM sync_events WHERE workspace_id = $1 AND run_id = $2", workspace, run)?.find("id") ?? 0
        guard last < mostEvents else { return }
        try db.run(
            "INSERT INTO sync_events (workspace_id, run_id, id, at, level, phase, message) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            workspace, run, last + 1, now, level, phase, message)
    }

    /// A run's log in order.
    ///
    /// - Parameters:
    ///   - level: only lines of this level; nil for all.
    ///   - text: only lines that hold these words, whatever their case; nil for all.
    package func events(
        _ workspace: ID<Workspace>, _ run: ID<SyncRun>, level: RunEvent.Level? = nil, text: String? = nil
    ) async throws -> [RunEvent] {
        let all = try await database.read { db in
            try db.rows(
                "SELECT id, at, level, phase, message FROM sync_events WHERE workspace_id = $1 AND run_id = $2 ORDER BY id", workspace, run
            ).map {
                try RunEvent(
                    id: $0.get("id"), at: $0.get("at"), level: $0.get("level"), phase: $0.find("phase"), message: $0.get("message"))
            }
        }
        return all.filter { event in
            (level == nil || event.level == level) && (text.map { event.message.localizedStandardContains($0) } ?? true)
        }
    }
}
