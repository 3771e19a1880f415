package import Domain
package import Foundation

/// What a language model may do about companies in review, where the installation has one. The workspace's choice.
package enum MatchModelUse: String, Sendable, CaseIterable {
    /// Is never asked.
    case off
    /// Says on the review desk what it thinks.
    case suggest
    /// Attaches where nothing contradicts it.
    case attach
}

/// The workspace's choice about the language model, and whose turn it is to ask it.
package struct MatchModelStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Throws `notFound`.
    package static func use(in workspace: ID<Workspace>, _ db: any Queries) throws -> MatchModelUse {
        guard let row = try db.first("SELECT match_model FROM workspaces WHERE id = $1", workspace) else { throw WorkspaceStore.unknown }
        return try row.get("match_model")
    }

    /// Matching again is the caller's, in the same transaction: what a model attached may no longer be its to attach.
    package static func set(_ use: MatchModelUse, in workspace: ID<Workspace>, _ db: any Queries) throws {
        try db.run("UPDATE workspaces SET match_model = $2, match_held_until = 0 WHERE id = $1", workspace, use)
        try db.bumpVersion(of: workspace)
    }

    // MARK: Asking a model

    /// Global: workspaces where something changed since the model was last done with them, that use a model, and that no run is active in.
    package func workspacesToAsk(limit: Int) async throws -> [ID<Workspace>] {
        try await database.read { db in
            try db.rows(
                """
                SELECT w.id FROM workspaces w
                WHERE w.match_model <> 'off' AND w.match_version <> w.version AND w.match_held_until <= \(db.dialect.now)
                    AND NOT EXISTS (SELECT 1 FROM sync_runs r WHERE r.workspace_id = w.id AND r.state IN ('queued', 'running', 'waiting'))
                ORDER BY w.match_held_until, w.id LIMIT $1
                """, limit
            ).map { try $0.get("id") }
        }
    }

    /// Takes the workspace's turn for so many seconds; answers the version it was taken at, nil when another process has it.
    package func hold(_ workspace: ID<Workspace>, for seconds: TimeInterval) async throws -> Int64? {
        try await database.write { db in
            try db.first(
                """
                UPDATE workspaces SET match_held_until = \(db.dialect.now) + $2 WHERE id = $1 AND match_held_until <= \(db.dialect.now)
                RETURNING version
                """, workspace, seconds.milliseconds)?.get("version")
        }
    }

    /// Gives the turn back; nobody takes it before so many seconds.
    ///
    /// - Parameter done: the version up to which there is nothing left to ask; nil when something is.
    package func release(_ workspace: ID<Workspace>, done: Int64?, pause: TimeInterval) async throws {
        _ = try await database.write { db in
            try db.run(
                """
                UPDATE workspaces SET match_held_until = \(db.dialect.now) + $2, match_version = COALESCE($3, match_version) WHERE id = $1
                """, workspace, pause.milliseconds, done)
        }
    }
}

extension MatchModelUse: SQLConvertible {}
