import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Review desk") struct MatchingRequestTests {
    /// Two accounts with one name, and companies that wait, are unmatched, or are matched by their domain.
    private func desk(_ body: @Sendable (SiteFixture, MirrorScope, Browser) async throws -> Void) async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            let workspace = fixture.workspace.id
            for (name, domain) in [
                ("Northwind Traders", "northwind.example"), ("Zephyr Labs", "zephyr.example"), ("Zephyr Labs", "labs.example")
            ] {
                _ = try await fixture.site.accounts.create(workspace, AccountDraft(name: name, domains: [domain]), now: SiteFixture.now) {
                    _, _ in
                }
            }
            try await fixture.save(
                scope,
                companies: [
                    Rows.company(7, "Zephyr Labs"), Rows.company(8, "Quiet Harbor", "quiet.example"),
                    Rows.company(9, "Northwind", "northwind.example"), Rows.company(10, "Harbor Annex", "www.quiet.example"),
                    Rows.company(11, "Northwind Traders Museum")
                ],
                tickets: (1...5).map { Rows.ticket($0, "T\($0)", company: 7) } + [
                    Rows.ticket(6, "Q", company: 8), Rows.ticket(7, "H", company: 10)
                ])
            try await body(fixture, scope, try await fixture.browser(.admin))
        }
    }

    @Test func tabsCountAndSortByTickets() async throws {
        try await desk { _, _, browser in
            let review = try await browser.get(.matching).text
            #expect(review.contains("Zephyr Labs") && review.contains("Several accounts have the name"))
            #expect(review.contains("Northwind Traders Museum"))
            let first = try #require(review.range(of: "/matching/7\"")), second = try #require(review.range(of: "/matching/11\""))
            #expect(first.lowerBound < second.lowerBound)
            #expect(try await browser.get("/matching?state=unmatched").text.contains("Quiet Harbor"))
            #expect(try await browser.get("/matching?state=matched").text.contains("The domain northwind.example is the account"))
            #expect(try await browser.get("/matching?state=ignored").text.contains("Nothing is ignored"))
            #expect(try await browser.get("/matching?state=nonsense&from=-5").status == 200)
        }
    }

    @Test func acceptingMovesTicketsSaysHowManyAndCanBeUndone() async throws {
        try await desk { fixture, scope, browser in
            let done = try await browser.post(.matchingCompany(7), ["do": "accept", "account": "2", "state": "review"])
            #expect(done.location == "/matching?state=review")
            #expect(try await browser.get(done.location ?? "").text.contains("5 tickets now belong to Zephyr Labs."))
            // A sync that saves the same company again leaves the decision alone.
            try await fixture.save(scope, companies: [Rows.company(7, "Zephyr Labs")])
            #expect(try await browser.get("/matching/7").text.contains("account 2 Zephyr Labs"))
            #expect(try await !browser.get(.matching).text.contains("Changed since"))
            let undone = try await browser.post(.matchingCompany(7), ["do": "undo", "from": "company"])
            #expect(undone.location == "/matching/7")
            let page = try await browser.get("/matching/7").text
            #expect(page.contains("the rules decide again") && page.contains("Several accounts have the name"))
            #expect(page.contains("left to matching") && page.contains("account 2 Zephyr Labs"))
        }
    }

    @Test func aDecisionIsReopenedOnlyWhenItsGroundsChange() async throws {
        try await desk { fixture, scope, browser in
            _ = try await browser.post(.matchingCompany(8), ["do": "ignore"])
            for _ in 0..<2 { try await fixture.save(scope, companies: [Rows.company(8, "Quiet Harbor", "quiet.example")]) }
            // The first answer still says what was done.
            _ = try await browser.get(.matching)
            #expect(try await !browser.get(.matching).text.contains("Quiet Harbor"))
            // An account that has nothing to do with it changes nothing; one with its domain does.
            _ = try await browser.post(.accountNew, ["name": "Stranger", "domains": "stranger.example"])
            #expect(try await !browser.get(.matching).text.contains("Quiet Harbor"))
            _ = try await browser.post(.accountNew, ["name": "Quiet", "domains": "quiet.example"])
            let review = try await browser.get(.matching).text
            #expect(review.contains("Quiet Harbor") && review.contains("Changed since your decision"))
            #expect(try await browser.get("/matching/8").text.contains("Changed since the decision."))
            // It still holds, and deciding again settles it.
            #expect(try await browser.get("/matching?state=ignored").text.contains("Quiet Harbor"))
            _ = try await browser.post(.matchingCompany(8), ["do": "ignore"])
            _ = try await browser.get(.matching)
            #expect(try await !browser.get(.matching).text.contains("Quiet Harbor"))
        }
    }

    @Test func createsAnAccountAndTakesTheDomainAlong() async throws {
        try await desk { fixture, _, browser in
            let page = try await browser.get("/matching/8?q=north").text
            #expect(page.contains("Northwind Traders") && page.contains("Also 1 other company of this domain"))
            _ = try await browser.post(.matchingCompany(8), ["do": "accept", "account": "1", "domain": "yes", "from": "company"])
            #expect(
                try await browser.get("/matching/8").text.contains(
                    "Quiet Harbor and 1 more company: Northwind Traders. 2 tickets now belong"))
            #expect(try await browser.get("/matching/10").text.contains("account 1 Northwind Traders"))
            _ = try await browser.post(.matchingCompany(11), ["do": "create"])
            let accounts = try await fixture.site.accounts.list(fixture.workspace.id, search: "Museum", after: nil, limit: 5).rows
            #expect(accounts.map(\.account.name) == ["Northwind Traders Museum"])
        }
    }

    @Test func manyAreAcceptedAsPreviewed() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            _ = try await fixture.site.accounts.create(
                fixture.workspace.id, AccountDraft(name: "Northwind Traders", domains: ["northwind.example"]), now: SiteFixture.now
            ) { _, _ in }
            try await fixture.save(
                scope, companies: [Rows.company(1, "Northwind Traders", "sunnyfield.example"), Rows.company(2, "Northwind Traders Museum")],
                tickets: [Rows.ticket(1, "A", company: 1), Rows.ticket(2, "B", company: 1), Rows.ticket(3, "C", company: 2)])
            let browser = try await fixture.browser(.admin)
            #expect(try await browser.get("/matching/bulk?least=90").text.contains("No company is that sure"))
            let preview = try await browser.get("/matching/bulk?least=60")
            #expect(preview.text.contains("Attaches 3 tickets of 2 companies to 1 account."))
            let done = try await browser.post(.matchingBulk, ["pair": "1:1"])
            #expect(done.location == "/matching")
            #expect(try await browser.get(.matching).text.contains("1 company attached, 2 tickets moved"))
            // What was decided meanwhile, or never was proposed, is left alone.
            _ = try await browser.post(.matchingBulk, ["pair": "1:1"])
            #expect(try await browser.get(.matching).text.contains("Nothing was attached"))
        }
    }

    @Test func theMappingGoesOutAndComesBack() async throws {
        try await desk { fixture, _, browser in
            let file = try await browser.get(.matchingExport)
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(file.text.contains("9,Northwind,northwind.example,matched,1,Northwind Traders,exact_domain,0.99"))
            let same = try await browser.upload(.matchingImport, field: "file", file: file.text)
            #expect(same.location == "/matching")
            #expect(try await browser.get(.matching).text.contains("0 companies decided, 5 left as they are."))
            let rows =
                "company_id,account_id,account,state\n7,3,,\n8,none,,\n10,,Northwind Traders,\n11,,,ignored\n9,99,,\n999,1,,\n7,2,,\n"
            _ = try await browser.upload(.matchingImport, field: "file", file: rows)
            let told = try await browser.get(.matching).text
            #expect(told.contains("4 companies decided, 0 left") && told.contains("3 rows refused. Line 6: There is no account “99”."))
            #expect(try await browser.get("/matching/7").text.contains("account 3 Zephyr Labs"))
            #expect(try await browser.upload(.matchingImport, field: "file", file: "name\nx\n").status == 422)
            #expect(try await browser.upload(.matchingImport, field: "file", file: "").status == 422)
            _ = fixture
        }
    }

    @Test func membersLookAndDoNotDecide() async throws {
        try await desk { fixture, _, _ in
            let member = try await fixture.browser(.member)
            let page = try await member.get(.matching)
            #expect(page.status == 200 && !page.text.contains("value=\"accept\""))
            #expect(try await member.post(.matchingCompany(7), ["do": "accept", "account": "2"]).status == 403)
            #expect(try await member.post(.matchingBulk, ["pair": "7:2"]).status == 403)
            #expect(try await member.get(.matchingImport).status == 403)
            let admin = try await fixture.browser(.admin)
            #expect(try await admin.post(.matchingCompany(7), ["do": "dance"]).status == 422)
            #expect(try await admin.post(.matchingCompany(7), ["do": "accept", "account": "77"]).status == 422)
            #expect(try await admin.post(.matchingCompany(777), ["do": "none"]).status == 404)
            #expect(try await admin.get("/matching/777").status == 404)
        }
    }
}
