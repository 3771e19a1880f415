import Domain
import Foundation
import TestSupport

/// What the simulated portal holds, read from its control route, in the form both sides can be compared in.
struct Truth: Decodable {
    struct Ticket: Decodable {
        var id: Int64
        var subject: String?
        var description: String?
        var status: Int
        var priority: Int
        var source: Int
        var type: String?
        var createdAt: String
        var updatedAt: String
        var dueBy: String?
        var isEscalated: Bool
        var responderId: Int64?
        var groupId: Int64?
        var companyId: Int64?
        var requesterId: Int64?
        var tags: [String]?
        var customFields: [String: Scalar?]
        var stats: Stats
        var conversations: [Conversation]
    }

    struct Stats: Decodable {
        var firstRespondedAt: String?
        var agentRespondedAt: String?
        var requesterRespondedAt: String?
        var resolvedAt: String?
        var closedAt: String?
    }

    struct Conversation: Decodable {
        var id: Int64
        var `private`: Bool
        var incoming: Bool
        var userId: Int64?
        var body: String
        var createdAt: String
        var lastEditedAt: String?
    }

    struct Company: Decodable {
        var id: Int64
        var name: String
        var domains: [String]?
        var accountTier: String?
        var industry: String?
        var updatedAt: String
    }

    struct Contact: Decodable {
        var id: Int64
        var name: String?
        var email: String?
        var phone: String?
        var companyId: Int64?
        var updatedAt: String
    }

    struct Agent: Decodable {
        struct Person: Decodable {
            var name: String
            var email: String
        }

        var id: Int64
        var deactivated: Bool
        var occasional: Bool
        var contact: Person
    }

    struct Group: Decodable {
        var id: Int64
        var name: String
        var agentIds: [Int64]
    }

    struct Rating: Decodable {
        var id: Int64
        var ticketId: Int64
        var agentId: Int64?
        var feedback: String?
        var createdAt: String
        var updatedAt: String
        var ratings: [String: Int]
    }

    struct Status: Decodable {
        var id: Int
        var label: String
    }

    var now: String
    var tickets: [Ticket]
    var companies: [Company]
    var contacts: [Contact]
    var agents: [Agent]
    var groups: [Group]
    var satisfactionRatings: [Rating]
    var statuses: [Status]
    var trashedTicketIds: [Int64]
    var spamTicketIds: [Int64]
    var blockedContactIds: [Int64]
    var deletedContactIds: [Int64]

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

/// A value of a custom field.
enum Scalar: Decodable, CustomStringConvertible {
    case flag(Bool)
    case number(Int64)
    case text(String)

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else {
            self = .text(try value.decode(String.self))
        }
    }

    var description: String {
        switch self {
        case .flag(let flag): "\(flag)"
        case .number(let number): "\(number)"
        case .text(let text): text
        }
    }

    static func line(_ fields: [String: Scalar?]) -> String {
        // Snake case and camel case alike: the portal's keys were converted when they were read.
        let pairs = fields.compactMap { key, value in value.map { (key.filter { $0 != "_" }.lowercased(), $0.description) } }
        return pairs.sorted { $0.0 < $1.0 }.map { "\($0)=\($1)" }.joined(separator: " ")
    }
}
