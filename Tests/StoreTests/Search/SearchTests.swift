import Domain
import Foundation
import TestDatabases
import TestTools
import Testing

@testable import Store

@Suite struct SearchTests {
    @Test(arguments: [
        ("Login fails", "login fails"), ("Café Ærø", "cafe ærø"), ("ANA@Acme.example", "ana acme example"), ("v2.1-beta", "v2 1 beta"),
        ("請求書", "請求 求書"), ("東", "東"), ("Ａｃｍｅ", "acme"), ("  ", ""), ("(null)", "null"), ("مرحبا", "مرحبا")
    ])
    func textBecomesWords(_ text: String, _ words: String) {
        #expect(SearchText.tokens(of: text) == words)
    }

    @Test(arguments: Engine.allCases) func findsWordsPrefixesAndPhrases(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.write { db in
                try db.save(
                    [
                        Contact(id: 5, name: "Zoë Müller", email: "zoe@fabrikam.example", createdAt: noon, updatedAt: noon)
                    ], run: 1)
            }
            var first = ticket(1, subject: "Single sign-on loops back", updated: 3)
            first.requesterID = 5
            let second = ticket(2, subject: "Sign the contract on paper", updated: 2)
            let third = ticket(3, subject: "Export 請求書 broken", updated: 1)
            _ = try await mirror.save([first, second, third])
            _ = try await mirror.write { db in
                let entry = Conversation(
                    id: 1, ticketID: 3, kind: .agentReply, bodyText: "Try the Quarterly report", createdAt: noon, updatedAt: noon)
                return try db.replace([.init(ticketID: 3, conversations: [entry], version: noon, readAt: noon)])
            }
            #expect(try await mirror.list("q=sign") == [1, 2])
            #expect(try await mirror.list("q=\"sign on\"") == [1])
            #expect(try await mirror.list("q=sign on") == [1, 2])
            #expect(try await mirror.list("q=quart") == [3])
            #expect(try await mirror.list("q=quart report") == [])
            #expect(try await mirror.list("q=ZOE") == [1])
            #expect(try await mirror.list("q=muller fabrikam") == [1])
            #expect(try await mirror.list("q=請求書") == [3])
            #expect(try await mirror.list("q=1") == [1])
            #expect(try await mirror.list("q=...") == [])
        }
    }

    @Test(arguments: Engine.allCases) func anyInputIsHarmless(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save([ticket(1)])
            let pieces = [
                "\"", "*", "(", ")", "'", ":", "-", "AND", "OR", "NOT", "NEAR", "^", "{", "}", "\\", ";", "--", "login", "é", "\u{0}", "請"
            ]
            var random = SeededGenerator(seed: 3)
            for _ in 0..<300 {
                var query = TicketQuery()
                query.search = (0..<6).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(separator: " ")
                _ = try await mirror.tickets.list(mirror.workspace, query, now: noon)
            }
        }
    }

    @Test(arguments: Engine.allCases) func changedAndPurgedTicketsLeaveTheIndex(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save([ticket(1, subject: "Printer jams")])
            _ = try await mirror.save([ticket(1, subject: "Scanner jams", updated: 60)])
            #expect(try await mirror.list("q=printer") == [])
            #expect(try await mirror.list("q=scanner") == [1])
            try await mirror.write { try $0.purge(1) }
            #expect(try await mirror.list("q=scanner") == [])
        }
    }
}
