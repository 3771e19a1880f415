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
            // The same file decides nothing, looked over or applied.
            let same = try await browser.upload(.matchingImport, field: "file", file: file.text)
            #expect(same.status == 200 && same.text.contains("5 as they are.") && !same.text.contains("Decide "))
            #expect(try await browser.post(.matchingImport, ["csv": file.text, "confirm": "yes"]).location == "/matching")
            #expect(try await browser.get(.matching).text.contains("0 companies decided, 5 left as they are."))
            let rows =
                "company_id,account_id,account,state\n7,3,,\n8,none,,\n10,,Northwind Traders,\n11,,,ignored\n9,99,,\n999,1,,\n7,2,,\n"
            let look = try await browser.upload(.matchingImport, field: "file", file: rows).text
            #expect(look.contains("4 to decide, 3 left out because of errors.") && look.contains("Decide 4 companies"))
            #expect(look.contains("There is no account “99”.") && look.contains("There is no company “999”."))
            #expect(look.contains("Company 7 is on line 2 already; that line counts."))
            // Looking changes nothing.
            #expect(try await browser.get("/matching/7").text.contains("Several accounts have the name"))
            _ = try await browser.post(.matchingImport, ["csv": rows, "confirm": "yes"])
            let told = try await browser.get(.matching).text
            #expect(told.contains("4 companies decided, 0 left") && told.contains("3 rows refused. Line 6: There is no account “99”."))
            #expect(try await browser.get("/matching/7").text.contains("account 3 Zephyr Labs"))
            for bad in ["name\nx\n", "", "company_id,company\n7,x\n"] {
                #expect(try await browser.upload(.matchingImport, field: "file", file: bad).status == 422)
            }
            _ = fixture
        }
    }

    /// What is exported of decided companies makes the same decisions again once they are taken back.
    @Test func anExportIsABackupOfDecisions() async throws {
        try await desk { fixture, _, browser in
            _ = try await fixture.site.accounts.create(
                fixture.workspace.id, AccountDraft(name: "Keyed", externalID: "K-1"), now: SiteFixture.now
            ) { _, _ in }
            _ = try await browser.post(.matchingCompany(7), ["do": "accept", "account": "2"])
            _ = try await browser.post(.matchingCompany(8), ["do": "none"])
            _ = try await browser.post(.matchingCompany(10), ["do": "ignore"])
            _ = try await browser.post(.matchingCompany(11), ["do": "accept", "account": "4"])
            let file = try await browser.get(.matchingExport).text
            #expect(file.contains(",K-1\r\n"))
            for company in [7, 8, 10, 11] as [ID<Company>] { _ = try await browser.post(.matchingCompany(company), ["do": "undo"]) }
            #expect(try await browser.get(.matchingExport).text != file)
            let look = try await browser.upload(.matchingImport, field: "file", file: file).text
            #expect(look.contains("4 to decide, 1 as it is."))
            _ = try await browser.post(.matchingImport, ["csv": file, "confirm": "yes"])
            #expect(try await browser.get(.matchingExport).text == file)
            // The key alone names an account, too.
            let key = try await browser.upload(.matchingImport, field: "file", file: "company_id,external_id\n8,K-1\n10,K-404\n").text
            #expect(key.contains("1 to decide, 1 left out") && key.contains("No account has the external id “K-404”."))
        }
    }

    @Test func anActIsTakenBackAsAWhole() async throws {
        try await desk { _, _, browser in
            _ = try await browser.post(.matchingCompany(8), ["do": "none"])
            _ = try await browser.get(.matching)
            // Eight was decided before, ten was not: both go back to what they were.
            _ = try await browser.post(.matchingCompany(10), ["do": "accept", "account": "1", "domain": "yes", "state": "unmatched"])
            let page = try await browser.get("/matching?state=unmatched")
            #expect(page.text.contains("1 ticket now belongs to Northwind Traders") && page.text.contains("action=\"/matching/undo\""))
            let (first, last) = (page.hidden("first") ?? "", page.hidden("last") ?? "")
            #expect(try await browser.post(.matchingUndo, ["first": first, "last": last]).location == "/matching")
            #expect(try await browser.get(.matching).text.contains("Taken back for 1 company. 1 ticket changed account."))
            #expect(try await browser.get("/matching/10").text.contains("left to matching"))
            _ = try await browser.post(.matchingUndo, ["first": first, "last": last])
            #expect(try await browser.get(.matching).text.contains("There was nothing left to take back."))

            // A decision over a decision goes back to the earlier one.
            _ = try await browser.post(.matchingCompany(8), ["do": "accept", "account": "1"])
            let over = try await browser.get(.matching)
            _ = try await browser.post(.matchingUndo, ["first": over.hidden("first") ?? "", "last": over.hidden("last") ?? ""])
            let eight = try await browser.get("/matching/8").text
            #expect(eight.contains("no account") && eight.contains("<dd>The admin</dd>"))
            for (first, last) in [("", ""), ("9", "1"), ("x", "y")] {
                #expect(try await browser.post(.matchingUndo, ["first": first, "last": last]).status == 422)
            }
        }
    }

    @Test func nobodyTakesBackWhatOthersDecided() async throws {
        try await desk { fixture, _, browser in
            _ = try await browser.post(.matchingCompany(8), ["do": "none"])
            let page = try await browser.get(.matching)
            let (first, last) = (page.hidden("first") ?? "", page.hidden("last") ?? "")
            let member = try await fixture.browser(.member)
            #expect(try await member.post(.matchingUndo, ["first": first, "last": last]).status == 403)
            let owner = try await fixture.browser(.owner)
            _ = try await owner.post(.matchingUndo, ["first": first, "last": last])
            #expect(try await owner.get(.matching).text.contains("There was nothing left to take back."))
            #expect(try await browser.get("/matching/8").text.contains("no account"))
        }
    }

    @Test func byDomainCompaniesStandTogetherAndAreDecidedTogether() async throws {
        try await desk { fixture, _, browser in
            let page = try await browser.get("/matching?state=unmatched&by=domain").text
            #expect(page.contains("<h2>quiet.example</h2>") && page.contains("2 companies, 2 tickets"))
            #expect(page.contains("Create one account for all 2") && page.contains("Ignore domain"))
            let review = try await browser.get("/matching?by=domain").text
            #expect(review.contains("Without a domain of their own") && !review.contains("Ignore domain"))
            let done = try await browser.post(
                .matchingCompany(8), ["do": "create", "domain": "yes", "state": "unmatched", "by": "domain"])
            #expect(done.location == "/matching?state=unmatched&by=domain")
            #expect(
                try await browser.get(done.location ?? "").text.contains(
                    "Quiet Harbor and 1 more company: Quiet Harbor. 2 tickets now belong"))
            let made = try await fixture.site.accounts.list(fixture.workspace.id, search: "Quiet", after: nil, limit: 5).rows
            #expect(made.map(\.account.aliases) == [["Harbor Annex"]])
        }
    }

    /// Right after “Create account” the act is taken back as a whole; an account that people have used since stays.
    @Test func aCreatedAccountIsTakenBack() async throws {
        try await desk { fixture, _, browser in
            func made() async throws -> [String] {
                try await fixture.site.accounts.list(fixture.workspace.id, search: "Quiet", after: nil, limit: 5).rows.map(\.account.name)
            }
            _ = try await browser.post(.matchingCompany(8), ["do": "create", "domain": "yes", "state": "unmatched"])
            let told = try await browser.get("/matching?state=unmatched")
            #expect(told.text.contains(">Undo<"))
            #expect(try await made() == ["Quiet Harbor"])
            let entries: KeyValuePairs = ["first": told.hidden("first") ?? "", "last": told.hidden("last") ?? ""]
            _ = try await browser.post(.matchingUndo, entries)
            #expect(
                try await browser.get(.matching).text.contains(
                    "Taken back for 2 companies. Quiet Harbor is removed again. 2 tickets changed account."))
            #expect(try await made() == [])
            #expect(try await browser.get("/matching?state=unmatched").text.contains("Harbor Annex"))
            _ = try await browser.post(.matchingUndo, entries)
            #expect(try await browser.get(.matching).text.contains("There was nothing left to take back."))

            _ = try await browser.post(.matchingCompany(8), ["do": "create", "state": "unmatched"])
            let again = try await browser.get("/matching?state=unmatched")
            let account = try await fixture.site.accounts.list(fixture.workspace.id, search: "Quiet", after: nil, limit: 5).rows[0].account
            _ = try await browser.post(.matchingCompany(11), ["do": "accept", "account": "\(account.id)"])
            _ = try await browser.get(.matching)
            _ = try await browser.post(
                .matchingUndo, ["first": again.hidden("first") ?? "", "last": again.hidden("last") ?? ""])
            #expect(
                try await browser.get(.matching).text.contains(
                    "Taken back for 1 company. Quiet Harbor stays: it has been used since."))
            #expect(try await made() == ["Quiet Harbor"])
        }
    }

    /// The history of a company tells what the rules did beside what people decided.
    @Test func theRulesWorkStandsInTheHistory() async throws {
        try await desk { fixture, _, browser in
            _ = try await browser.post(.accountNew, ["name": "Quiet", "domains": "quiet.example"])
            #expect(try await browser.get("/matching/8").text.contains("The rules: attached to Quiet (company domain)"))
            _ = try await browser.post(.matchingCompany(8), ["do": "accept", "account": "1"])
            let page = try await browser.get("/matching/8").text
            #expect(page.contains("account 1 Northwind Traders") && page.contains("The rules: attached to Quiet (company domain)"))
        }
    }

    @Test func anIgnoredDomainDecidesNothingUntilItIsTakenBack() async throws {
        try await desk { fixture, scope, browser in
            _ = try await browser.post(.matchingCompany(8), ["do": "ignore", "domain": "yes", "state": "unmatched"])
            let told = try await browser.get("/matching?state=unmatched")
            #expect(told.text.contains("Quiet Harbor and 1 more company: ignored. quiet.example decides nothing from now on."))
            #expect(try await browser.get(.matchingSettings).text.contains("quiet.example"))
            // Not even for an account that has it.
            _ = try await browser.post(.accountNew, ["name": "Quiet", "domains": "quiet.example"])
            try await fixture.save(scope, companies: [Rows.company(12, "Latecomer", "quiet.example")])
            #expect(try await browser.get("/matching?state=unmatched").text.contains("Latecomer"))
            _ = try await browser.post(.matchingUndo, ["first": told.hidden("first") ?? "", "last": told.hidden("last") ?? ""])
            #expect(try await browser.get(.matching).text.contains("quiet.example decides again."))
            #expect(try await !browser.get(.matchingSettings).text.contains("quiet.example"))
            #expect(try await browser.get("/matching?state=matched").text.contains("Latecomer"))
        }
    }

    @Test func duplicateAccountsAreOfferedForMerging() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            for name in ["Zephyr Labs", "Zephyr Labs Ltd"] {
                _ = try await fixture.site.accounts.create(
                    fixture.workspace.id, AccountDraft(name: name, domains: ["zephyr.example"]), now: SiteFixture.now
                ) { _, _ in }
            }
            try await fixture.save(scope, companies: [Rows.company(7, "Zephyr Labs", "zephyr.example")])
            let browser = try await fixture.browser(.admin)
            #expect(try await browser.get("/matching/7").text.contains("/accounts/1/merge?with=2"))
        }
    }

    @Test func theSettingsOfMatchingAreChecked() async throws {
        try await desk { fixture, scope, browser in
            #expect(try await fixture.browser(.member).get(.matchingSettings).status == 403)
            let bad = try await browser.post(.matchingSettings, ["external_id_field": "crm_id", "excluded_domains": "not a domain"])
            #expect(bad.status == 422 && bad.text.contains("is no domain") && bad.text.contains("value=\"crm_id\""))
            var company = Rows.company(7, "Zephyr Labs")
            company.raw = #"{"custom_fields":{"crm_id":"K-9"}}"#
            try await fixture.save(scope, companies: [company])
            _ = try await browser.post(.accountNew, ["name": "Keyed", "external_id": "K-9"])
            #expect(try await browser.get(.matchingSettings).text.contains("Your companies have: crm_id."))
            _ = try await browser.post(.matchingSettings, ["external_id_field": "crm_id", "excluded_domains": ""])
            #expect(try await browser.get(.matchingSettings).text.contains("Saved."))
            // The key is one account's, the name two others': a person decides, with the key first.
            let page = try await browser.get("/matching/7").text
            #expect(page.contains("The external id K-9 is that of “Keyed”, but the name is that of Zephyr Labs and Zephyr Labs"))
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
