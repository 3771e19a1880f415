package import Domain
package import Foundation

/// Who did what. Append-only: there is no function that changes or deletes an entry.
package struct AuditStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// - Parameters:
    ///   - actor: a viewer's display name, or `command line`.
    ///   - action: a dotted word such as `member.role`.
    ///   - subject: what it was done to, in words.
    ///   - detail: what changed, in words. Never a secret.
    @discardableResult
    package func append(
        _ workspace: ID<Workspace>, actor: String, action: String, subject: String, detail: String? = nil, now: Date
    ) async throws -> AuditEntry {
        try await database.write { db in
            try db.appendAudit(workspace, actor: actor, action: action, subject: subject, detail: detail, now: now)
        }
    }

    /// Newest first, at most `limit`, from `cursor` on: the id that the page before gave as `next`. An odd cursor throws `invalid`.
    package func list(_ workspace: ID<Workspace>, cursor: String? = nil, limit: Int) async throws -> Page<AuditEntry> {
        let before = try cursor.map { text in
            guard let id = Int64(text) else {
                throw Failure(
                    .invalid, code: "bad_cursor", "This cursor is not one of this list.", fields: [.init("cursor", "Not a cursor.")])
            }
            return id
        }
        return try await database.read { db in
            var rows = try db.rows(
                """
                SELECT id, at, actor, action, subject, detail FROM audit_entries
                WHERE workspace_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
                """, workspace, before ?? Int64.max, limit + 1
            ).map(AuditEntry.init)
            let hasMore = rows.count > limit
            if hasMore { rows.removeLast() }
            let counted = try db.first(
                "SELECT COUNT(*) AS count FROM (SELECT 1 AS one FROM audit_entries WHERE workspace_id = $1 LIMIT $2) AS entries",
                workspace, Total.countedUpTo + 1)
            let count: Int = try counted?.get("count") ?? 0
            return Page(
                rows: rows, next: hasMore ? rows.last.map { String($0.id) } : nil,
                total: Total(count: min(count, Total.countedUpTo), isExact: count <= Total.countedUpTo))
        }
    }
}

extension Queries {
    /// As `AuditStore.append`, in the transaction of the act itself.
    @discardableResult
    package func appendAudit(
        _ workspace: ID<Workspace>, actor: String, action: String, subject: String, detail: String? = nil, now: Date
    ) throws -> AuditEntry {
        let entry = AuditEntry(
            id: try nextNumber(of: "audit_entries", in: workspace), at: now, actor: actor, action: action, subject: subject, detail: detail)
        try run(
            "INSERT INTO audit_entries (workspace_id, id, at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            workspace, entry.id, now, actor, action, subject, detail)
        return entry
    }
}

extension AuditEntry {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), at: try row.get("at"), actor: try row.get("actor"), action: try row.get("action"),
            subject: try row.get("subject"), detail: try row.find("detail"))
    }
}
