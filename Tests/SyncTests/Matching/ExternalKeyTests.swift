import Domain
import Foundation
import Store
import Sync
import TestDatabases
import Testing

@Suite("External ids on companies") struct ExternalKeyTests {
    private typealias Bench = MatchingBench

    private static func set(_ settings: MatchSettings, _ bench: MatchingBench) async throws {
        let workspace = bench.workspace
        try await bench.database.write { db in
            try MatchSettings.set(settings, of: workspace, db)
            try AccountMatching.apply(workspace, db)
        }
    }

    @Test(arguments: Engine.allCases) func theFieldNamedInTheSettingsDecides(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.account(AccountDraft(name: "Globex", domains: ["globex.example"], externalID: "CRM-1"))
            try await bench.account(AccountDraft(name: "Umber Pottery", externalID: "4711"))
            let companies = [
                Bench.company(1, "Somebody Else", raw: #"{"custom_fields":{"crm_id":" CRM-1 ","tier":"A"}}"#),
                Bench.company(2, "Kiln Yard", raw: #"{"custom_fields":{"crm_id":4711}}"#),
                Bench.company(3, "Umber Pottery", raw: #"{"custom_fields":{"crm_id":"CRM-1"}}"#),
                Bench.company(4, "Loose End", raw: #"{"custom_fields":{"crm_id":true}}"#), Bench.company(5, "No Fields")
            ]
            try await bench.sync(companies: companies, tickets: [Bench.ticket(1, company: 1)])
            #expect(try await bench.owners(of: "companies") == [3: 2])
            let workspace = bench.workspace
            #expect(try await bench.database.read { try MatchSettings.fields(workspace, $0) } == ["crm_id", "tier"])

            // Freshdesk writes some names with `cf_` before them.
            try await Self.set(MatchSettings(externalIDField: " cf_crm_id "), bench)
            let first = try await bench.match(1)
            #expect(first.account?.id == 1 && first.layer == .externalID)
            #expect(first.evidence.first == "The field cf_crm_id holds CRM-1, the account's external id")
            #expect(try await bench.match(2).account?.id == 2)
            let conflict = try await bench.match(3)
            #expect(conflict.state == .review && conflict.candidates.map(\.account.id) == [1, 2])
            #expect(try await bench.match(4).state == .unmatched)
            #expect(try await bench.owners(of: "tickets") == [1: 1])

            // A sync that brings another key moves the company, and its tickets with it.
            try await bench.sync(companies: [Bench.company(1, "Somebody Else", raw: #"{"custom_fields":{"crm_id":"4711"}}"#)])
            #expect(try await bench.match(1).account?.id == 2)
            #expect(try await bench.owners(of: "tickets") == [1: 2])

            // A person outranks the key; a new key reopens what was decided on the old one.
            try await bench.decide(1, .belongsToNone)
            try await bench.sync(companies: [Bench.company(1, "Somebody Else", raw: #"{"custom_fields":{"crm_id":"4711"}}"#)])
            #expect(try await !bench.match(1).hasChanged)
            try await bench.sync(companies: [Bench.company(1, "Somebody Else", raw: #"{"custom_fields":{"crm_id":"CRM-1"}}"#)])
            let decided = try await bench.match(1)
            #expect(decided.hasChanged && decided.account == nil)

            try await Self.set(MatchSettings(), bench)
            #expect(try await bench.match(2).state == .unmatched)
            #expect(try await bench.match(3).account?.id == 2)
        }
    }

    @Test(arguments: Engine.allCases) func excludedDomainsDecideNothing(_ engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.account(AccountDraft(name: "Agency", domains: ["agency.example"]))
            try await bench.sync(
                companies: [Bench.company(1, "Kiln Yard", "agency.example")], contacts: [Bench.contact(1, "x@eu.agency.example")],
                tickets: [Bench.ticket(1, company: 1), Bench.ticket(2, requester: 1)])
            #expect(try await bench.owners(of: "tickets") == [1: 1, 2: 1])
            try await Self.set(MatchSettings(excludedDomains: ["agency.example", " agency.example "]), bench)
            #expect(try await bench.owners(of: "tickets").isEmpty)
            let workspace = bench.workspace
            #expect(
                try await bench.database.read { try MatchSettings.get(workspace, $0) } == MatchSettings(excludedDomains: ["agency.example"])
            )
            try await Self.set(MatchSettings(), bench)
            #expect(try await bench.owners(of: "tickets") == [1: 1, 2: 1])
            let long = await #expect(throws: Failure.self) {
                try await Self.set(MatchSettings(externalIDField: String(repeating: "x", count: 101)), bench)
            }
            #expect(long?.fields.first?.name == "external_id_field")
        }
    }
}
