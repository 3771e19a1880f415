import Domain
import Foundation
import Testing

@testable import Matching

/// The labelled set of `Tests/Fixtures/matching`.
struct LabelledSet {
    struct Row: Sendable {
        enum Expected: Sendable, Equatable {
            case attached(Match.Layer, ID<Account>)
            case review([ID<Account>])
            case none
        }

        let kind: String
        let company: Company
        let expected: Expected
    }

    let accounts: [Account]
    let rows: [Row]

    init() throws {
        accounts = try Self.table("accounts.tsv").map { fields in
            Account(
                id: ID(try #require(Int64(fields[0]))), name: fields[1], domains: Self.list(fields[2]), aliases: Self.list(fields[3]),
                createdAt: anyDay, updatedAt: anyDay)
        }
        rows = try Self.table("companies.tsv").enumerated().map { number, fields in
            let company = Company(
                id: ID(Int64(number + 1)), name: fields[1], domains: Self.list(fields[2]), createdAt: anyDay, updatedAt: anyDay)
            return Row(kind: fields[0], company: company, expected: try Self.expected(fields[3]))
        }
    }

    static func text(_ name: String) throws -> String {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "Fixtures/matching/\(name)"), encoding: .utf8)
    }

    private static func table(_ name: String) throws -> [[String]] {
        try text(name).split(separator: "\n").dropFirst().map {
            let fields = $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            try #require(fields.count == 4)
            return fields
        }
    }

    private static func list(_ text: String) -> [String] { text.split(separator: ";").map(String.init) }

    private static func expected(_ text: String) throws -> Row.Expected {
        let words = text.split(separator: " ")
        if text == "none" { return .none }
        let accounts = try #require(words.last).split(separator: ",").compactMap { Int64($0) }.map { ID<Account>($0) }
        if words.first == "review" { return .review(accounts) }
        return .attached(try #require(Match.Layer(rawValue: String(words[0]))), try #require(accounts.first))
    }
}

@Suite("Labelled set")
struct LabelledSetTests {
    @Test func decidesAsACarefulPersonWould() throws {
        let set = try LabelledSet()
        #expect(set.accounts.count >= 300 && set.rows.count >= 500)
        let index = MatchIndex(accounts: set.accounts, companies: set.rows.map(\.company))
        var right = 0
        var wrong: [String] = []
        var attachedWrongly: [String] = []
        for row in set.rows {
            let outcome = index.match(row.company)
            let told = "\(row.kind): “\(row.company.name)” \(row.company.domains) → \(brief(outcome)), not \(row.expected)"
            switch (outcome, row.expected) {
            case (.matched(let match), .attached(let layer, let account)) where match.accountID == account && match.layer == layer:
                right += 1
            case (.ambiguous(let ambiguity), .review(let accounts))
            where !Set(accounts).isDisjoint(with: ambiguity.candidates.map(\.account.id)):
                right += 1
            case (.none, .none): right += 1
            case (.matched(let match), .attached(_, let account)) where match.accountID == account: wrong.append(told)
            case (.matched, _): attachedWrongly.append(told)
            default: wrong.append(told)
            }
        }
        #expect(attachedWrongly.isEmpty, "\(attachedWrongly.joined(separator: "\n"))")
        let accuracy = Double(right) / Double(set.rows.count)
        #expect(accuracy >= 0.97, "\(accuracy)\n\(wrong.joined(separator: "\n"))")
        print("labelled set: \(right) of \(set.rows.count) right, \(attachedWrongly.count) attached wrongly")
        for row in wrong { print("  \(row)") }
    }

    /// The whole set at once, with its accounts in another order and twice.
    @Test(arguments: UInt64(1)...3)
    func orderAndRepetitionDoNotMatter(_ seed: UInt64) throws {
        var random = Seeded(state: seed)
        let set = try LabelledSet()
        let index = MatchIndex(accounts: set.accounts, companies: set.rows.map(\.company))
        let shuffled = MatchIndex(
            accounts: set.accounts.shuffled(using: &random), companies: set.rows.map(\.company).shuffled(using: &random))
        for row in set.rows.shuffled(using: &random) {
            let outcome = index.match(row.company)
            #expect(shuffled.match(row.company) == outcome)
            #expect(index.match(row.company) == outcome)
        }
    }

    @Test func anUnrelatedAccountTakesNoAttachmentAway() throws {
        let set = try LabelledSet()
        let companies = set.rows.map(\.company)
        let before = MatchIndex(accounts: set.accounts, companies: companies)
        let strangers = ["Wunderbar Kajaks", "Zzyzx Road Works", "Global Delta Group", "Northern Chocolate Robotics", "南海出版"].enumerated()
            .map { account(Int64(90_000 + $0), $1, "stranger-\($0).example") }
        let after = MatchIndex(accounts: set.accounts + strangers, companies: companies)
        for company in companies {
            guard let match = before.match(company).match else { continue }
            switch after.match(company) {
            case .matched(let now): #expect(now.accountID == match.accountID, "\(company.name)")
            case .ambiguous: break
            case .none: Issue.record("\(company.name) lost its account")
            }
        }
    }
}
