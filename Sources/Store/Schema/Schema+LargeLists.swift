/// What lists and searches of a million tickets need.
extension Schema {
    static func largeLists(_ dialect: Dialect) -> String { [filters, entries(dialect)].joined(separator: "\n") }

    /// Every filter of the Tickets page that may leave few tickets has an index that finds those few.
    private static let filters = """
        CREATE INDEX tickets_by_type ON tickets (workspace_id, type, updated_at, id) WHERE is_live;
        CREATE INDEX tickets_by_group ON tickets (workspace_id, group_id, updated_at, id) WHERE is_live;
        CREATE INDEX tickets_by_source ON tickets (workspace_id, source, updated_at, id) WHERE is_live;
        CREATE INDEX tickets_by_rating ON tickets (workspace_id, rating, updated_at, id) WHERE is_live;
        """

    /// What leads from an entry of the search index to its ticket.
    ///
    /// PostgreSQL has the words in the ticket's own row. On SQLite that row is long and found by an entry's number, so ten thousand hits
    /// would read ten thousand pages of the file; this index holds two numbers for each.
    private static func entries(_ dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: "CREATE INDEX ticket_search_entries ON ticket_search (entry, ticket_id);"
        case .postgresql: ""
        }
    }
}
