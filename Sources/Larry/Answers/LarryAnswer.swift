package import Domain
package import Foundation

/// What Larry answers: the API's object, the page's content, and what a thread keeps.
package struct LarryAnswer: Sendable, Equatable, Codable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        case answered
        case noData = "no_data"
        case notFound = "not_found"
        case clarify, unsupported
        case offDomain = "off_domain"
        case refused, help
    }

    package enum Unit: String, Sendable, Codable {
        case tickets, accounts, agents, contacts, conversations, ratings, seconds, percent
    }

    package struct Row: Sendable, Equatable, Codable {
        package var key: String
        package var id: Int64?
        package var value: Double?
        /// The value as it is written.
        package var text: String
    }

    package struct Option: Sendable, Equatable, Codable {
        package var label: String
        package var question: String
    }

    /// A ticket as its card shows it. Subject and names are hostile text.
    package struct Card: Sendable, Equatable, Codable {
        package var id: Int64
        package var subject: String
        package var status: String
        package var priority: String
        package var account: String?
        package var accountID: Int64?
        package var agent: String?
        package var agentID: Int64?
        package var createdAt: Date
    }

    package var status: Status
    package var answer: String
    package var value: Double?
    package var unit: Unit?
    package var rows: [Row]?
    package var tickets: [Int64] = []
    package var agents: [Int64] = []
    package var accounts: [Int64] = []
    package var query: SupportQuery?
    package var explanation: [String] = []
    /// A page of our own.
    package var link: String?
    package var asOf: Date
    package var coverageFrom: Date?
    package var isComplete: Bool
    package var options: [Option]?
    package var threadID: String
    /// `rules`, or the model's name.
    package var model: String

    // Beyond the API's object.

    /// Number of the turn; 0 before it is saved.
    package var turn: Int64 = 0
    package var cards: [Card] = []
    /// Somebody's words, shown as a quotation: the first message of the only ticket, or what a summary quotes.
    package var quotation: String?
    /// Whose they are, such as “The customer wrote”; nil for the customer.
    package var quotedFrom: String?
    /// The figure as it stands in the sentence.
    package var figure: String?
    package var suggestions: [String] = []
    /// The parts of the question; each asks the same without it.
    package var chips: [Option] = []
    /// Time it took to answer, in milliseconds.
    package var milliseconds: Int = 0

    /// The answer as the API sends it, nulls written out.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.rfc3339)
        }
        encoder.keyEncodingStrategy = .convertToSnakeCase
        guard let data = try? encoder.encode(Wire(answer: self)) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// The API's shape.
    private struct Wire: Encodable {
        var answer: LarryAnswer

        private enum Key: String, CodingKey {
            case status, answer, value, unit, rows, tickets, agents, accounts, query, explanation, link, asOf, coverage, options, threadId,
                model
        }
        private enum CoverageKey: String, CodingKey { case from, complete }
        private enum RowKey: String, CodingKey { case key, id, value }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(answer.status, forKey: .status)
            try container.encode(answer.answer, forKey: .answer)
            try container.encode(answer.value, forKey: .value)
            try container.encode(answer.unit, forKey: .unit)
            if let rows = answer.rows {
                var list = container.nestedUnkeyedContainer(forKey: .rows)
                for row in rows {
                    var item = list.nestedContainer(keyedBy: RowKey.self)
                    try item.encode(row.key, forKey: .key)
                    try item.encode(row.id, forKey: .id)
                    try item.encode(row.value, forKey: .value)
                }
            } else {
                try container.encodeNil(forKey: .rows)
            }
            try container.encode(answer.tickets, forKey: .tickets)
            try container.encode(answer.agents, forKey: .agents)
            try container.encode(answer.accounts, forKey: .accounts)
            try container.encode(answer.query, forKey: .query)
            try container.encode(answer.explanation, forKey: .explanation)
            try container.encode(answer.link, forKey: .link)
            try container.encode(answer.asOf, forKey: .asOf)
            var coverage = container.nestedContainer(keyedBy: CoverageKey.self, forKey: .coverage)
            try coverage.encode(answer.coverageFrom, forKey: .from)
            try coverage.encode(answer.isComplete, forKey: .complete)
            try container.encode(answer.options, forKey: .options)
            try container.encode(answer.threadID, forKey: .threadId)
            try container.encode(answer.model, forKey: .model)
        }
    }
}
