package import Domain
import Foundation

/// Reads who and what has a name in a workspace, for questions that name them.
package struct SupportNamesStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Tags, types and accounts beyond these are not known by name.
    static let mostTags = 2_000
    static let mostTypes = 200

    /// Changes whenever names may have changed; cheap to ask before every question.
    package func stamp(_ workspace: ID<Workspace>) async throws -> String {
        try await database.read { db in
            let row = try db.first(
                """
                SELECT (SELECT version FROM workspaces WHERE id = $1) AS version,
                    (SELECT COUNT(*) FROM accounts WHERE workspace_id = $1) AS accounts,
                    (SELECT MAX(updated_at) FROM accounts WHERE workspace_id = $1) AS changed,
                    (SELECT COUNT(*) FROM agents WHERE workspace_id = $1) AS agents,
                    (SELECT COUNT(*) FROM groups WHERE workspace_id = $1) AS groups
                """, workspace)
            guard let row else { return "" }
            return try ["version", "accounts", "changed", "agents", "groups"]
                .map { try row.find($0, as: Int64.self).map(String.init) ?? "-" }.joined(separator: ".")
        }
    }

    package func names(_ workspace: ID<Workspace>) async throws -> SupportNames {
        try await database.read { db in
            var names = SupportNames()
            names.accounts = try db.rows(
                "SELECT id, name, aliases, domains, owner_email FROM accounts WHERE workspace_id = $1 ORDER BY id", workspace
            ).map {
                .init(
                    id: try $0.get("id"), name: try $0.get("name"), aliases: try $0.list("aliases"), domains: try $0.list("domains"),
                    owner: try $0.find("owner_email"))
            }
            names.agents = try Self.people("agents", "", workspace, db)
            names.groups = try db.rows("SELECT id, name FROM groups WHERE workspace_id = $1 ORDER BY id", workspace)
                .map { .init(id: try $0.get("id"), name: try $0.get("name"), email: nil) }
            names.statuses = try db.rows(
                "SELECT code, label FROM status_labels WHERE workspace_id = $1 AND code NOT IN (2, 3, 4, 5) ORDER BY code", workspace
            ).map { StatusLabel(code: try $0.get("code"), label: try $0.get("label")) }
            names.tags = try Self.distinct("tag", "ticket_tags", "", Self.mostTags, workspace, db)
            if let row = try db.first("SELECT time_zone, summary_notes FROM workspaces WHERE id = $1", workspace) {
                names.zone = try AssistantSettings(row).zone
            }
            names.types = try Self.distinct("type", "tickets", "is_live AND type IS NOT NULL AND ", Self.mostTypes, workspace, db)
            return names
        }
    }

    /// Every contact, for the rare question that names one.
    package func contacts(_ workspace: ID<Workspace>) async throws -> [SupportNames.PersonName] {
        try await database.read { try Self.people("contacts", " AND is_live", workspace, $0) }
    }

    package func coverage(_ workspace: ID<Workspace>) async throws -> SupportCoverage {
        try await database.read { db in
            let row = try db.first(
                """
                SELECT last_sync_at, covered_since, connected_at, backfill_days FROM connections WHERE workspace_id = $1
                ORDER BY id DESC LIMIT 1
                """, workspace)
            guard let row else { return SupportCoverage(syncedAt: nil, from: nil) }
            var from: Date? = try row.find("covered_since")
            if from == nil, let days: Int = try row.find("backfill_days") {
                let connected: Date = try row.get("connected_at")
                from = connected.addingTimeInterval(-Double(days) * 86_400)
            }
            // A window that begins with time itself leaves nothing out.
            if let start = from, start.timeIntervalSince1970 <= 0 { from = nil }
            return SupportCoverage(syncedAt: try row.find("last_sync_at"), from: from)
        }
    }

    private static func people(
        _ table: String, _ condition: String, _ workspace: ID<Workspace>, _ db: any Queries
    ) throws -> [SupportNames.PersonName] {
        try db.rows("SELECT id, name, email FROM \(table) WHERE workspace_id = $1\(condition) ORDER BY id", workspace)
            .map { .init(id: try $0.get("id"), name: try $0.get("name"), email: try $0.find("email")) }
    }

    /// Distinct values by stepping from one to the next along an index: no engine does that by itself, and a scan would read every row.
    private static func distinct(
        _ column: String, _ table: String, _ condition: String, _ most: Int, _ workspace: ID<Workspace>, _ db: any Queries
    ) throws -> [String] {
        var values: [String] = []
        var last = ""
        while values.count < most {
            let row = try db.first(
                "SELECT MIN(\(column)) AS value FROM \(table) WHERE workspace_id = $1 AND \(condition)\(column) > $2", workspace, last)
            guard let value: String = try row?.find("value") else { break }
            values.append(value)
            last = value
        }
        return values
    }
}
