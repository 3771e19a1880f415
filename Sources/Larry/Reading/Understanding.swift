import Domain
import Foundation

/// What the interpreter made of a question.
enum Understanding: Equatable, Sendable {
    /// A query, with remarks such as how a misspelling was read.
    case query(SupportQuery, remarks: [String])
    /// Two readings, or words that were not understood: questions to choose from.
    case clarify(String, [Option])
    /// Words of a question on support that nobody knows; a model may.
    case notUnderstood([String], [Option])
    case notFound(String, [Option])
    case unsupported(String)
    case offDomain
    case refused(String)
    case help

    /// A button: its label, and the whole question it asks.
    struct Option: Equatable, Sendable, Codable {
        var label: String
        var question: String
    }
}

/// What a follow-up edits: the last query, and who stood in its answer.
struct Frame: Codable, Equatable, Sendable {
    var query: SupportQuery
    var tickets: [Int64]
    var agents: [Int64]
    var accounts: [Int64]
}

extension Understanding {
    var query: SupportQuery? { if case .query(let query, _) = self { query } else { nil } }
}
