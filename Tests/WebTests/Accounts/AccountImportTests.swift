import Domain
import Foundation
import Store
import Testing

@testable import Web

@Suite struct AccountImportTests {
    private func plan(_ text: String, existing: [Account] = []) throws -> AccountImport {
        try AccountImport.plan(existing: existing, file: Array(text.utf8))
    }

    private func account(_ id: Int64, _ name: String, domains: [String] = [], externalID: String? = nil, tags: [String] = []) -> Account {
        Account(
            id: ID(id), name: name, domains: domains, externalID: externalID, tags: tags, createdAt: SiteFixture.now,
            updatedAt: SiteFixture.now)
    }

    private func words(_ row: AccountImport.Row) -> String {
        switch row.verdict {
        case .create: "create"
        case .update(let id, _): "update \(id)"
        case .unchanged(let id): "unchanged \(id)"
        case .error: "error"
        }
    }

    @Test func readsEveryColumn() throws {
        let plan = try plan(
            """
            renewal_date,NAME,External ID,owner_email,arr,domains
            2027-01-31, Acme Ltd ,A-1,ana@example.com,12000.50,acme.com; www.acme.io ;acme.com
            """)
        guard case .create(let draft) = try #require(plan.rows.first).verdict else {
            Issue.record("not created")
            return
        }
        let expected = AccountDraft(
            name: "Acme Ltd", domains: ["acme.com", "www.acme.io"], externalID: "A-1", ownerEmail: "ana@example.com",
            arr: Decimal(string: "12000.5"), renewalDate: Day("2027-01-31"))
        #expect(draft == expected)
    }

    @Test(arguments: [
        ("Acme,acme.com\n", "no name"), ("", "empty"), ("name;domains\nAcme;acme.com", "semicolons"),
        ("domains\nacme.com", "no name column"),
        ("name,domains,name\nAcme,,Acme", "twice")
    ])
    func refusesAFileWithoutHeader(_ text: String, _ reason: String) {
        #expect(throws: Failure.self, "\(reason)") { try self.plan(text) }
    }

    @Test(
        arguments: [
            ("name\n,", nil), ("name,arr\nAcme,\"1,000\"", "arr"), ("name,arr\nAcme,1e5", "arr"), ("name,arr\nAcme,-5", "arr"),
            ("name,arr\nAcme,€5", "arr"), ("name,renewal_date\nAcme,31.01.2027", "renewal_date"),
            ("name,renewal_date\nAcme,2027-02-30", "renewal_date"),
            ("name,owner_email\nAcme,ana", "owner_email"), ("name,arr\n,5", "name"), ("name\nAcme,extra", "fields"),
            ("name,domains\n\"Acme\" x,acme.com", "quot")
        ] as [(String, String?)])
    func refusesABadRowAndKeepsTheRest(_ text: String, _ word: String?) throws {
        let plan = try plan(text + "\nGlobex")
        #expect(plan.rows.last.map(words) == "create")
        guard let word else {
            #expect(plan.rows.count == 1)
            return
        }
        #expect(plan.failed == 1)
        guard case .error(let reasons) = plan.rows[0].verdict else {
            Issue.record("not refused: \(plan.rows[0])")
            return
        }
        #expect(reasons.joined().contains(word))
        #expect(plan.rows[0].line == 2)
    }

    @Test func externalIDDecidesAndElseNameWithDomains() throws {
        let existing = [
            account(1, "Acme", domains: ["acme.com"], externalID: "A"), account(2, "Acme", domains: ["acme.com"], externalID: "B"),
            account(3, "Globex", domains: ["globex.com", "globex.io"]), account(4, "Solo")
        ]
        let plan = try plan(
            """
            name,domains,external_id
            Acme renamed,acme.com,A
            Acme,acme.com,B
            Acme,acme.com,C
            GLOBEX,https://www.globex.io/;Globex.com,
            globex,globex.com,
            solo,,
            """, existing: existing)
        #expect(plan.rows.map(words) == ["update 1", "unchanged 2", "create", "update 3", "create", "update 4"])
    }

    @Test func emptyFieldsKeepWhatTheAccountHas() throws {
        var held = account(1, "Acme", domains: ["acme.com"], externalID: "A", tags: ["vip"])
        held.arr = 5
        let plan = try plan("name,external_id,arr,domains\nAcme Ltd,A,,", existing: [held])
        guard case .update(1, let draft) = plan.rows[0].verdict else {
            Issue.record("not updated")
            return
        }
        #expect(draft.arr == 5 && draft.domains == ["acme.com"] && draft.tags == ["vip"] && draft.name == "Acme Ltd")
    }

    @Test func tellsDuplicatesOddDomainsAndUnknownColumns() throws {
        let plan = try plan("name,domains,external_id,colour\nAcme,acme.com,A,red\nOther,x.com,A,blue\nOdd,localhost,,\nAcme,acme.com,B,")
        #expect(plan.unknownColumns == ["colour"])
        #expect(plan.rows.map(words) == ["create", "error", "create", "create"])
        guard case .error(let reasons) = plan.rows[1].verdict else { return }
        #expect(reasons[0].contains("line 2"))
        #expect(plan.rows[2].notes.contains { $0.contains("localhost") })
        #expect(plan.rows[3].notes.contains { $0.contains("separate") })
    }

    @Test func cleansControlCharacters() throws {
        let plan = try plan("name\n\"Ac\u{7}me\tof\nNorth\"")
        #expect(plan.rows[0].name == "Ac me of North")
    }

    @Test func aSecondImportChangesNothing() async throws {
        try await withSite { fixture in
            let bytes = Array("name,domains,external_id,arr\nAcme,acme.com;acme.io,A,10.25\nGlobex,globex.com,,\nName only,,,".utf8)
            let (workspace, database) = (fixture.workspace.id, fixture.site.database)
            let first = try await AccountImport.apply(bytes, to: workspace, actor: "test", now: SiteFixture.now, in: database)
            #expect(first.plan.created == 3)
            let second = try await AccountImport.apply(bytes, to: workspace, actor: "test", now: SiteFixture.now, in: database)
            #expect(second.plan.unchanged == 3 && second.plan.created == 0 && second.plan.updated == 0)
            #expect(try await fixture.site.audit.list(workspace, limit: 10).rows.map(\.action) == ["accounts.import"])
        }
    }
}
