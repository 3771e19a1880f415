import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Orphans") struct OrphanTests {
    private static func contact(_ id: Int64, _ email: String?) -> Contact {
        Contact(id: ID(id), name: "C\(id)", email: email, createdAt: SiteFixture.now, updatedAt: SiteFixture.now)
    }

    private static func ticket(_ id: Int64, from requester: Int64, status: Int = 2) -> Ticket {
        Ticket(
            id: ID(id), subject: "T\(id)", statusCode: status, priority: .low, requesterID: ID(requester), createdAt: SiteFixture.now,
            updatedAt: SiteFixture.now, descriptionHTML: "", descriptionText: "")
    }

    /// Quagga's people write from two hosts; somebody writes from free mail, somebody from a company nobody knows.
    private func orphans(_ body: @Sendable (SiteFixture, Browser) async throws -> Void) async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            _ = try await fixture.site.accounts.create(
                fixture.workspace.id, AccountDraft(name: "Umber Pottery", domains: ["umber.example"]), now: SiteFixture.now
            ) { _, _ in }
            try await fixture.save(
                scope, companies: [Rows.company(1, "Quiet Harbor", "harbor.example")],
                contacts: [
                    Self.contact(1, "ann@quagga-kayaks.example"), Self.contact(2, "joe@eu.quagga-kayaks.example"),
                    Self.contact(3, "sue@gmail.com"), Self.contact(4, "pot@umber-pottery.example"), Self.contact(5, "x@umber.example")
                ],
                tickets: [
                    Self.ticket(1, from: 1), Self.ticket(2, from: 1, status: 5), Self.ticket(3, from: 2), Self.ticket(4, from: 3),
                    Self.ticket(5, from: 4), Self.ticket(6, from: 5), Rows.ticket(7, "Of a company", company: 1)
                ])
            try await body(fixture, try await fixture.browser(.admin))
        }
    }

    @Test func theListIsGroupedByDomainAndOffersFirmsAlone() async throws {
        try await orphans { fixture, browser in
            let page = try await browser.get("/tickets?account=none").text
            let quagga = try #require(page.range(of: "quagga-kayaks.example")), mail = try #require(page.range(of: "gmail.com"))
            #expect(quagga.lowerBound < mail.lowerBound)
            #expect(page.contains("Create the account Quagga Kayaks from quagga-kayaks.example"))
            #expect(page.contains("gmail.com is a free mail domain") && !page.contains("from gmail.com\""))
            #expect(page.contains("account=none&amp;requester=1,2") || page.contains("account=none&amp;requester=1%2C2"))
            #expect(page.contains("Add to Umber Pottery"))
            #expect(page.contains("1 ticket of companies without an account"))
            // The groups follow the page's other filters, and other lists have none.
            let closed = try await browser.get("/tickets?account=none&status=closed").text
            #expect(closed.contains("quagga-kayaks.example") && !closed.contains("gmail.com is a free"))
            #expect(try await !browser.get(.allTickets).text.contains("by e-mail domain"))
            #expect(try await browser.get(.orphans).text.contains("Create the account Quagga Kayaks"))
            let member = try await fixture.browser(.member)
            let seen = try await member.get("/tickets?account=none").text
            #expect(seen.contains("quagga-kayaks.example") && !seen.contains("Create account"))
            #expect(try await member.post(.orphans, ["do": "create", "domain": "quagga-kayaks.example"]).status == 403)
        }
    }

    @Test func onePressMakesAnAccountAndItsTicketsFollow() async throws {
        try await orphans { fixture, browser in
            let done = try await browser.post(
                .orphans, ["do": "create", "domain": "quagga-kayaks.example", "back": "account=none&sort=created"])
            #expect(done.location == "/tickets?account=none&sort=created")
            let page = try await browser.get(done.location ?? "").text
            #expect(page.contains("Quagga Kayaks is created. 3 tickets now belong to Quagga Kayaks."))
            #expect(!page.contains("Create the account Quagga"))
            let account = try #require(
                try await fixture.site.accounts.list(fixture.workspace.id, search: "quagga", after: nil, limit: 5).rows.first?.account)
            #expect(account.name == "Quagga Kayaks" && account.domains == ["quagga-kayaks.example"])
            // Twice is once.
            #expect(try await browser.post(.orphans, ["do": "create", "domain": "quagga-kayaks.example"]).status == 409)
            #expect(try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 9).rows.count == 2)
        }
    }

    @Test func aDomainGoesToAnAccountOrIsIgnored() async throws {
        try await orphans { fixture, browser in
            let added = try await browser.post(.orphans, ["do": "add", "domain": "umber-pottery.example", "account": "1"])
            #expect(added.location == "/accounts/from-domains")
            #expect(
                try await browser.get(.orphans).text.contains(
                    "Umber Pottery has the domain umber-pottery.example now. 1 ticket now belongs"))
            _ = try await browser.post(.orphans, ["do": "ignore", "domain": "quagga-kayaks.example"])
            let page = try await browser.get(.orphans).text
            #expect(page.contains("quagga-kayaks.example is ignored from now on"))
            #expect(page.contains("is on this workspace") && !page.contains("Create the account Quagga"))
            #expect(try await browser.get(.matchingSettings).text.contains("quagga-kayaks.example"))
            for (act, domain) in [("create", "gmail.com"), ("create", "hotmail.com"), ("dance", "free.example"), ("create", "")] {
                #expect(try await browser.post(.orphans, ["do": act, "domain": domain]).status == 422, "\(act) \(domain)")
            }
            #expect(try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 9).rows.count == 1)
        }
    }
}
