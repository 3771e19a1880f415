import Domain

/// A column that holds sealed secrets. Every such column stands in `all`, so that the start's check and `clynto keys rotate` see it.
struct SealedColumn: Sendable {
    /// A tenant table with the key `(workspace_id, id)`.
    var table: String
    var column: String
    var purpose: Vault.Purpose

    static let all = [
        SealedColumn(table: "connections", column: "sealed_key", purpose: .freshdeskKey),
        SealedColumn(table: "connections", column: "sealed_webhook_key", purpose: .webhookKey),
        SealedColumn(table: "notice_channels", column: "sealed_url", purpose: .noticeURL)
    ]

    /// One sealed secret and where it stands.
    struct Entry: Sendable {
        var workspace: ID<Workspace>
        var id: Int64
        var sealed: String
    }

    /// Global: the next `limit` secrets of all workspaces after `last`, in the order of the key.
    func entries(after last: Entry?, limit: Int, in db: any Queries) throws -> [Entry] {
        try db.rows(
            """
            SELECT workspace_id, id, \(column) AS sealed FROM \(table)
            WHERE \(column) IS NOT NULL AND (workspace_id, id) > ($1, $2) ORDER BY workspace_id, id LIMIT $3
            """, last?.workspace ?? ID(Int64.min), last?.id ?? Int64.min, limit
        ).map { Entry(workspace: try $0.get("workspace_id"), id: try $0.get("id"), sealed: try $0.get("sealed")) }
    }

    /// Puts `sealed` in the entry's place unless the entry has changed meanwhile. Returns whether it did.
    func replace(_ entry: Entry, with sealed: String, in db: any Queries) throws -> Bool {
        try db.run(
            "UPDATE \(table) SET \(column) = $4 WHERE workspace_id = $1 AND id = $2 AND \(column) = $3",
            entry.workspace, entry.id, entry.sealed, sealed) > 0
    }

    /// Global: whether any workspace holds a sealed secret.
    static func anySealed(in db: any Queries) throws -> Bool {
        for column in all where try db.first("SELECT 1 AS one FROM \(column.table) WHERE \(column.column) IS NOT NULL LIMIT 1") != nil {
            return true
        }
        return false
    }
}
