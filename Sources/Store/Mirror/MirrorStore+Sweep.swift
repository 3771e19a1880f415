package import Domain
package import Foundation

/// The sweep of ids: plain rows of every ticket in scope, which show what changed or left without a trace.
extension MirrorStore {
    /// Compares listed rows with those held. What is new, restored or newer than the copy is left to be viewed by itself, because plain
    /// rows lack description and times; what merely differs (a company deleted, a contact merged) is saved.
    ///
    /// - Parameter revives: whether a row's being listed means that its ticket is not in the trash; a search may show it there.
    package func sweep(_ rows: [Ticket], revives: Bool) throws -> PhaseCounts {
        var counts = PhaseCounts()
        let known = try rowsHeld(rows.map(\.id))
        for ticket in rows {
            guard let row = known[ticket.id.rawValue] else {
                var new = ticket
                new.stats = nil
                counts += try save([new])
                continue
            }
            let knownAt: Date = try row.get("updated_at")
            if knownAt > ticket.updatedAt { continue }
            let isLive: Bool = try row.get("is_live")
            if !isLive && !revives { continue }
            if knownAt < ticket.updatedAt || !isLive {
                try askForView(of: ticket.id)
                continue
            }
            if try Self.shows(row, ticket) { continue }
            var changed = ticket
            changed.stats = nil
            changed.descriptionHTML = try row.get("description_html")
            changed.descriptionText = try row.get("description_text")
            counts += try save([changed])
        }
        return counts
    }

    /// Live tickets last updated in this span, both in the window and of a portal's own order.
    package func liveTickets(from start: Date, before end: Date) throws -> Set<Int64> {
        try Set(
            db.rows(
                """
                SELECT id FROM tickets
                WHERE workspace_id = $1 AND connection_id = $2 AND is_live AND updated_at >= $3 AND updated_at < $4
                """, scope.workspace, scope.connection, start, end
            ).map { try $0.get("id") })
    }

    /// Live unresolved tickets last updated before the window.
    package func oldUnresolvedTickets(before windowStart: Date) throws -> Set<Int64> {
        try Set(
            db.rows(
                """
                SELECT id FROM tickets
                WHERE workspace_id = $1 AND connection_id = $2 AND is_live AND status IN ('open', 'pending') AND updated_at < $3
                """, scope.workspace, scope.connection, windowStart
            ).map { try $0.get("id") })
    }

    /// Those of `ids` that are live and were last updated before `moment`: what a sweep missed and nobody has touched since.
    package func live(among ids: Set<Int64>) throws -> [ID<Ticket>] {
        try ids.sorted().filter { id in
            try db.first(
                "SELECT is_live FROM tickets WHERE workspace_id = $1 AND connection_id = $2 AND id = $3", scope.workspace,
                scope.connection, id)?.get("is_live") ?? false
        }.map { ID($0) }
    }

    package func countLiveTickets() throws -> Int { try count("tickets", "is_live") }

    /// Rows of a table, such as `companies`.
    package func count(_ table: String, _ condition: String = "TRUE") throws -> Int {
        try db.first(
            "SELECT COUNT(*) AS count FROM \(table) WHERE workspace_id = $1 AND connection_id = $2 AND \(condition)", scope.workspace,
            scope.connection
        )?.get("count") ?? 0
    }

    /// Marks a ticket so that its own view is read, which has what lists lack.
    package func askForView(of ticket: ID<Ticket>) throws {
        try db.run(
            """
            UPDATE tickets SET has_stats = FALSE, thread_version = NULL, is_live = TRUE, is_deleted = FALSE, is_spam = FALSE
            WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
            """, scope.workspace, scope.connection, ticket)
    }

    /// Few sizes of statement: engines keep each prepared.
    private static let looksUpTogether = 100

    private func rowsHeld(_ ids: [ID<Ticket>]) throws -> [Int64: Row] {
        var held: [Int64: Row] = [:]
        for start in stride(from: 0, to: ids.count, by: Self.looksUpTogether) {
            var part = Array(ids[start..<min(start + Self.looksUpTogether, ids.count)])
            while let last = part.last, part.count < Self.looksUpTogether { part.append(last) }
            let rows = try db.rows(
                """
                SELECT t.*, b.description_html, b.description_text, b.custom_fields FROM tickets t
                JOIN ticket_bodies b ON b.workspace_id = t.workspace_id AND b.connection_id = t.connection_id AND b.ticket_id = t.id
                WHERE t.workspace_id = $1 AND t.connection_id = $2 AND t.id IN (\(placeholders(from: 3, count: part.count)))
                """, arguments: [scope.workspace.sqlValue, scope.connection.sqlValue] + part.map(\.sqlValue))
            for row in rows { held[try row.get("id")] = row }
        }
        return held
    }

    /// Whether a row held says what a listed one does; what lists lack is not compared.
    private static func shows(_ row: Row, _ ticket: Ticket) throws -> Bool {
        try row.get("subject", as: String.self) == ticket.subject && row.get("status_code", as: Int.self) == ticket.statusCode
            && row.get("priority", as: TicketPriority.self) == ticket.priority
            && row.get("source_code", as: Int.self) == ticket.sourceCode && row.find("type", as: String.self) == ticket.type
            && row.list("tags") == ticket.tags && row.find("requester_id", as: ID<Contact>.self) == ticket.requesterID
            && row.find("agent_id", as: ID<Agent>.self) == ticket.agentID && row.find("group_id", as: ID<Group>.self) == ticket.groupID
            && row.find("company_id", as: ID<Company>.self) == ticket.companyID
            && row.get("created_at", as: Date.self) == ticket.createdAt && row.find("due_by", as: Date.self) == ticket.dueBy
            && row.get("is_escalated", as: Bool.self) == ticket.isEscalated
            && row.get("custom_fields", as: String.self) == ticket.customFields
    }
}
