import Domain
import Foundation
import TestDatabases
import TestTools
import Testing

@testable import Store

/// The same answers for the same words on every engine, whatever the corpus and whatever is typed: each engine is held against a plain
/// evaluation in memory.
@Suite struct SearchAgreementTests {
    @Test(arguments: Engine.allCases, [UInt64(1), 2, 3]) func everyEngineAgreesWithThePlainMeaning(_ engine: Engine, _ seed: UInt64)
        async throws
    {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let neighbour = try await MirrorFixture(store, workspace: "Contoso", subdomain: "contoso")
            var random = SeededGenerator(seed: seed)
            let corpus = (1...40).map { Document(id: $0, drawnFrom: &random) }
            try await Self.save(corpus, in: mirror)
            // The same words elsewhere must not show.
            try await Self.save(corpus.reversed().map { Document(id: $0.id + 1000, like: $0) }, in: neighbour)
            var found = 0
            for _ in 0..<250 {
                var query = TicketQuery()
                let text = Self.question(drawnFrom: &random)
                query.search = text
                query.limit = 100
                let page = try await mirror.tickets.list(mirror.workspace, query, now: noon)
                let expected = corpus.filter { $0.answers(text) }.map(\.id)
                #expect(page.rows.map(\.id.rawValue).sorted() == expected, "\(text.debugDescription)")
                #expect(page.total.count == expected.count)
                found += expected.count
            }
            // A comparison of nothing with nothing would prove nothing.
            #expect(found > 250)
        }
    }

    /// Texts beyond what PostgreSQL can index are cut, the same on every engine, and never keep a ticket from being saved.
    @Test(arguments: Engine.allCases) func hugeTextsAreSavedAndFound(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            var random = SeededGenerator(seed: 5)
            let rare = String(
                (0..<90_000).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0x20000...0x2A6D0, using: &random)) }.map(Character.init))
            let numbers = (0..<60_000).map { String($0 &* 7919 % 60_000_011, radix: 36) }.joined(separator: " ")
            let long = String(repeating: "x", count: 9000)
            let marks = "a" + String(repeating: "\u{20DD}\u{0483}", count: 4000)
            let nothing = "be\u{0}fore after"
            for (id, text) in [(1, rare), (2, numbers), (3, long), (4, marks), (5, nothing)] {
                var one = ticket(Int64(id), subject: "Invoice \(id)")
                one.descriptionText = text
                _ = try await mirror.save([one])
                _ = try await mirror.write { db in
                    try db.replace([
                        MirrorStore.ReadThread(
                            ticketID: ID(Int64(id)),
                            conversations: [
                                Conversation(
                                    id: 1, ticketID: ID(Int64(id)), kind: .agentReply, bodyText: text, createdAt: noon, updatedAt: noon)
                            ], version: noon, readAt: noon)
                    ])
                }
            }
            #expect(try await mirror.list("q=invoice").count == 5)
            #expect(try await mirror.list("q=\(String(rare.prefix(2)))") == [1])
            #expect(try await mirror.list("q=xxxxxxxx") == [3])
            #expect(try await mirror.list("q=after") == [5])
            #expect(try await mirror.tickets.get(mirror.workspace, 5).descriptionText == "be\u{FFFD}fore after")
        }
    }

    // MARK: A corpus

    private static let words = [
        "login", "Login", "log", "loginfails", "café", "Cafe", "CAFÉ", "naïve", "straße", "Ærø", "請求書", "請求", "求書", "東京都", "ログイン", "한국어",
        "مرحبا", "emoji🙂text", "🙂", "v2.1-beta", "12e5", "1e5", "0012", "-7", "3.14", "ana@acme.example", "https://acme.example/a?b=c",
        "O'Brien",
        "can't", "AND", "OR", "NOT", "NEAR", "w1c1", "#w1c1", "a", "b", "sign", "on", "sign-on", "İstanbul", "ﬁnance", "①", "½", "Ⅷ",
        "e\u{301}te\u{301}",
        "x\u{0}y", "tab\tbed", "(null)", "100%", "under_score"
    ]
    private static let typed =
        words + ["\"", "\"sign on\"", "\"請求 求書\"", "*", "(", ")", "'", ":", ":*", "&", "|", "!", "<->", "\\", "--", "lo", "caf", "請"]

    private static func text(_ count: ClosedRange<Int>, _ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: count, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            .joined(separator: [" ", " ", "\n", ", "].randomElement(using: &random) ?? " ")
    }

    private static func question(drawnFrom random: inout SeededGenerator) -> String {
        let text = (0..<Int.random(in: 1...3, using: &random)).map { _ in typed.randomElement(using: &random) ?? "" }.joined(separator: " ")
        return Bool.random(using: &random) ? text : "\"" + text + "\""
    }

    private struct Document {
        var id: Int64
        var subject: String, description: String, thread: String
        var requester: String

        init(id: Int64, drawnFrom random: inout SeededGenerator) {
            self.id = id
            subject = text(0...4, &random)
            description = text(0...8, &random)
            thread = text(0...8, &random)
            requester = text(1...2, &random)
        }

        init(id: Int64, like other: Document) {
            self = other
            self.id = id
        }

        /// What the search means: each phrase stands in one of the ticket's own text, its requester's name, its thread.
        func answers(_ question: String) -> Bool {
            guard let query = SearchQuery(question) else { return false }
            let parts = ["\(id) \(subject)\n\(description)", "\(requester) ", thread].map { SearchText.words(in: $0) }
            return query.phrases.allSatisfy { phrase in parts.contains { Self.holds($0, phrase) } }
        }

        private static func holds(_ words: [String], _ phrase: SearchQuery.Phrase) -> Bool {
            guard words.count >= phrase.words.count, let last = phrase.words.last else { return false }
            return (0...(words.count - phrase.words.count)).contains { start in
                let found = Array(words[start..<(start + phrase.words.count)].map { Array($0.utf8) })
                guard found.dropLast().elementsEqual(phrase.words.dropLast().map { Array($0.utf8) }) else { return false }
                return phrase.isPrefix ? found[found.count - 1].starts(with: last.utf8) : found[found.count - 1] == Array(last.utf8)
            }
        }
    }

    private static func save(_ corpus: [Document], in mirror: MirrorFixture) async throws {
        let offset: Int64 = 5_000_000
        _ = try await mirror.write { db in
            _ = try db.save(
                corpus.map { Contact(id: ID($0.id + offset), name: $0.requester, createdAt: noon, updatedAt: noon) }, run: 1)
            let counts = try db.save(
                corpus.map { document in
                    var one = ticket(document.id, subject: document.subject)
                    one.descriptionText = document.description
                    one.requesterID = ID(document.id + offset)
                    return one
                })
            for document in corpus {
                _ = try db.replace([
                    MirrorStore.ReadThread(
                        ticketID: ID(document.id),
                        conversations: [
                            Conversation(
                                id: 1, ticketID: ID(document.id), kind: .agentReply, bodyText: document.thread, createdAt: noon,
                                updatedAt: noon)
                        ], version: noon, readAt: noon)
                ])
            }
            return counts
        }
    }
}
