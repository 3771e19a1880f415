import Domain
import Foundation
import Store
import TestSupport

/// A record of either side: which one it is.
enum RecordKey: Hashable, Comparable, CustomStringConvertible {
    case ticket(Int64)
    /// A message of a ticket.
    case message(ticket: Int64, Int64)
    case company(Int64)
    case contact(Int64)
    case agent(Int64)
    case group(Int64)
    case rating(ticket: Int64, Int64)
    case status(Int64)

    /// The first word of its description.
    var kind: String { String(description.prefix { $0 != " " }) }

    var description: String {
        switch self {
        case .ticket(let id): "ticket \(id)"
        case .message(let ticket, let id): "conversation \(id) of ticket \(ticket)"
        case .company(let id): "company \(id)"
        case .contact(let id): "contact \(id)"
        case .agent(let id): "agent \(id)"
        case .group(let id): "group \(id)"
        case .rating(let ticket, let id): "rating \(id) of ticket \(ticket)"
        case .status(let id): "status \(id)"
        }
    }
}

/// One line per row, so that a difference between two copies reads as a list of lines.
struct Picture: Equatable {
    private(set) var rows: [RecordKey: String] = [:]

    var lines: Set<String> { Set(rows.map { "\($0.key): \($0.value)" }) }

    func differences(from other: Picture) -> [String] {
        keysThatDiffer(from: other).flatMap { key in
            [rows[key].map { "only here: \(key): \($0)" }, other.rows[key].map { "only there: \(key): \($0)" }].compactMap(\.self)
        }
    }

    /// The records that are not the same on both sides, or on one side only.
    func keysThatDiffer(from other: Picture) -> [RecordKey] {
        Set(rows.keys).union(other.rows.keys).filter { rows[$0] != other.rows[$0] }.sorted()
    }

    private mutating func put(_ key: RecordKey, _ parts: (any CustomStringConvertible)?...) {
        rows[key] = parts.map { $0.map { "\($0)" } ?? "–" }.joined(separator: " | ")
    }

    /// As the product keeps one line of text.
    private static func line(_ text: String?) -> String? {
        let cleaned = (text ?? "").unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
        let line = String(cleaned.trimmingCharacters(in: .whitespacesAndNewlines).prefix(2_000))
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return line.isEmpty ? nil : line
    }

    /// Bodies are kept up to a million characters.
    private static func body(_ html: String) -> String {
        let html = html.utf8.count > 1_000_000 ? String(html.prefix(1_000_000)) : html
        return html.utf8.count > 160 ? "\(html.prefix(120))… \(html.utf8.count) bytes \(html.hashValue)" : html
    }

    private static func tags(_ tags: [String]) -> String { Set(tags.compactMap(line)).sorted().joined(separator: ",") }

    /// What the portal says.
    init(_ truth: Truth, since start: Date?) {
        for ticket in truth.tickets(since: start) { put(ticket) }
        for company in truth.companies {
            let domains = (company.domains ?? []).compactMap(Self.line).joined(separator: ",")
            put(.company(company.id), Self.line(company.name), domains, company.accountTier, company.industry, company.updatedAt)
        }
        for contact in truth.contacts {
            let name = Self.line(contact.name) ?? Self.line(contact.email) ?? "Contact \(contact.id)"
            put(.contact(contact.id), name, Self.line(contact.email), Self.line(contact.phone), contact.companyId, contact.updatedAt)
        }
        for agent in truth.agents where !agent.deactivated {
            put(.agent(agent.id), agent.contact.name, agent.contact.email, agent.occasional)
        }
        for group in truth.groups { put(.group(group.id), group.name, group.agentIds.sorted().map(String.init).joined(separator: ",")) }
        let held = Set(truth.tickets(since: start).map(\.id))
        for rating in truth.satisfactionRatings where held.contains(rating.ticketId) {
            guard start.map({ (Date(rfc3339: rating.createdAt) ?? .distantPast) >= $0 }) ?? true else { continue }
            let value = SatisfactionRating.fromUpstream(rating.ratings["defaultQuestion"] ?? rating.ratings["default_question"] ?? 0)
            put(.rating(ticket: rating.ticketId, rating.id), value, rating.feedback, rating.agentId, rating.updatedAt)
        }
        for status in truth.statuses { put(.status(Int64(status.id)), status.label) }
    }

    private mutating func put(_ ticket: Truth.Ticket) {
        let stats = ticket.stats
        put(
            .ticket(ticket.id), Self.line(ticket.subject) ?? "(no subject)", "status \(ticket.status)", "priority \(ticket.priority)",
            "source \(ticket.source)", ticket.type, "created \(ticket.createdAt)", "updated \(ticket.updatedAt)",
            "due \(ticket.dueBy ?? "–")",
            "escalated \(ticket.isEscalated)", "agent \(ticket.responderId ?? 0)", "group \(ticket.groupId ?? 0)",
            "company \(ticket.companyId ?? 0)", "requester \(ticket.requesterId ?? 0)", "tags \(Self.tags(ticket.tags ?? []))",
            Scalar.line(ticket.customFields), stats.firstRespondedAt, stats.agentRespondedAt, stats.requesterRespondedAt, stats.resolvedAt,
            stats.closedAt, Self.body(ticket.description ?? ""))
        for message in ticket.conversations {
            put(
                .message(ticket: ticket.id, message.id), message.private ? "private" : "public", message.incoming ? "incoming" : "outgoing",
                message.userId, message.createdAt, message.lastEditedAt ?? message.createdAt, Self.body(message.body))
        }
    }

    /// What the copy holds, of the tickets in scope.
    init(_ world: SyncWorld, since start: Date?) async throws {
        self = try await world.database.read { try Picture($0, world.workspace, start) }
    }

    private init(_ db: any Queries, _ workspace: ID<Workspace>, _ start: Date?) throws {
        let scope = "t.is_live AND (t.status IN ('open', 'pending') OR t.updated_at >= $2)"
        let from = start ?? Date(timeIntervalSince1970: 0)
        try putTickets(
            db.rows(
                """
                SELECT t.*, b.description_html, b.custom_fields FROM tickets t JOIN ticket_bodies b
                    ON b.workspace_id = t.workspace_id AND b.connection_id = t.connection_id AND b.ticket_id = t.id
                WHERE t.workspace_id = $1 AND \(scope)
                """, workspace, from))
        try putMessages(
            db.rows(
                """
                SELECT c.* FROM conversations c
                JOIN tickets t ON t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id AND t.id = c.ticket_id
                WHERE c.workspace_id = $1 AND \(scope)
                """, workspace, from))
        for row in try db.rows("SELECT * FROM companies WHERE workspace_id = $1", workspace) {
            try put(
                .company(row.get("id")), row.get("name", as: String.self), row.list("domains").joined(separator: ","),
                row.find("account_tier", as: String.self), row.find("industry", as: String.self),
                row.get("updated_at", as: Date.self).rfc3339)
        }
        for row in try db.rows("SELECT * FROM contacts WHERE workspace_id = $1 AND is_live", workspace) {
            try put(
                .contact(row.get("id")), row.get("name", as: String.self), row.find("email", as: String.self),
                row.find("phone", as: String.self), row.find("company_id", as: Int64.self), row.get("updated_at", as: Date.self).rfc3339)
        }
        for row in try db.rows("SELECT * FROM agents WHERE workspace_id = $1 AND is_active", workspace) {
            try put(
                .agent(row.get("id")), row.get("name", as: String.self), row.find("email", as: String.self),
                row.get("is_occasional", as: Bool.self))
        }
        for row in try db.rows("SELECT * FROM groups WHERE workspace_id = $1", workspace) {
            let id: Int64 = try row.get("id")
            let members = try db.rows("SELECT agent_id FROM group_agents WHERE workspace_id = $1 AND group_id = $2", workspace, id)
            let ids = try members.map { try $0.get("agent_id", as: Int64.self) }.sorted().map(String.init).joined(separator: ",")
            try put(.group(id), row.get("name", as: String.self), ids)
        }
        let ratings = try db.rows(
            """
            SELECT r.* FROM satisfaction_ratings r
            JOIN tickets t ON t.workspace_id = r.workspace_id AND t.connection_id = r.connection_id AND t.id = r.ticket_id
            WHERE r.workspace_id = $1 AND \(scope) AND r.created_at >= $2
            """, workspace, from)
        for row in ratings {
            try put(
                .rating(ticket: row.get("ticket_id"), row.get("id")), row.get("rating", as: Int.self), row.find("comment", as: String.self),
                row.find("agent_id", as: Int64.self), row.get("updated_at", as: Date.self).rfc3339)
        }
        for row in try db.rows("SELECT code, label FROM status_labels WHERE workspace_id = $1", workspace) {
            try put(.status(row.get("code")), row.get("label", as: String.self))
        }
    }

    private mutating func putTickets(_ rows: [Row]) throws {
        func moment(_ row: Row, _ column: String) throws -> String? { try row.find(column, as: Date.self)?.rfc3339 }
        let decoder = JSONDecoder()
        for row in rows {
            let fields = try decoder.decode([String: Scalar?].self, from: Data(row.get("custom_fields", as: String.self).utf8))
            try put(
                .ticket(row.get("id")), row.get("subject", as: String.self), "status \(row.get("status_code", as: Int.self))",
                "priority \(row.get("priority", as: Int.self))", "source \(row.get("source_code", as: Int.self))",
                row.find("type", as: String.self), "created \(moment(row, "created_at") ?? "–")",
                "updated \(moment(row, "updated_at") ?? "–")", "due \(moment(row, "due_by") ?? "–")",
                "escalated \(row.get("is_escalated", as: Bool.self))", "agent \(row.find("agent_id", as: Int64.self) ?? 0)",
                "group \(row.find("group_id", as: Int64.self) ?? 0)", "company \(row.find("company_id", as: Int64.self) ?? 0)",
                "requester \(row.find("requester_id", as: Int64.self) ?? 0)", "tags \(Self.tags(row.list("tags")))", Scalar.line(fields),
                moment(row, "first_responded_at"), moment(row, "agent_responded_at"), moment(row, "requester_responded_at"),
                moment(row, "resolved_at"), moment(row, "closed_at"), Self.body(row.get("description_html", as: String.self)))
        }
    }

    private mutating func putMessages(_ rows: [Row]) throws {
        for row in rows {
            try put(
                .message(ticket: row.get("ticket_id"), row.get("id")), row.get("is_private", as: Bool.self) ? "private" : "public",
                row.get("is_incoming", as: Bool.self) ? "incoming" : "outgoing", row.find("user_id", as: Int64.self),
                row.get("created_at", as: Date.self).rfc3339, row.get("updated_at", as: Date.self).rfc3339,
                Self.body(row.get("body_html", as: String.self)))
        }
    }
}
