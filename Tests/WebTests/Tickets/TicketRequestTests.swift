import Markup
import HummingbirdTesting
import HTTPTypes
import Domain
import Foundation
import Store
import Testing

@testable import Web

@Suite struct TicketRequestTests {
    /// 60 open tickets, the first the newest, and one that is closed.
    private func fill(_ fixture: SiteFixture) async throws {
        let scope = try await fixture.connect()
        try await fixture.save(
            scope, companies: [Rows.company(7, "Acme GmbH", "acme.com")], agents: [Rows.agent(9, "Ben Agent")],
            tickets: (1...60).map { Rows.ticket($0, "Ticket number \($0)", company: 7, agent: 9, age: Double($0) * 60) }
                + [Rows.ticket(99, "The closed one", status: 5, priority: .urgent)])
    }

    @Test func pagesFiltersAndNotices() async throws {
        try await withSite { fixture in
            try await fill(fixture)
            let browser = try await fixture.browser(.member)
            let first = try await browser.get(.allTickets)
            #expect(first.text.contains("61 tickets") && first.text.contains("The closed one") && first.text.contains("1–50 of 61"))
            let next = try #require(first.text.range(of: "/tickets?cursor="))
            let cursor = first.text[next.lowerBound...].prefix { $0 != "\"" }
            let second = try await browser.get(String(cursor))
            #expect(
                second.text.contains("51–61 of 61") && second.text.contains("Ticket number 60") && !second.text.contains("The closed one"))

            let closed = try await browser.get("/tickets?status=closed&priority=urgent")
            #expect(closed.text.contains("The closed one") && !closed.text.contains("Ticket number 1<"))
            #expect(try await browser.get("/tickets?status=closed&priority=low").text.contains("No ticket matches"))
            #expect(try await browser.get("/tickets?agent=9&company=7&q=number").text.contains("60 tickets"))

            let odd = try await browser.get("/tickets?status=maybe&colour=red&sort=created")
            #expect(odd.status == 200 && odd.text.contains("maybe") && odd.text.contains("colour") && odd.text.contains("61 tickets"))
        }
    }

    @Test func formFieldsBecomeOneAddress() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.member)
            let answer = try await browser.get("/tickets?status=open&status=pending&priority=&q=")
            #expect(answer.status == 303 && answer.location == "/tickets?status=open,pending")
        }
    }

    @Test func countsFollowChanges() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            try await fixture.save(scope, tickets: [Rows.ticket(1, "One")])
            let browser = try await fixture.browser(.owner)
            #expect(try await browser.get(.allTickets).text.contains("1 ticket"))
            try await fixture.save(scope, tickets: [Rows.ticket(2, "Two")])
            try await fixture.site.workspaces.bump(fixture.workspace.id)
            #expect(try await browser.get(.allTickets).text.contains("2 tickets"))
        }
    }

    @Test func oneTicketWithHostileMail() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            let html = #"<p onclick="x()">Hello <script>alert(1)</script><img src="https://spy.example/p.gif"></p>"#
            try await fixture.save(scope, tickets: [Rows.ticket(5, "A <b>bold</b> subject", html: html)])
            let browser = try await fixture.browser(.member)
            let page = try await browser.get("/tickets/5")
            #expect(page.status == 200 && page.text.contains("A &lt;b&gt;bold"))
            #expect(!page.text.contains("alert(1)") && !page.text.contains("onclick") && !page.text.contains("src=\"https://spy.example"))
            #expect(page.headers[.contentSecurityPolicy]?.contains("img-src 'self';") == true)
            #expect(page.text.contains("https://acme.freshdesk.com/a/tickets/5"))
            let withImages = try await browser.get("/tickets/5?images=1&order=newest")
            #expect(withImages.text.contains("https://spy.example/p.gif"))
            #expect(withImages.headers[.contentSecurityPolicy]?.contains("img-src 'self' https: data:;") == true)
            #expect(try await browser.get("/tickets/6").status == 404)
            #expect(try await browser.get("/tickets/99999999999999999999").status == 404)
            #expect(try await browser.get("/tickets/abc").status == 404)
        }
    }

    @Test func otherWorkspacesDoNotExist() async throws {
        try await withSite { fixture in
            let scope = try await fixture.connect()
            try await fixture.save(
                scope, companies: [Rows.company(7, "Acme", "acme.com")], agents: [Rows.agent(9, "Ben")], tickets: [Rows.ticket(5, "Ours")])
            let account = try await fixture.site.accounts.create(fixture.workspace.id, AccountDraft(name: "Acme"), now: SiteFixture.now) {
                _, _ in
            }
            let run = try await fixture.site.runs.start(
                scope, trigger: .manual, actor: "x", windowEnd: SiteFixture.now)
            let ours = try await fixture.browser(.owner)
            let other = try await fixture.site.workspaces.create(name: "Contoso", now: SiteFixture.now)
            let stranger = try await fixture.browser(.owner, in: other)
            let routes: [Route] = [
                .ticket(5), .agent(9), .account(account.id), .accountEdit(account.id), .accountDelete(account.id), .run(run.id)
            ]
            for route in routes {
                #expect(try await ours.get(route).status == 200, "\(route.path)")
                #expect(try await stranger.get(route).status == 404, "\(route.path)")
            }
            #expect(try await stranger.post(.accountEdit(account.id), ["name": "Stolen"]).status == 404)
            #expect(try await stranger.post(.accountDelete(account.id)).status == 404)
            #expect(try await stranger.post(.memberRemove(try #require(ours.person?.id))).status == 404)
            #expect(try await stranger.get("/tickets?account=\(account.id)&agent=9").text.contains("Ours") == false)
            #expect(try await fixture.site.accounts.get(fixture.workspace.id, account.id).account.name == "Acme")
        }
    }

    @Test func runsArePagedByPlace() {
        #expect(ListPlace("123.50") == ListPlace("123.50"))
        #expect(ListPlace("123.50").after == 123 && ListPlace("123.50").offset == 50)
        for odd in [nil, "", "first", "1", "0.1", "-1.0", "1.-1", "1.2.3", "x.y"] as [String?] { #expect(ListPlace(odd) == .first) }
        let page = ListPlace("9.50").placed(Page(rows: [1, 2], next: "7", total: Total(count: 60, isExact: true)))
        #expect(page.next == "7.52" && page.offset == 50 && page.previous != nil)
    }
}
