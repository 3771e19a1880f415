import Domain
import Foundation
@testable import Store
import Sync
import TestDatabases
import Testing

@Suite("Merging accounts") struct AccountUnionTests {
    private typealias Bench = MatchingBench

    /// Globex (1) and Globex Inc (2), which are one customer, and what belongs to each; Pond (3) is somebody else.
    private static func two(_ bench: MatchingBench) async throws {
        try await bench.account(
            AccountDraft(
                name: "Globex", domains: ["globex.example"], externalID: "G-1", ownerEmail: "ana@northwind.example", tags: ["gold"]))
        try await bench.account(
            AccountDraft(
                name: "Globex Inc", domains: ["globex-inc.example", "gx.example"], aliases: ["GX"], externalID: "G-2",
                ownerEmail: "bob@northwind.example", arr: 1200, tags: ["gold", "eu"]))
        try await bench.account(AccountDraft(name: "Pond", domains: ["pond.example"]))
        try await bench.sync(
            companies: [
                Bench.company(1, "Globex", "globex.example"), Bench.company(2, "Globex Inc Europe", "globex-inc.example"),
                Bench.company(3, "Reed Brothers", "reed.example"), Bench.company(4, "Quiet Harbor"),
                Bench.company(5, "Pond", "pond.example"),
                Bench.company(6, "GX"), Bench.company(9, "Glass Foundry", "gx.example")
            ],
            contacts: [Bench.contact(11, "ann@gx.example"), Bench.contact(12, "joe@globex-inc.example", company: 2)],
            tickets: (1...6).map { Bench.ticket($0, company: $0) } + [Bench.ticket(7, requester: 11)])
        try await bench.decide(3, .belongs(to: 2))
        try await bench.decide(4, .belongsToNone)
        // The rules lead to the account that goes, which a person has seen and denied.
        try await bench.decide(9, .belongsToNone)
    }

    private static func merge(_ gone: Int64, into kept: Int64, _ bench: MatchingBench) async throws -> AccountUnion.Outcome {
        try await bench.database.write { db in
            try AccountUnion.merge(ID(gone), into: ID(kept), in: bench.workspace, by: "Olga", now: Bench.now, db)
        }
    }

    @discardableResult
    private static func undo(_ merge: Int64, _ bench: MatchingBench) async throws -> AccountUnion.Outcome {
        try await bench.database.write { db in
            try AccountUnion.undo(merge, in: bench.workspace, by: "Olga", now: Bench.now, db)
        }
    }

    @Test(arguments: Engine.allCases) func everythingMoves(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await Self.two(bench)
            let before = try await bench.owners(of: "companies")
            #expect(before == [1: 1, 2: 2, 3: 2, 5: 3, 6: 2])
            let outcome = try await Self.merge(2, into: 1, bench)
            #expect(outcome.moved == .init(companies: 3, decisions: 1, contacts: 2, tickets: 4))
            #expect(try await bench.owners(of: "companies") == [1: 1, 2: 1, 3: 1, 5: 3, 6: 1])
            #expect(try await bench.owners(of: "contacts") == [11: 1, 12: 1])
            #expect(try await bench.owners(of: "tickets") == [1: 1, 2: 1, 3: 1, 5: 3, 6: 1, 7: 1])
            let merged = try #require(try await bench.account(1))
            #expect(merged.name == "Globex" && merged.aliases == ["Globex Inc", "GX"])
            #expect(merged.domains == ["globex.example", "globex-inc.example", "gx.example"])
            #expect(merged.externalID == "G-1" && merged.furtherExternalIDs == ["G-2"])
            #expect(merged.ownerEmail == "ana@northwind.example" && merged.arr == 1200 && merged.tags == ["gold", "eu"])
            #expect(try await bench.account(2) == nil)
            // The decision is still Ana's, and says where it went.
            let decided = try await bench.match(3)
            #expect(decided.layer == .manual && decided.decidedBy?.name == "Ana" && !decided.hasChanged)
            let workspace = bench.workspace
            let history = try await bench.database.read { try MatchStore($0, workspace: workspace).history(of: 3) }
            #expect(history.first?.detail == "moved from account 2 Globex Inc to account 1 Globex")
            let log = try await AuditStore(database: bench.database).list(bench.workspace, limit: 1).rows
            #expect(log.first?.action == "account.merge" && log.first?.subject == "account 1")
            // A sync moves nothing back and reopens nothing.
            try await bench.sync(companies: [Bench.company(3, "Reed Brothers", "reed.example"), Bench.company(4, "Quiet Harbor")])
            #expect(try await bench.owners(of: "companies") == [1: 1, 2: 1, 3: 1, 5: 3, 6: 1])
            #expect(try await !bench.match(3).hasChanged)
            #expect(try await !bench.match(4).hasChanged)
            #expect(try await !bench.match(9).hasChanged)
        }
    }

    /// What a file, a person and a sync did in between stays, and everything else is as it was.
    @Test(arguments: Engine.allCases) func aMergeIsUndoneAfterASync(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await Self.two(bench)
            let (first, second) = (try await bench.account(1), try await bench.account(2))
            let merge = try await Self.merge(2, into: 1, bench).merge
            try await bench.sync(
                companies: [
                    Bench.company(2, "Globex Inc Europe", "globex-inc.example"), Bench.company(7, "Globex Asia", "globex-inc.example"),
                    Bench.company(8, "Umber Works")
                ],
                contacts: [Bench.contact(13, "new@gx.example")],
                tickets: [Bench.ticket(8, company: 7), Bench.ticket(9, requester: 13), Bench.ticket(10, company: 8)])
            #expect(try await bench.owners(of: "companies")[7] == 1)
            try await bench.decide(8, .belongs(to: 1))
            try await bench.decide(6, .belongs(to: 3))
            let workspace = bench.workspace
            try await bench.database.write { db in
                var draft = AccountDraft(name: "Globex Group", domains: ["globex.example", "globex-inc.example", "gx.example"])
                draft.domains.append("globex-group.example")
                draft.aliases = ["Globex Inc", "GX", "Globex"]
                draft.externalID = "G-1"
                draft.ownerEmail = "cleo@northwind.example"
                draft.arr = 1200
                draft.tags = ["gold", "eu", "new"]
                _ = try AccountStore.replace(workspace, 1, draft, now: Bench.now, db)
                try AccountMatching.apply(workspace, db)
            }
            let outcome = try await Self.undo(merge, bench)
            #expect(outcome.gone == Named(id: 2, name: "Globex Inc"))
            #expect(try await bench.owners(of: "companies") == [1: 1, 2: 2, 3: 2, 5: 3, 6: 3, 7: 2, 8: 1])
            #expect(try await bench.owners(of: "contacts") == [11: 2, 12: 2, 13: 2])
            #expect(try await bench.owners(of: "tickets") == [1: 1, 2: 2, 3: 2, 5: 3, 6: 3, 7: 2, 8: 2, 9: 2, 10: 1])
            var back = try #require(try await bench.account(2))
            back.updatedAt = try #require(second).updatedAt
            #expect(back == second)
            let kept = try #require(try await bench.account(1))
            #expect(kept.name == "Globex Group" && kept.domains == ["globex.example", "globex-group.example"])
            #expect(kept.aliases == ["Globex"] && kept.tags == ["gold", "new"])
            #expect(kept.ownerEmail == "cleo@northwind.example" && kept.arr == nil && kept.externalID == first?.externalID)
            #expect(kept.furtherExternalIDs.isEmpty)
            let decided = try await bench.match(3)
            #expect(decided.layer == .manual && decided.decidedBy?.name == "Ana" && !decided.hasChanged)
            #expect(try await !bench.match(4).hasChanged)
            #expect(try await !bench.match(9).hasChanged)
            // And once more nothing changes.
            try await bench.sync()
            #expect(try await bench.owners(of: "companies") == [1: 1, 2: 2, 3: 2, 5: 3, 6: 3, 7: 2, 8: 1])
            let again = await #expect(throws: Failure.self) { try await Self.undo(merge, bench) }
            #expect(again?.kind == .conflict)
        }
    }

    /// Every company, and every requester without one, has a line for the way there and one for the way back, which no figure of the
    /// rules' own work counts.
    @Test(arguments: Engine.allCases) func theHistoryTellsOfBothWays(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await Self.two(bench)
            let workspace = bench.workspace
            let before = try await bench.database.read { try MatchStore($0, workspace: workspace).quality() }
            let merge = try await Self.merge(2, into: 1, bench).merge
            let there = [
                Line(company: 0, contact: 11, from: 2, to: 1, tickets: 1), Line(company: 2, from: 2, to: 1, tickets: 1),
                Line(company: 3, from: 2, to: 1, tickets: 1), Line(company: 6, from: 2, to: 1, tickets: 1)
            ]
            #expect(try await Line.all(of: merge, bench) == there)
            try await Self.undo(merge, bench)
            let back = there.map { Line(company: $0.company, contact: $0.contact, from: 1, to: 2, tickets: $0.tickets) }
            #expect(try await Line.all(of: merge, bench) == (there + back).sorted())
            let after = try await bench.database.read { try MatchStore($0, workspace: workspace).quality() }
            #expect(after.weeks == before.weeks && after.overridden == before.overridden)
            let changes = try await bench.database.read { try MatchStore($0, workspace: workspace).changes(of: 2) }
            #expect(changes.map(\.merge) == [merge, merge, nil])
            #expect(changes.map(\.later?.name) == ["Globex Inc", "Globex", "Globex Inc"])
            #expect(changes.map(\.tickets) == [1, 1, nil])
        }
    }

    /// A row of the history.
    private struct Line: Equatable, Comparable, Sendable {
        var company: Int64
        var contact: Int64?
        var from: Int64?
        var to: Int64?
        var tickets: Int64?

        static func < (one: Line, other: Line) -> Bool { (one.company, one.to ?? 0) < (other.company, other.to ?? 0) }

        static func all(of merge: Int64, _ bench: MatchingBench) async throws -> [Line] {
            let workspace = bench.workspace
            return try await bench.database.read { db in
                try db.rows("SELECT * FROM match_history WHERE workspace_id = $1 AND merge_id = $2", workspace, merge).map {
                    try Line(
                        company: $0.get("company_id"), contact: $0.find("contact_id"), from: $0.find("earlier_account_id"),
                        to: $0.find("account_id"), tickets: $0.find("tickets"))
                }
            }.sorted()
        }
    }

    /// Pond has no domain and is matched by name; Lake's domain would speak against that.
    @Test(arguments: Engine.allCases) func whatTheRulesWouldLetGoIsHeld(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.account(AccountDraft(name: "Lake Works", domains: ["lake.example"]))
            try await bench.account(AccountDraft(name: "Umber Pottery"))
            try await bench.sync(companies: [Bench.company(1, "Umber Pottery", "umber.example")], tickets: [Bench.ticket(1, company: 1)])
            #expect(try await bench.match(1).layer == .name)
            let merge = try await Self.merge(2, into: 1, bench).merge
            let held = try await bench.match(1)
            #expect(held.account?.id == 1 && held.layer == .manual && held.decidedBy?.name == "Olga")
            #expect(try await bench.owners(of: "tickets") == [1: 1])
            try await Self.undo(merge, bench)
            let back = try await bench.match(1)
            #expect(back.account?.id == 2 && back.layer == .name)
            #expect(try await bench.owners(of: "tickets") == [1: 2])
        }
    }

    @Test(arguments: Engine.allCases) func oneAfterTheOther(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await Self.two(bench)
            let one = try await Self.merge(2, into: 1, bench).merge
            let two = try await Self.merge(1, into: 3, bench).merge
            #expect(try await bench.owners(of: "companies").values.allSatisfy { $0 == 3 })
            #expect(try await bench.account(3)?.furtherExternalIDs == ["G-2"])
            let early = await #expect(throws: Failure.self) { try await Self.undo(one, bench) }
            #expect(early?.message.contains("Globex has been merged into another account since") == true)
            try await Self.undo(two, bench)
            try await Self.undo(one, bench)
            #expect(try await bench.owners(of: "companies") == [1: 1, 2: 2, 3: 2, 5: 3, 6: 2])
            // A key that somebody else has by now stands in the way, and nothing is changed.
            let three = try await Self.merge(2, into: 1, bench).merge
            let workspace = bench.workspace
            _ = try await bench.database.write { db in
                try db.run("UPDATE accounts SET further_external_ids = '[]' WHERE workspace_id = $1 AND id = 1", workspace)
            }
            try await bench.account(AccountDraft(name: "Keyholder", externalID: "G-2"))
            let taken = await #expect(throws: Failure.self) { try await Self.undo(three, bench) }
            #expect(taken?.kind == .conflict && taken?.message.contains("Keyholder") == true)
            #expect(try await bench.account(2) == nil)
            let itself = await #expect(throws: Failure.self) { try await Self.merge(1, into: 1, bench) }
            #expect(itself?.kind == .invalid)
            let unknown = await #expect(throws: Failure.self) { try await Self.merge(77, into: 1, bench) }
            #expect(unknown?.kind == .notFound)
        }
    }

    @Test(arguments: Engine.allCases) func anotherWorkspaceSeesNothing(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await Self.two(bench)
            let merge = try await Self.merge(2, into: 1, bench).merge
            let other = try await WorkspaceStore(database: bench.database).create(name: "Contoso", now: Bench.now).id
            let failure = await #expect(throws: Failure.self) {
                try await bench.database.write { db in
                    _ = try AccountUnion.undo(merge, in: other, by: "Eve", now: Bench.now, db)
                }
            }
            #expect(failure?.kind == .notFound)
            let stranger = await #expect(throws: Failure.self) {
                try await bench.database.write { db in
                    _ = try AccountUnion.merge(3, into: 1, in: other, by: "Eve", now: Bench.now, db)
                }
            }
            #expect(stranger?.kind == .notFound)
            #expect(try await bench.account(3)?.name == "Pond")
        }
    }
}
