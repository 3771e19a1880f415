/// A table of the schema as copying and exporting see it. Its columns and key are read from the engine's catalogue, so that a later
/// column is moved without anybody thinking of it; what no catalogue knows stands here.
struct MovedTable: Sendable {
    /// How the rows of one workspace are told.
    enum Ownership: Sendable {
        /// By the column `workspace_id`.
        case column
        /// The row is the workspace.
        case workspace
        /// People, who are a workspace's own through membership.
        case membership
    }

    var name: String
    var ownership = Ownership.column
    /// Why the table is left out of an export; nil for one that is exported.
    var omission: Omission?
    /// Columns that hold a secret, its seal or its hash: never exported.
    var secrets: Set<String> = []
    /// The columns by which rows are ordered and told apart, where they differ from the primary key.
    var key: [String]?
    /// Columns that one engine adds for itself and that are made again on the other side.
    var engineColumns: Set<String> = []
    /// Statements that make a finished copy, whose schema is up to date, safe to work on: what a worker held belongs to no one there.
    var releases: [String] = []

    enum Omission: Sendable {
        /// It can be made again from the other tables, or only the program has a use for it.
        case isDerived
        /// It tells where a person is signed in, or who guessed at passwords; it belongs to no workspace.
        case isPersonal
    }

    /// Every table, each after those that it refers to. Kept true by a test that compares it with both engines' catalogues.
    static let all = [
        MovedTable(name: "workspaces", ownership: .workspace),
        MovedTable(name: "counters", omission: .isDerived),
        MovedTable(name: "people", ownership: .membership, secrets: ["password"]),
        MovedTable(name: "sessions", omission: .isPersonal, secrets: ["token_hash", "csrf"]),
        MovedTable(name: "sign_ins", omission: .isPersonal),
        MovedTable(name: "invitations", secrets: ["token_hash"]),
        MovedTable(name: "tokens", secrets: ["token_hash"]),
        MovedTable(name: "members"),
        MovedTable(name: "audit_entries"),
        MovedTable(name: "connections", secrets: ["sealed_key", "sealed_webhook_key"]),
        MovedTable(name: "webhook_keys", secrets: ["key_hash"]),
        MovedTable(name: "accounts"),
        MovedTable(name: "account_merges"),
        MovedTable(name: "companies"),
        MovedTable(name: "match_opinions"),
        MovedTable(name: "match_history"),
        MovedTable(name: "contacts"),
        MovedTable(name: "agents"),
        MovedTable(name: "groups"),
        MovedTable(name: "group_agents"),
        MovedTable(name: "status_labels"),
        MovedTable(name: "tickets"),
        MovedTable(name: "ticket_bodies"),
        MovedTable(name: "ticket_tags"),
        MovedTable(
            name: "ticket_search", omission: .isDerived, key: ["workspace_id", "connection_id", "ticket_id"], engineColumns: ["entry"]),
        MovedTable(name: "conversations"),
        MovedTable(name: "satisfaction_ratings"),
        MovedTable(
            name: "sync_runs",
            releases: [
                "UPDATE sync_runs SET state = 'queued' WHERE state = 'running'",
                "UPDATE sync_runs SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL OR lease_until IS NOT NULL"
            ]),
        MovedTable(name: "sync_phases"),
        MovedTable(name: "sync_failures"),
        MovedTable(name: "sync_events"),
        MovedTable(name: "webhook_deliveries"),
        MovedTable(name: "notice_channels", secrets: ["sealed_url"]),
        MovedTable(name: "notices"),
        MovedTable(
            name: "webhook_events",
            releases: [
                "UPDATE webhook_events SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL OR lease_until IS NOT NULL"
            ]),
        MovedTable(name: "larry_turns")
    ]

    /// Tables that hold nothing a person would miss; a database with rows in these alone counts as empty.
    static let incidental: Set<String> = ["counters", "sign_ins"]

    /// Index tables that an engine fills from the tables above by itself.
    static func indexTables(_ dialect: Dialect) -> [String] {
        switch dialect {
        // FTS5 keeps its index as a virtual table, which triggers fill.
        case .sqlite: ["ticket_words"]
        // The words are a generated column, the index over them an ordinary one.
        case .postgresql: []
        }
    }
}
