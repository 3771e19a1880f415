import Domain
import Foundation

/// The rows a `SupportFilter` speaks of, as FROM and WHERE: what `TicketQuery` can say is left to `TicketFilter`, so that figures and
/// the Tickets page come from the same conditions; the rest is added here.
struct SupportRows {
    let subject: SupportQuery.Subject
    let from: String
    private(set) var filter: TicketFilter

    /// - Parameter subject: `conversations` and `ratings` have rows of their own beside their tickets; all others are tickets.
    init(_ subject: SupportQuery.Subject, _ support: SupportFilter, workspace: ID<Workspace>, now: Date, _ db: any Queries) throws {
        self.subject = subject
        var query = support.ticketQuery.query
        if subject == .ratings { query.csat = nil }
        let hits = try SearchHits.find(workspace, query, db)
        filter = TicketFilter(query, workspace: workspace, now: now, dialect: db.dialect, hits: hits)
        switch subject {
        case .ratings:
            from = """
                satisfaction_ratings r JOIN tickets t
                ON t.workspace_id = r.workspace_id AND t.connection_id = r.connection_id AND t.id = r.ticket_id
                """
            // The first argument is the workspace: `TicketFilter` binds it first.
            filter.require("r.workspace_id = $1")
        case .conversations:
            from = """
                conversations v JOIN tickets t
                ON t.workspace_id = v.workspace_id AND t.connection_id = v.connection_id AND t.id = v.ticket_id
                """
            filter.require("v.workspace_id = $1")
        case .tickets, .accounts, .agents, .contacts: from = "tickets t"
        }
        addTicketParts(support, now, db.dialect)
        addOwnParts(support)
        for period in support.periods ?? [] { add(period) }
    }

    mutating func bind(_ value: SQLValue) -> String { filter.bind(value) }
    mutating func require(_ condition: String) { filter.require(condition) }

    /// The moment of a row that a field names; nil where such rows have none.
    func column(of field: SupportPeriod.Field) -> String? {
        switch field {
        case .created: "t.created_at"
        case .resolved: "t.resolved_at"
        case .updated: "t.updated_at"
        case .due: "t.due_by"
        case .rated: subject == .ratings ? "r.created_at" : nil
        case .sent: subject == .conversations ? "v.created_at" : nil
        }
    }

    private mutating func addTicketParts(_ support: SupportFilter, _ now: Date, _ dialect: Dialect) {
        if let ids = support.ticket {
            let list = ids.map { bind(.integer($0)) }.joined(separator: ", ")
            // Ids are found by the table's own key, in which the portal comes first.
            require(list.isEmpty ? "FALSE" : "\(dialect.isOwnPortal("t.connection_id", workspace: "$1")) AND t.id IN (\(list))")
        }
        if let codes = support.statusCode {
            let list = codes.values.map { bind(.integer(Int64($0))) }.joined(separator: ", ")
            require("t.status_code \(codes.isNegated ? "NOT " : "")IN (\(list))")
        }
        if let isResponded = support.isResponded {
            require("t.first_responded_at IS \(isResponded ? "NOT NULL" : "NULL")")
        }
        if let isEscalated = support.isEscalated {
            // Any case of the two tags: people type them by hand.
            let tags = ["escalated", "Escalated", "ESCALATED", "escalation", "Escalation", "ESCALATION"]
                .map { bind(.text($0)) }.joined(separator: ", ")
            // By their ids, of which there are few: the first argument is the workspace, which holds one portal's tickets at a time.
            let portals = "(SELECT id FROM connections WHERE workspace_id = $1)"
            let escalated = """
                (SELECT x.id FROM tickets x WHERE x.workspace_id = $1 AND x.is_live AND x.is_escalated
                UNION ALL SELECT e.ticket_id FROM ticket_tags e WHERE e.workspace_id = $1 AND e.connection_id IN \(portals)
                AND e.tag IN (\(tags)))
                """
            require(isEscalated ? "t.connection_id IN \(portals) AND t.id IN \(escalated)" : "t.id NOT IN \(escalated)")
        }
        if let isOverdue = support.isOverdue {
            let moment = bind(now.sqlValue)
            require(
                isOverdue
                    ? "t.status IN ('open', 'pending') AND t.due_by < \(moment)"
                    : "NOT (t.status IN ('open', 'pending') AND COALESCE(t.due_by < \(moment), FALSE))")
        }
    }

    private mutating func addOwnParts(_ support: SupportFilter) {
        if subject == .ratings, let sentiment = support.sentiment {
            let parts = sentiment.values.map { value in
                switch value {
                case .positive: "r.rating > 100"
                case .neutral: "r.rating = 100"
                case .negative: "r.rating < 100"
                }
            }
            require("\(sentiment.isNegated ? "NOT " : "")(\(parts.joined(separator: " OR ")))")
        }
        guard subject == .conversations else { return }
        if let kind = support.kind {
            let list = kind.values.map { bind($0.sqlValue) }.joined(separator: ", ")
            require("v.kind \(kind.isNegated ? "NOT " : "")IN (\(list))")
        }
        if let isIncoming = support.isIncoming { require(isIncoming ? "v.is_incoming" : "NOT v.is_incoming") }
        if let author = support.author, !author.ids.isEmpty {
            let list = author.ids.map { bind(.integer($0)) }.joined(separator: ", ")
            require("v.user_id \(author.isNegated ? "NOT " : "")IN (\(list))")
        }
    }

    /// Created, updated and resolved are `TicketQuery`'s.
    private mutating func add(_ period: SupportPeriod) {
        switch period.field {
        case .created, .updated, .resolved: return
        case .due: require(condition("t.due_by", period))
        case .sent:
            if subject == .conversations {
                require(condition("v.created_at", period))
            } else {
                let inside = condition("s.created_at", period)
                require(
                    """
                    EXISTS (SELECT 1 FROM conversations s WHERE s.workspace_id = t.workspace_id AND s.connection_id = t.connection_id
                    AND s.ticket_id = t.id AND \(inside))
                    """)
            }
        case .rated:
            if subject == .ratings {
                require(condition("r.created_at", period))
            } else {
                let inside = condition("s.created_at", period)
                require(
                    """
                    EXISTS (SELECT 1 FROM satisfaction_ratings s WHERE s.workspace_id = t.workspace_id
                    AND s.connection_id = t.connection_id AND s.ticket_id = t.id AND \(inside))
                    """)
            }
        }
    }

    private mutating func condition(_ column: String, _ period: SupportPeriod) -> String {
        var parts = ["\(column) IS NOT NULL"]
        if let from = period.from { parts.append("\(column) >= \(bind(from.sqlValue))") }
        if let to = period.to { parts.append("\(column) < \(bind(to.sqlValue))") }
        return parts.joined(separator: " AND ")
    }
}
