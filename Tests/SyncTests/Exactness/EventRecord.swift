import Foundation
import TestSupport

/// What the portal's record of events says about a round.
struct EventRecord: Decodable {
    struct Entry: Decodable {
        struct Touched: Decodable {
            var ticket: [Int64]?
            var company: [Int64]?
            var contact: [Int64]?
            var agent: [Int64]?
            var group: [Int64]?
            var rating: [Int64]?
            var status: [Int64]?
            var moved: [Int64]?
        }

        /// Requests answered before it.
        var request: Int
        var name: String
        /// As it happened, whole with its ids.
        var json: String
        var touched: Touched
        var failure: String?

        enum CodingKeys: String, CodingKey { case request, event, touched, failure }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            request = try values.decode(Int.self, forKey: .request)
            touched = try values.decode(Touched.self, forKey: .touched)
            failure = try values.decodeIfPresent(String.self, forKey: .failure)
            let event = try values.decode(Element.self, forKey: .event)
            json = event.text
            name = event.name
        }

        /// Changed a message and left the ticket's own row as it was: no list shows it.
        var changesThreadSilently: Bool { ["edit_note", "delete_note", "bounce"].contains(name) }
    }

    var requests: Int
    /// Number of the last request for a page of live tickets.
    var lastTicketPage: Int
    var applied: [Entry]

    static func read(_ world: SyncWorld) async throws -> EventRecord {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(EventRecord.self, from: Data(try await world.look("events").utf8))
    }
}

/// Any JSON, kept to be printed again.
private enum Element: Decodable {
    case flag(Bool)
    case number(Int64)
    case text(String)
    case list([Element])
    case object([String: Element])
    case null

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Element].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Element].self))
        }
    }

    var name: String {
        guard case .object(let members) = self, case .text(let name)? = members["do"] else { return "" }
        return name
    }

    var text: String {
        switch self {
        case .null: return "null"
        case .flag(let flag): return "\(flag)"
        case .number(let number): return "\(number)"
        case .text(let text): return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        case .list(let list): return "[" + list.map(\.text).joined(separator: ", ") + "]"
        case .object(let members):
            let sorted = members.sorted { ($0.key == "do" ? "" : $0.key) < ($1.key == "do" ? "" : $1.key) }
            return "{" + sorted.map { "\"\($0.key)\": \($0.value.text)" }.joined(separator: ", ") + "}"
        }
    }
}
