package import Domain
package import Foundation

/// A merge as people see it.
package struct AccountMerging: Sendable, Equatable {
    package var id: Int64
    package var kept: ID<Account>
    package var gone: Named<Account>
    package var at: Date
    package var actor: String
    /// The last entry of the audit log that the merge wrote.
    package var auditID: Int64
    package var undoneAt: Date?
    package var undoneBy: String?
}

extension MergeStore {
    private static let columns = "id, kept_id, merged_id, merged_name, at, actor, audit_id, undone_at, undone_by"

    /// The number of a new merge in the workspace.
    package func nextNumber() throws -> Int64 { try db.nextNumber(of: "account_merges", in: workspace) }

    /// Writes down a merge.
    package func append(_ record: MergeRecord, as id: Int64, by actor: String, auditID: Int64, now: Date) throws {
        try db.run(
            """
            INSERT INTO account_merges (workspace_id, id, kept_id, merged_id, merged_name, at, actor, audit_id, record)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, workspace, id, record.after.id, record.gone.id, record.gone.name, now, actor, auditID, JSONColumn.text(record))
    }

    /// The merges into an account that still hold, newest first.
    package func standing(into account: ID<Account>) throws -> [AccountMerging] {
        try db.rows(
            """
            SELECT \(Self.columns) FROM account_merges WHERE workspace_id = $1 AND kept_id = $2 AND undone_at IS NULL ORDER BY id DESC
            """, workspace, account
        ).map(Self.merging)
    }

    /// The merge that took an account away; nil when it was undone, or never was one.
    package func merge(of gone: ID<Account>) throws -> AccountMerging? {
        try db.first(
            """
            SELECT \(Self.columns) FROM account_merges
            WHERE workspace_id = $1 AND merged_id = $2 AND undone_at IS NULL ORDER BY id DESC LIMIT 1
            """, workspace, gone
        ).map(Self.merging)
    }

    /// A merge with its record. Throws `notFound`.
    package func get(_ id: Int64) throws -> (merging: AccountMerging, record: MergeRecord) {
        let row = try db.first("SELECT \(Self.columns), record FROM account_merges WHERE workspace_id = $1 AND id = $2", workspace, id)
        guard let row, let record: MergeRecord = JSONColumn.value(try row.get("record")) else {
            throw Failure(.notFound, "There is no such merge in this workspace.")
        }
        return (try Self.merging(row), record)
    }

    /// False when somebody has undone it already.
    package func close(_ id: Int64, by actor: String, now: Date) throws -> Bool {
        try db.run(
            "UPDATE account_merges SET undone_at = $3, undone_by = $4 WHERE workspace_id = $1 AND id = $2 AND undone_at IS NULL", workspace,
            id, now, actor) == 1
    }

    private static func merging(_ row: Row) throws -> AccountMerging {
        try AccountMerging(
            id: row.get("id"), kept: row.get("kept_id"), gone: Named(id: row.get("merged_id"), name: row.get("merged_name")),
            at: row.get("at"), actor: row.get("actor"), auditID: row.get("audit_id"), undoneAt: row.find("undone_at"),
            undoneBy: row.find("undone_by"))
    }
}
