import Domain
import Foundation
import Store
import TestSupport

/// What the simulated portal holds, read from its control route, in the form both sides can be compared in.
struct Truth: Decodable {
    struct Ticket: Decodable {
        var id: Int64
        var subject: String?
        var status: Int
        var priority: Int
        var updatedAt: String
        var responderId: Int64?
        var companyId: Int64?
        var requesterId: Int64?
        var tags: [String]?
        var conversations: [Conversation]
    }

    struct Conversation: Decodable {
        var id: Int64
        var `private`: Bool
        var incoming: Bool
    }

    struct Thing: Decodable {
        var id: Int64
    }

    var tickets: [Ticket]
    var companies: [Thing]
    var contacts: [Thing]
    var agents: [Thing]
    var groups: [Thing]
    var satisfactionRatings: [Thing]

    static func read(_ world: SyncWorld) async throws -> Truth {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Truth.self, from: Data(try await world.look("dump").utf8))
    }

    /// Tickets that a copy with this window holds: unresolved of any age, and those updated since `start`.
    func tickets(since start: Date?) -> [Ticket] {
        tickets.filter { ticket in
            guard let start else { return true }
            let isUnresolved = ticket.status != 4 && ticket.status != 5
            return isUnresolved || (Date(rfc3339: ticket.updatedAt) ?? .distantPast) >= start
        }
    }
}

/// One line per row, so that a difference between two copies reads as a list of lines.
struct Picture: Equatable {
    var lines: Set<String>

    func differences(from other: Picture) -> [String] {
        lines.subtracting(other.lines).sorted().map { "only here: \($0)" }
            + other.lines.subtracting(lines).sorted().map { "only there: \($0)" }
    }

    /// What the portal says.
    init(_ truth: Truth, since start: Date?) {
        var lines: Set<String> = []
        for ticket in truth.tickets(since: start) {
            let parts: [String] = [
                "ticket \(ticket.id)", "status \(ticket.status)", "priority \(ticket.priority)", "at \(ticket.updatedAt)",
                "agent \(ticket.responderId ?? 0)", "company \(ticket.companyId ?? 0)", "requester \(ticket.requesterId ?? 0)",
                "tags \((ticket.tags ?? []).sorted())"
            ]
            lines.insert(parts.joined(separator: ", "))
            for conversation in ticket.conversations {
                lines.insert(
                    "conversation \(conversation.id) of \(ticket.id), private \(conversation.private), incoming \(conversation.incoming)")
            }
        }
        for company in truth.companies { lines.insert("company \(company.id)") }
        for contact in truth.contacts { lines.insert("contact \(contact.id)") }
        for agent in truth.agents { lines.insert("agent \(agent.id)") }
        for group in truth.groups { lines.insert("group \(group.id)") }
        self.lines = lines
    }

    /// What the copy holds, of the tickets in scope.
    init(_ world: SyncWorld, since start: Date?) async throws {
        let workspace = world.workspace
        lines = try await world.database.read { db in
            var lines: Set<String> = []
            let scope = "t.is_live AND (t.status IN ('open', 'pending') OR t.updated_at >= $2)"
            let from = start ?? Date(timeIntervalSince1970: 0)
            for row in try db.rows("SELECT * FROM tickets t WHERE t.workspace_id = $1 AND \(scope)", workspace, from) {
                let parts: [String] = try [
                    "ticket \(row.get("id", as: Int64.self))", "status \(row.get("status_code", as: Int.self))",
                    "priority \(row.get("priority", as: Int.self))", "at \(row.get("updated_at", as: Date.self).rfc3339)",
                    "agent \(row.find("agent_id", as: Int64.self) ?? 0)", "company \(row.find("company_id", as: Int64.self) ?? 0)",
                    "requester \(row.find("requester_id", as: Int64.self) ?? 0)", "tags \(row.list("tags").sorted())"
                ]
                lines.insert(parts.joined(separator: ", "))
            }
            let conversations = try db.rows(
                """
                SELECT c.id, c.ticket_id, c.is_private, c.is_incoming FROM conversations c
                JOIN tickets t ON t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id AND t.id = c.ticket_id
                WHERE c.workspace_id = $1 AND \(scope)
                """, workspace, from)
            for row in conversations {
                let (id, ticket): (Int64, Int64) = try (row.get("id"), row.get("ticket_id"))
                let (isPrivate, isIncoming): (Bool, Bool) = try (row.get("is_private"), row.get("is_incoming"))
                lines.insert("conversation \(id) of \(ticket), private \(isPrivate), incoming \(isIncoming)")
            }
            let lists = [
                ("company", "companies"), ("contact", "contacts WHERE is_live AND"), ("agent", "agents"), ("group", "groups")
            ]
            for (name, table) in lists {
                let condition = table.contains("WHERE") ? table : table + " WHERE"
                for row in try db.rows("SELECT id FROM \(condition) workspace_id = $1", workspace) {
                    lines.insert("\(name) \(try row.get("id", as: Int64.self))")
                }
            }
            return lines
        }
    }
}
