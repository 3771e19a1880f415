import Domain

/// The search words of the mirror, written many at a time: the index writes out what it holds at every statement of its own.
extension MirrorStore {
    /// Rows in one statement: few sizes, because engines keep each as a prepared statement.
    private static let wordsTogether = [32, 8, 1]

    /// The tickets' own words, and their requesters' names and addresses.
    func saveWords(of tickets: [Ticket]) throws {
        try saveWords(
            ["ticket", "requester"],
            tickets.map { ticket in
                let requester = try ticket.requesterID.map(words) ?? ""
                return (ticket.id, [SearchText.tokens(of: "\(ticket.id) \(ticket.subject)\n\(ticket.descriptionText)"), requester])
            })
    }

    /// The words of tickets' threads.
    func saveWords(ofThreads threads: [(ticket: ID<Ticket>, conversations: [Conversation])]) throws {
        try saveWords(
            ["thread"], threads.map { ($0.ticket, [SearchText.tokens(of: $0.conversations.map(\.bodyText).joined(separator: "\n"))]) })
    }

    private func words(of requester: ID<Contact>) throws -> String {
        let row = try db.first(
            """
            SELECT name, email FROM contacts WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
            UNION ALL SELECT name, email FROM agents WHERE workspace_id = $1 AND connection_id = $2 AND id = $3 LIMIT 1
            """, scope.workspace, scope.connection, requester)
        guard let row else { return "" }
        return SearchText.tokens(of: "\(try row.get("name", as: String.self)) \(try row.find("email", as: String.self) ?? "")")
    }

    private func saveWords(_ columns: [String], _ rows: [(ticket: ID<Ticket>, words: [String])]) throws {
        let width = columns.count + 1
        var rest = rows[...]
        while let size = Self.wordsTogether.first(where: { $0 <= rest.count }) {
            let part = rest.prefix(size)
            rest = rest.dropFirst(size)
            let values = (0..<part.count).map { "($1, $2, $3, \(placeholders(from: 4 + $0 * width, count: width)))" }.joined(
                separator: ", ")
            try db.run(
                """
                INSERT INTO ticket_search (workspace_id, connection_id, scope, ticket_id, \(columns.joined(separator: ", "))) VALUES \(values)
                ON CONFLICT (workspace_id, connection_id, ticket_id)
                DO UPDATE SET \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
                """,
                arguments: [scope.workspace.sqlValue, scope.connection.sqlValue, .text(scope.searchWord)]
                    + part.flatMap { [$0.ticket.sqlValue] + $0.words.map(SQLValue.text) })
        }
    }
}
