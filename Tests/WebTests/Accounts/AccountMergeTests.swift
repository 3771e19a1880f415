import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Merging accounts on pages") struct AccountMergePageTests {
    private func two(_ body: @Sendable (SiteFixture, Browser) async throws -> Void) async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            for (name, domain, key) in [("Globex", "globex.example", "G-1"), ("Globex Inc", "globex-inc.example", "G-2")] {
                _ = try await fixture.site.accounts.create(
                    fixture.workspace.id, AccountDraft(name: name, domains: [domain], externalID: key), now: SiteFixture.now
                ) { _, _ in }
            }
            try await fixture.save(
                scope, companies: [Rows.company(1, "Globex", "globex.example"), Rows.company(2, "Globex Europe", "globex-inc.example")],
                tickets: [Rows.ticket(1, "A", company: 1), Rows.ticket(2, "B", company: 2), Rows.ticket(3, "C", company: 2)])
            try await body(fixture, try await fixture.browser(.admin))
        }
    }

    @Test func aMergeIsSeenFirstThenDoneThenUndone() async throws {
        try await two { fixture, browser in
            #expect(try await browser.get(.account(1)).text.contains("/accounts/1/merge"))
            let choice = try await browser.get("/accounts/1/merge?q=inc").text
            #expect(choice.contains("Globex Inc") && choice.contains("/accounts/1/merge?with=2"))
            let preview = try await browser.get("/accounts/1/merge?with=2").text
            #expect(preview.contains("Merge Globex Inc into Globex?") && preview.contains("Tickets move"))
            #expect(preview.contains("globex.example, globex-inc.example") && preview.contains("/accounts/2/merge?with=1"))
            #expect(try await fixture.site.accounts.find(fixture.workspace.id, 2) != nil)

            let done = try await browser.post(.accountMerge(1), ["with": "2"])
            #expect(done.location == "/accounts/1")
            let page = try await browser.get("/accounts/1").text
            #expect(page.contains("Globex Inc is a part of Globex now. 2 tickets moved."))
            #expect(page.contains("Merged into this account") && page.contains("G-2"))
            // A link that somebody kept leads on.
            let old = try await browser.get("/accounts/2")
            #expect(old.location == "/accounts/1")
            #expect(try await browser.get("/accounts/1").text.contains("Globex Inc was merged into this account."))
            // A file with either key means this account.
            let rows = "name,external_id\nGlobex,G-2\n"
            let look = try await browser.upload(.accountImport, field: "file", file: rows)
            #expect(look.text.contains("Unchanged") && !look.text.contains("Create</"))
            // Its key is nobody else's.
            let taken = try await browser.post(.accountNew, ["name": "Other", "external_id": "G-2"])
            #expect(taken.status == 422 && taken.text.contains("is the one of Globex already"))

            let undone = try await browser.post(.accountUnmerge(1), ["merge": "1"])
            #expect(undone.location == "/accounts/2")
            let back = try await browser.get("/accounts/2").text
            #expect(back.contains("Globex Inc is back. 2 tickets are beside it again."))
            #expect(try await !browser.get("/accounts/1").text.contains("Merged into this account"))
            _ = try await browser.post(.accountUnmerge(1), ["merge": "1"])
            #expect(try await browser.get("/accounts/1").text.contains("This merge is undone already."))
            let log = try await fixture.browser(.owner).get(.audit).text
            #expect(log.contains("account.merge") && log.contains("account.unmerge"))
        }
    }

    @Test func onlyWhoManagesAccountsMerges() async throws {
        try await two { fixture, admin in
            let member = try await fixture.browser(.member)
            #expect(try await !member.get(.account(1)).text.contains("/accounts/1/merge"))
            #expect(try await member.get(.accountMerge(1)).status == 403)
            #expect(try await member.post(.accountMerge(1), ["with": "2"]).status == 403)
            #expect(try await member.post(.accountUnmerge(1), ["merge": "1"]).status == 403)
            #expect(try await admin.post(.accountMerge(1), ["with": "1"]).status == 422)
            #expect(try await admin.post(.accountMerge(1), ["with": "77"]).status == 404)
            #expect(try await admin.post(.accountMerge(1)).status == 422)
            #expect(try await admin.get("/accounts/1/merge?with=1").status == 422)
            #expect(try await admin.post(.accountUnmerge(1), ["merge": "9"]).status == 404)
        }
    }
}
