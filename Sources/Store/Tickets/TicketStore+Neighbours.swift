package import Domain
package import Foundation

/// Where a ticket stands in a list, and which tickets stand beside it.
package struct TicketNeighbours: Sendable, Equatable {
    package var previous: ID<Ticket>?
    package var next: ID<Ticket>?
    /// Counted from 1; nil when the ticket is not in the list, or stands behind more rows than are counted.
    package var position: Int?
    /// Of the list.
    package var total: Total
}

extension TicketStore {
    /// The tickets before and after one in the list of `query`, whose cursor and limit do not count.
    ///
    /// A ticket that has left the list since it was opened still has neighbours: those of the place it would have by its sort key.
    /// Throws `notFound` when the workspace has no such live ticket.
    package func neighbours(
        of ticket: ID<Ticket>, in query: TicketQuery, _ workspace: ID<Workspace>, now: Date
    ) async throws -> TicketNeighbours {
        try await database.read { db in
            let hits = try SearchHits.find(workspace, query, db)
            let list = TicketFilter(query, workspace: workspace, now: now, dialect: db.dialect, hits: hits)
            let row = try db.first(
                """
                SELECT \(TicketFilter.column(of: query.sort.key)) AS sort_key FROM tickets t
                WHERE t.workspace_id = $1 AND t.connection_id IN (SELECT id FROM connections WHERE workspace_id = $1) AND t.id = $2
                    AND t.is_live
                """, workspace, ticket)
            guard let row else { throw Failure(.notFound, "There is no ticket \(ticket) in this workspace.") }
            let key: Int64? = try row.find("sort_key")

            func beyond(_ direction: TicketCursor.Direction) -> TicketFilter {
                var rows = list
                rows.begin(
                    at: TicketCursor(fingerprint: query.fingerprint, direction: direction, key: key, id: ticket, offset: 0),
                    sort: query.sort)
                return rows
            }
            func first(_ direction: TicketCursor.Direction) throws -> ID<Ticket>? {
                let rows = beyond(direction)
                let order = TicketFilter.order(query.sort, reversed: direction == .before)
                return try db.rows("SELECT t.id FROM tickets t WHERE \(rows.sql) ORDER BY \(order) LIMIT 1", arguments: rows.arguments)
                    .first?.get("id")
            }

            var itself = list
            let id = itself.bind(ticket.sqlValue)
            let isListed = try !db.rows("SELECT t.id FROM tickets t WHERE \(itself.sql) AND t.id = \(id)", arguments: itself.arguments)
                .isEmpty
            return TicketNeighbours(
                previous: try first(.before), next: try first(.after),
                position: isListed ? try Self.place(behind: beyond(.before), db) : nil,
                total: try Self.count(workspace, query, now: now, hits: hits, db))
        }
    }

    /// The number after so many rows; nil beyond what is counted.
    private static func place(behind filter: TicketFilter, _ db: any Queries) throws -> Int? {
        var filter = filter
        let limit = filter.bind(.integer(Int64(Total.countedUpTo)))
        let row = try db.rows(
            "SELECT COUNT(*) AS count FROM (SELECT 1 FROM tickets t WHERE \(filter.sql) LIMIT \(limit)) counted",
            arguments: filter.arguments
        ).first
        let count: Int = try row?.get("count") ?? 0
        return count < Total.countedUpTo ? count + 1 : nil
    }
}
