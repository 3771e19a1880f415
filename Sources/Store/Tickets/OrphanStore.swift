package import Domain
package import Foundation

/// Tickets that belong to no account, by who wrote them.
package struct OrphanStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// One requester's tickets.
    package struct Sender: Sendable, Equatable {
        /// Nil for tickets without a requester.
        package var id: ID<Contact>?
        package var email: String?
        package var tickets: Int
        /// Of these, open and pending ones.
        package var unresolved: Int

        package init(id: ID<Contact>?, email: String?, tickets: Int, unresolved: Int) {
            self.id = id
            self.email = email
            self.tickets = tickets
            self.unresolved = unresolved
        }
    }

    package struct Orphans: Sendable, Equatable {
        /// Those of a company are not among them: they wait for a decision about their company.
        package var senders: [Sender]
        /// Tickets of companies that belong to no account.
        package var ofCompanies: Int
    }

    /// The orphans among the tickets that `query` lists.
    package func orphans(_ workspace: ID<Workspace>, _ query: TicketQuery, now: Date) async throws -> Orphans {
        try await database.read { db in
            var query = query.fromFirstPage
            query.account = .init([.none])
            let hits = try SearchHits.find(workspace, query, db)
            let filter = TicketFilter(query, workspace: workspace, now: now, dialect: db.dialect, hits: hits)
            let senders = try db.rows(
                """
                SELECT t.requester_id AS id, MAX(c.email) AS email, COUNT(*) AS tickets,
                    SUM(CASE WHEN t.status IN ('open', 'pending') THEN 1 ELSE 0 END) AS unresolved
                FROM tickets t
                LEFT JOIN contacts c ON c.workspace_id = t.workspace_id AND c.connection_id = t.connection_id AND c.id = t.requester_id
                WHERE \(filter.sql) AND t.company_id IS NULL
                GROUP BY t.requester_id
                """, arguments: filter.arguments
            ).map { try Sender(id: $0.find("id"), email: $0.find("email"), tickets: $0.get("tickets"), unresolved: $0.get("unresolved")) }
            let others = try db.rows(
                "SELECT COUNT(*) AS count FROM tickets t WHERE \(filter.sql) AND t.company_id IS NOT NULL", arguments: filter.arguments)
            return Orphans(senders: senders, ofCompanies: try others.first?.get("count") ?? 0)
        }
    }
}
