import Domain
import Foundation
import Store
import Sync
import Testing

@testable import Web

@Suite("Match quality") struct MatchingQualityTests {
    /// A company by domain, one by name, one in doubt, one of nobody; and a person who sees it otherwise.
    private func desk(_ body: @Sendable (SiteFixture, Browser) async throws -> Void) async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            for (name, domain) in [
                ("Northwind Traders", "northwind.example"), ("Zephyr Labs", "zephyr.example"), ("Zephyr Labs", "labs.example"),
                ("Lonely Harbor", "lonely.example")
            ] {
                _ = try await fixture.site.accounts.create(
                    fixture.workspace.id, AccountDraft(name: name, domains: [domain]), now: SiteFixture.now
                ) { _, _ in }
            }
            try await fixture.save(
                scope,
                companies: [
                    Rows.company(7, "Zephyr Labs"), Rows.company(8, "Quiet Pond", "quiet.example"),
                    Rows.company(9, "Trade Desk", "northwind.example"), Rows.company(10, "Northwind Traders GmbH"),
                    Rows.company(11, "Pond Annex", "quiet.example")
                ],
                contacts: [Contact(id: 1, name: "Ann", email: "ann@gmail.com", createdAt: SiteFixture.now, updatedAt: SiteFixture.now)],
                tickets: [Rows.ticket(1, "A", company: 9), Rows.ticket(2, "B", company: 9), Rows.ticket(3, "C", company: 8)])
            try await body(fixture, try await fixture.browser(.admin))
        }
    }

    @Test func theFigures() async throws {
        try await desk { fixture, browser in
            _ = try await browser.post(.matchingCompany(9), ["do": "none"])
            let workspace = fixture.workspace.id
            let quality = try await fixture.site.database.read { try MatchStore($0, workspace: workspace).quality() }
            #expect(quality.layers.map(\.layer) == [.name])
            #expect(quality.layers.map(\.companies) == [1] && quality.layers.map(\.tickets) == [0])
            #expect(quality.states == [.matched: 1, .review: 1, .unmatched: 3, .ignored: 0])
            #expect(quality.tickets == 3 && quality.ticketsWithoutAccount == 3)
            #expect(quality.doubts.map(\.kind) == ["ambiguous_name"] && quality.doubts.map(\.companies) == [1])
            #expect(quality.accounts == 4 && quality.accountsWithoutCompany == 3)
            #expect(quality.someWithoutCompany.map(\.name) == ["Lonely Harbor", "Zephyr Labs", "Zephyr Labs"])
            // Two were attached by rules, and one of them a person took away.
            #expect(quality.weeks.reduce(0) { $0 + $1.automatic } == 2 && quality.overridden == 1)
            #expect(quality.overrideShare == 0.5)
            let domains = try await fixture.site.database.read { try MatchDomains(workspace, $0) }
            #expect(domains.shared.map(\.domain) == ["quiet.example"] && domains.shared.map(\.companies) == [2])
            #expect(domains.freeMail.map(\.domain) == ["gmail.com"] && domains.freeMail.map(\.contacts) == [1])
        }
    }

    @Test func thePageAndTheFile() async throws {
        try await desk { _, browser in
            let page = try await browser.get(.matchingQuality).text
            for text in [
                "Match quality", "Company domain", "Several accounts have the name", "quiet.example", "gmail.com", "Lonely Harbor",
                "Accounts without a company", "Public suffixes", "Free mail"
            ] { #expect(page.contains(text), "\(text)") }
            #expect(try await browser.get(.matching).text.contains("href=\"/matching/quality\""))
            let file = try await browser.get(.matchingQualityExport)
            #expect(file.status == 200)
            let lines = file.text.split(separator: "\r\n").map(String.init)
            #expect(lines.first == "measure,item,companies,tickets,contacts,accounts,value")
            #expect(lines.contains("layer,exact_domain,1,2,,,") && lines.contains("review,ambiguous_name,1,,,,"))
            #expect(lines.contains("shared_domain,quiet.example,2,,0,0,") && lines.contains("free_mail_domain,gmail.com,0,,1,0,"))
        }
    }

    @Test func whatALanguageModelMayDoIsTheAdminsChoice() async throws {
        try await desk { fixture, browser in
            #expect(try await browser.get(.matchingModel).text.contains("No model is configured."))
            let saved = try await browser.post(.matchingModel, ["use": "attach", "forget": "yes"])
            #expect(saved.location == "/settings/matching/model")
            let workspace = fixture.workspace.id
            #expect(try await fixture.site.database.read { try MatchModelStore.use(in: workspace, $0) } == .attach)
            #expect(
                try await fixture.site.audit.list(workspace, limit: 5).rows.contains { $0.detail == "attach, earlier answers forgotten" })
            #expect(try await browser.post(.matchingModel, ["use": "everything"]).status == 422)
            let member = try await fixture.browser(.member)
            #expect(try await member.get(.matchingModel).status == 403)
            #expect(try await member.post(.matchingModel, ["use": "off"]).status == 403)
            #expect(try await member.get(.matchingQuality).status == 200)
        }
    }

    @Test func aSuggestionIsShownAsTheModelsOwn() async throws {
        try await desk { fixture, browser in
            let workspace = fixture.workspace.id
            try await fixture.site.database.write { db in
                let store = MatchOpinionStore(db, workspace: workspace)
                let waiting = try store.waiting(alone: false, now: SiteFixture.now, limit: 5)
                for one in waiting {
                    let opinion = MatchOpinion(
                        outcome: .account, account: 3, reason: "Same <b>labs</b>", model: "small", isAlone: false, tokens: 9,
                        askedAt: SiteFixture.now)
                    try store.keep(opinion, on: one.question)
                }
            }
            let said = "A language model (small) suggests this account: “Same &lt;b&gt;labs&lt;/b&gt;”"
            #expect(try await browser.get(.matching).text.contains(said))
            #expect(try await browser.get("/matching/7").text.contains(said))
            // Taking it is a person's decision like any other.
            _ = try await browser.post(.matchingCompany(7), ["do": "accept", "account": "3"])
            #expect(try await !browser.get("/matching/7").text.contains("suggests this account"))
        }
    }
}
