import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct MirrorStoreTests {
    @Test(arguments: Engine.allCases) func countsWhatChanged(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            #expect(try await mirror.save([ticket(1), ticket(2)]) == PhaseCounts(done: 2, added: 2))
            #expect(try await mirror.save([ticket(1), ticket(2, updated: 5)]) == PhaseCounts(done: 2, updated: 1, unchanged: 1))
            // An answer that was overtaken must not undo a newer one.
            #expect(try await mirror.save([ticket(2, subject: "Old", updated: 1)]) == PhaseCounts(done: 1, unchanged: 1))
            #expect(try await mirror.tickets.get(mirror.workspace, 2).summary.subject == "Login fails")
        }
    }

    @Test(arguments: Engine.allCases) func keepsStatsThatALaterRecordLacks(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            var full = ticket(1)
            full.stats = TicketStats(firstRespondedAt: noon, agentRespondedAt: noon)
            _ = try await mirror.save([full])
            var bare = ticket(1, subject: "Renamed", updated: 60)
            bare.stats = nil
            _ = try await mirror.save([bare])
            let summary = try await mirror.tickets.get(mirror.workspace, 1).summary
            #expect(summary.subject == "Renamed")
            #expect(summary.firstRespondedAt == noon)
        }
    }

    @Test(arguments: Engine.allCases) func aThreadIsReplacedAsAWhole(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save([ticket(1)])
            @Sendable func entry(_ id: Int64, _ text: String) -> Conversation {
                Conversation(
                    id: ID(id), ticketID: 1, kind: .reply, bodyHTML: text, bodyText: text, createdAt: noon.addingTimeInterval(Double(id)),
                    updatedAt: noon)
            }
            let first = try await mirror.write {
                try $0.replace([.init(ticketID: 1, conversations: [entry(1, "a"), entry(2, "b")], version: noon, readAt: noon)])
            }
            #expect(first == PhaseCounts(done: 2, added: 2))
            let second = try await mirror.write {
                try $0.replace([.init(ticketID: 1, conversations: [entry(2, "b edited"), entry(3, "c")], version: noon, readAt: noon)])
            }
            #expect(second == PhaseCounts(done: 2, added: 1, updated: 1, deleted: 1))
            let thread = try await mirror.tickets.thread(mirror.workspace, 1)
            #expect(thread.map(\.conversation.bodyText) == ["b edited", "c"])
            #expect(try await mirror.tickets.get(mirror.workspace, 1).summary.conversationCount == 2)
        }
    }

    @Test(arguments: Engine.allCases) func aThreadIsPendingUntilReadForTheRowsVersion(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let windowStart = noon.addingTimeInterval(-10 * day)
            _ = try await mirror.save([
                ticket(1, status: 5, updated: 1), ticket(2, status: 2, updated: -20 * day), ticket(3, status: 5, updated: -20 * day),
                ticket(4, status: 3, updated: 0)
            ])
            func pending() async throws -> [ID<Ticket>] {
                let due = MirrorStore.ThreadsDue(since: windowStart, run: 9, retriesOpenBefore: noon)
                return try await mirror.write { try $0.pendingThreads(due, limit: 10).map(\.ticketID) }
            }
            // Unresolved first, newest first; closed ones from before the window are out of scope.
            #expect(try await pending() == [4, 2, 1])
            _ = try await mirror.write { try $0.replace([.init(ticketID: 4, conversations: [], version: noon, readAt: noon)]) }
            #expect(try await pending() == [2, 1])
            _ = try await mirror.save([ticket(4, status: 3, updated: 90)])
            #expect(try await pending() == [4, 2, 1])
            try await mirror.write { try $0.markThreadFailed(of: 4, in: 9) }
            #expect(try await pending() == [2, 1])
            // Read in a second that was not over: due again, but not in the same breath.
            _ = try await mirror.write {
                try $0.replace([
                    .init(ticketID: 2, conversations: [], version: noon.addingTimeInterval(-20 * day), readAt: noon, isOpen: true),
                    .init(ticketID: 1, conversations: [], version: noon.addingTimeInterval(1), readAt: noon - 1, isOpen: true)
                ])
            }
            #expect(try await pending() == [1])
            #expect(try await mirror.write { try $0.openThreads(since: nil).map(\.ticketID) } == [1, 2])
        }
    }

    @Test(arguments: Engine.allCases) func ticketsTakeTheirAccountFromCompanyOrContact(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let workspace = mirror.workspace
            let acme = try await AccountStore(database: store.database).create(
                workspace, AccountDraft(name: "Acme"), now: noon, then: { _, _ in })
            _ = try await mirror.write { db in
                _ = try db.save([Company(id: 10, name: "Acme", createdAt: noon, updatedAt: noon)], run: 1)
                _ = try db.save([Contact(id: 20, name: "Ana", createdAt: noon, updatedAt: noon)], run: 1)
            }
            var byCompany = ticket(1)
            byCompany.companyID = 10
            var byContact = ticket(2)
            byContact.requesterID = 20
            _ = try await mirror.save([byCompany, byContact, ticket(3)])
            let match = Match(accountID: acme.id, layer: .exactDomain, confidence: 0.99, evidence: ["Because"])
            let moved = try await store.database.write { db in
                let matches = MatchStore(db, workspace: workspace)
                _ = try matches.decide(matches.subjects()[0], .matched(match))
                try matches.decide(ID<Contact>(20), Match(accountID: acme.id, layer: .contactDomain, confidence: 0.9, evidence: ["Mail"]))
                return try matches.applyToTickets()
            }
            #expect(moved == 2)
            #expect(try await Set(mirror.list("account=\(acme.id)")) == [1, 2])
            #expect(try await mirror.list("account=none") == [3])
            let shown = try await mirror.tickets.get(workspace, 2).summary.account
            #expect(shown?.layer == .contactDomain)
            #expect(shown?.account.name == "Acme")
            let again = try await store.database.write { try MatchStore($0, workspace: workspace).applyToTickets() }
            #expect(again == 0)
        }
    }
}
