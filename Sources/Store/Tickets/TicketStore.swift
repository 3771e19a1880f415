package import Domain
package import Foundation

/// Reads tickets: lists by `TicketQuery`, one whole, its thread.
package struct TicketStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// One page of the list, with its total (exact to 10,000).
    package func list(_ workspace: ID<Workspace>, _ query: TicketQuery, now: Date) async throws -> Page<TicketSummary> {
        try await database.read { db in
            let hits = try SearchHits.find(workspace, query, db)
            if let hits, query.cursor == nil { return try Self.firstPage(workspace, query, now: now, hits: hits, db) }
            let total = try Self.count(workspace, query, now: now, hits: hits, db)
            return try Self.page(workspace, query, now: now, hits: hits, total: total, db)
        }
    }

    /// One page of the list under a total that was counted before.
    package func list(_ workspace: ID<Workspace>, _ query: TicketQuery, now: Date, total: Total) async throws -> Page<TicketSummary> {
        try await database.read { db in
            let hits = try SearchHits.find(workspace, query, db)
            return try Self.page(workspace, query, now: now, hits: hits, total: total, db)
        }
    }

    /// How many tickets a query has, exact to 10,000.
    package func count(_ workspace: ID<Workspace>, _ query: TicketQuery, now: Date) async throws -> Total {
        try await database.read { db in
            try Self.count(workspace, query, now: now, hits: SearchHits.find(workspace, query, db), db)
        }
    }

    /// Throws `notFound` when the workspace has no such live ticket.
    package func get(_ workspace: ID<Workspace>, _ id: ID<Ticket>) async throws -> TicketDetail {
        try await database.read { db in
            let row = try db.first(
                """
                SELECT \(Self.columns), b.description_html, b.description_text, b.custom_fields, b.attachments, t.thread_read_at
                FROM tickets t \(Self.joins)
                JOIN ticket_bodies b ON b.workspace_id = t.workspace_id AND b.connection_id = t.connection_id AND b.ticket_id = t.id
                WHERE t.workspace_id = $1 AND t.connection_id IN (SELECT id FROM connections WHERE workspace_id = $1) AND t.id = $2
                    AND t.is_live
                """, workspace, id)
            guard let row else { throw Failure(.notFound, "There is no ticket \(id) in this workspace.") }
            return try TicketDetail(
                summary: Self.summary(row), descriptionHTML: row.get("description_html"), descriptionText: row.get("description_text"),
                customFields: row.get("custom_fields"), attachments: row.find("attachments").flatMap { JSONColumn.value($0) },
                conversationsReadAt: row.find("thread_read_at"))
        }
    }

    /// The ticket's conversations in order of time, each with its author's name.
    package func thread(_ workspace: ID<Workspace>, _ ticket: ID<Ticket>) async throws -> [ThreadEntry] {
        try await database.read { db in
            try db.rows(
                """
                SELECT v.*, a.name AS agent_name, a.email AS agent_email, c.name AS contact_name, c.email AS contact_email
                FROM conversations v
                LEFT JOIN agents a ON a.workspace_id = v.workspace_id AND a.connection_id = v.connection_id AND a.id = v.user_id
                LEFT JOIN contacts c ON c.workspace_id = v.workspace_id AND c.connection_id = v.connection_id AND c.id = v.user_id
                WHERE v.workspace_id = $1 AND v.connection_id IN (SELECT id FROM connections WHERE workspace_id = $1) AND v.ticket_id = $2
                ORDER BY v.created_at, v.id
                """, workspace, ticket
            ).map(Self.entry)
        }
    }

    /// The oldest unresolved-by-status-open ticket of an account.
    static func oldestOpen(_ workspace: ID<Workspace>, _ account: ID<Account>, _ db: any Queries) throws -> TicketSummary? {
        try db.first(
            """
            SELECT \(columns) FROM tickets t \(joins)
            WHERE t.workspace_id = $1 AND t.is_live AND t.account_id = $2 AND t.status = 'open'
            ORDER BY t.created_at, t.id LIMIT 1
            """, workspace, account
        ).map(summary)
    }

    // MARK: Lists

    private static func page(
        _ workspace: ID<Workspace>, _ query: TicketQuery, now: Date, hits: SearchHits?, total: Total, _ db: any Queries
    ) throws -> Page<TicketSummary> {
        // Many are read in the list's order. So few that they were counted are soon found by the filters, and a range that lies at the
        // end of the order would take reading everything before.
        var filter = TicketFilter(
            query, workspace: workspace, now: now, dialect: db.dialect, hits: hits, by: total.isExact ? .filters : .order(query.sort))
        let isBackwards = query.cursor?.direction == .before
        if let cursor = query.cursor { filter.begin(at: cursor, sort: query.sort) }
        let isSorted = total.isExact && (total.count < shortList || TicketFilter.mayLieAtTheEnd(query, now: now))
        let statement = pageStatement(filter, query, reversed: isBackwards, sorting: isSorted)
        return try page(query, db.rows(statement, arguments: filter.arguments), total: total)
    }

    /// The first page of a search's tickets and their total by one statement: looking up thousands of hits is most of the work.
    private static func firstPage(
        _ workspace: ID<Workspace>, _ query: TicketQuery, now: Date, hits: SearchHits, _ db: any Queries
    ) throws -> Page<TicketSummary> {
        let filter = TicketFilter(query, workspace: workspace, now: now, dialect: db.dialect, hits: hits)
        let found = try db.rows(countedPageStatement(filter, query), arguments: filter.arguments)
        // Without any row the list is empty: it is its first page. There are never more hits than are counted.
        let count: Int = try found.first?.get("found") ?? 0
        return try page(query, found, total: Total(count: count, isExact: !hits.isCut))
    }

    /// - Parameter found: one row more than the page has, if there are as many.
    private static func page(_ query: TicketQuery, _ found: [Row], total: Total) throws -> Page<TicketSummary> {
        let isBackwards = query.cursor?.direction == .before
        let hasMore = found.count > query.limit
        var rows = try found.prefix(query.limit).map(summary)
        if isBackwards { rows.reverse() }
        let offset: Int =
            switch query.cursor {
            case nil: 0
            case .some(let cursor): isBackwards ? (hasMore ? max(0, cursor.offset - rows.count) : 0) : cursor.offset
            }
        func cursor(_ row: TicketSummary?, _ direction: TicketCursor.Direction, _ offset: Int) -> String? {
            row.map {
                TicketCursor(
                    fingerprint: query.fingerprint, direction: direction, key: key(of: $0, query.sort.key), id: $0.id, offset: offset
                ).description
            }
        }
        let isFirst = isBackwards ? !hasMore : query.cursor == nil
        let isLast = isBackwards ? false : !hasMore
        return Page(
            rows: rows, next: isLast ? nil : cursor(rows.last, .after, offset + rows.count),
            previous: isFirst ? nil : cursor(rows.first, .before, offset), offset: offset, total: total)
    }

    /// Lists of fewer tickets are sorted; to find a page's worth of them in the list's order could take reading everything. As are counted
    /// ones of a time that the list's order has at its end.
    private static let shortList = 2000

    /// The tickets of the page are chosen before anything is joined to them: an engine that has to sort would join to every row it sorts.
    static func pageStatement(_ filter: TicketFilter, _ query: TicketQuery, reversed: Bool, sorting: Bool) -> String {
        let order = TicketFilter.order(query.sort, reversed: reversed, sorting: sorting)
        // The limit is written out: not knowing it, PostgreSQL would plan a statement of nine tables anew each time, which takes ten times
        // as long as carrying it out.
        return """
            SELECT \(columns) FROM (SELECT t.* FROM tickets t WHERE \(filter.sql) ORDER BY \(order) LIMIT \(query.limit + 1)) t \(joins)
            ORDER BY \(order)
            """
    }

    /// As `pageStatement` for a first page, with the list's length in each row (`found`).
    static func countedPageStatement(_ filter: TicketFilter, _ query: TicketQuery) -> String {
        let order = TicketFilter.order(query.sort, reversed: false, sorting: true)
        return """
            SELECT \(columns), t.found FROM (
                SELECT t.*, f.found FROM (
                    SELECT t.connection_id, t.id, COUNT(*) OVER () AS found FROM tickets t WHERE \(filter.sql)
                    ORDER BY \(order) LIMIT \(query.limit + 1)) f
                JOIN tickets t ON t.workspace_id = $1 AND t.connection_id = f.connection_id AND t.id = f.id) t \(joins)
            ORDER BY \(order)
            """
    }

    private static func key(of row: TicketSummary, _ key: TicketQuery.Sort.Key) -> Int64? {
        switch key {
        case .updated: row.updatedAt.milliseconds
        case .created: row.createdAt.milliseconds
        case .priority: Int64(row.priority.code)
        case .due: row.dueBy?.milliseconds
        case .waiting: row.waitingSince?.milliseconds
        }
    }

    static func count(
        _ workspace: ID<Workspace>, _ query: TicketQuery, now: Date, hits: SearchHits?, _ db: any Queries
    ) throws -> Total {
        var filter = TicketFilter(query, workspace: workspace, now: now, dialect: db.dialect, hits: hits, by: .counting)
        let statement = countStatement(&filter)
        let row = try db.rows(statement, arguments: filter.arguments).first
        let count: Int = try row?.get("count") ?? 0
        guard count <= Total.countedUpTo else { return Total(count: Total.countedUpTo, isExact: false) }
        return Total(count: count, isExact: hits?.isCut != true)
    }

    /// Its limit is an argument: how many rows a filter leaves decides how they are counted, so PostgreSQL shall look at the filter's
    /// values each time, and one table is quickly planned.
    static func countStatement(_ filter: inout TicketFilter) -> String {
        let limit = filter.bind(.integer(Int64(Total.countedUpTo + 1)))
        return "SELECT COUNT(*) AS count FROM (SELECT 1 FROM tickets t WHERE \(filter.sql) LIMIT \(limit)) counted"
    }

    // MARK: Rows

    static let columns = """
        t.id, t.subject, t.status, COALESCE(l.label, '') AS status_label, t.status_code, t.priority, t.source, t.type, t.tags,
        t.requester_id, COALESCE(rc.name, ra.name) AS requester_name, COALESCE(rc.email, ra.email) AS requester_email,
        t.agent_id, ag.name AS agent_name, t.group_id, gr.name AS group_name, t.company_id, co.name AS company_name,
        t.account_id, ac.name AS account_name, t.match_layer, t.match_confidence, t.match_evidence, t.created_at, t.updated_at, t.due_by,
        t.first_responded_at, t.resolved_at, t.closed_at, t.waiting_since, t.is_escalated, t.conversation_count,
        t.rating_id, sr.rating, sr.comment AS rating_comment, sr.created_at AS rating_created_at, sr.updated_at AS rating_updated_at
        """

    static let joins = """
        LEFT JOIN status_labels l ON l.workspace_id = t.workspace_id AND l.connection_id = t.connection_id AND l.code = t.status_code
        LEFT JOIN contacts rc ON rc.workspace_id = t.workspace_id AND rc.connection_id = t.connection_id AND rc.id = t.requester_id
        LEFT JOIN agents ra ON ra.workspace_id = t.workspace_id AND ra.connection_id = t.connection_id AND ra.id = t.requester_id
        LEFT JOIN agents ag ON ag.workspace_id = t.workspace_id AND ag.connection_id = t.connection_id AND ag.id = t.agent_id
        LEFT JOIN groups gr ON gr.workspace_id = t.workspace_id AND gr.connection_id = t.connection_id AND gr.id = t.group_id
        LEFT JOIN companies co ON co.workspace_id = t.workspace_id AND co.connection_id = t.connection_id AND co.id = t.company_id
        LEFT JOIN accounts ac ON ac.workspace_id = t.workspace_id AND ac.id = t.account_id
        LEFT JOIN satisfaction_ratings sr ON sr.workspace_id = t.workspace_id AND sr.connection_id = t.connection_id AND sr.id = t.rating_id
        """

    static func summary(_ row: Row) throws -> TicketSummary {
        let id: ID<Ticket> = try row.get("id")
        let code: Int = try row.get("status_code")
        let label: String = try row.get("status_label")
        let agentName: String? = try row.find("agent_name")
        return try TicketSummary(
            id: id, subject: row.get("subject"), status: row.get("status"),
            statusLabel: label.isEmpty ? TicketStatus.fallbackLabel(code: code) : label, priority: row.get("priority"),
            source: row.get("source"), type: row.find("type"), tags: row.list("tags"),
            requester: row.find("requester_name").map { name in
                try Requester(id: row.get("requester_id"), name: name, email: row.find("requester_email"))
            },
            agent: row.find("agent_id").map { Named(id: $0, name: agentName ?? "Former agent \($0)") },
            group: named("group", row), company: named("company", row), account: MatchStore.account(row), createdAt: row.get("created_at"),
            updatedAt: row.get("updated_at"), dueBy: row.find("due_by"), firstRespondedAt: row.find("first_responded_at"),
            resolvedAt: row.find("resolved_at"), closedAt: row.find("closed_at"), waitingSince: row.find("waiting_since"),
            isEscalated: row.get("is_escalated"), conversationCount: row.get("conversation_count"),
            satisfaction: row.find("rating").map { rating in
                try SatisfactionRating(
                    id: row.get("rating_id"), ticketID: id, rating: rating, comment: row.find("rating_comment"),
                    createdAt: row.get("rating_created_at"), updatedAt: row.get("rating_updated_at"))
            })
    }

    private static func named<Subject>(_ prefix: String, _ row: Row) throws -> Named<Subject>? {
        guard let id: ID<Subject> = try row.find("\(prefix)_id"), let name: String = try row.find("\(prefix)_name") else { return nil }
        return Named(id: id, name: name)
    }

    private static func entry(_ row: Row) throws -> ThreadEntry {
        let user: Int64? = try row.find("user_id")
        let author: Author =
            if let name: String = try row.find("agent_name") {
                try Author(kind: .agent, id: user, name: name, email: row.find("agent_email"))
            } else if let name: String = try row.find("contact_name") {
                try Author(kind: .contact, id: user, name: name, email: row.find("contact_email"))
            } else {
                try Author(kind: .unknown, id: user, name: row.find("from_email") ?? "Unknown", email: row.find("from_email"))
            }
        return ThreadEntry(
            conversation: try Conversation(
                id: row.get("id"), ticketID: row.get("ticket_id"), kind: row.get("kind"), isIncoming: row.get("is_incoming"),
                isPrivate: row.get("is_private"), userID: user, fromEmail: row.find("from_email"), toEmails: row.list("to_emails"),
                ccEmails: row.list("cc_emails"), bodyHTML: row.get("body_html"), bodyText: row.get("body_text"),
                attachments: JSONColumn.value(row.get("attachments")) ?? [], createdAt: row.get("created_at"),
                updatedAt: row.get("updated_at")),
            author: author)
    }
}
