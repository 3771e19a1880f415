import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("The Freshdesk card")
struct FreshdeskCardTests {
    @Test func `a refused key is answered under the field, with the subdomain kept and the key gone`() throws {
        let draft = ConnectDraft(subdomain: "acme", faults: [.init("api_key", Fixture.exactError, code: "invalid_credentials")])
        let html = Fixture.freshdesk(Fixture.card(nil, nil), draft: draft).html.rendered
        let key = try #require(html.range(of: "name=\"api_key\""))
        let fault = try #require(html.range(of: Fixture.exactError))
        let backfill = try #require(html.range(of: "name=\"backfill_days\""))
        #expect(key.lowerBound < fault.lowerBound && fault.lowerBound < backfill.lowerBound)
        #expect(html.contains("value=\"acme\""))
        let start = try #require(html[..<key.lowerBound].range(of: "<input", options: .backwards))
        let box = html[start.lowerBound...].prefix { $0 != ">" }
        #expect(!box.contains("value="))
        #expect(box.contains("aria-invalid=\"true\""))
        #expect(box.contains("type=\"password\""))
    }

    @Test func `all six phases stand in their order, with what is expected`() throws {
        let html = Fixture.freshdesk(Fixture.card(Fixture.connection(), Fixture.run(.running))).html.rendered
        let places = try PhaseName.allCases.map { try #require(html.range(of: "data-phase=\"\($0.rawValue)\"")?.lowerBound) }
        #expect(places == places.sorted())
        #expect(html.contains("1,204 / ~1,900"))
        #expect(html.contains("You can leave this page"))
        #expect(html.contains("Tickets, running, 1,204 of about 1,900"))
        #expect(html.contains("Elapsed"))
        #expect(!html.contains("more than 30 minutes"))
    }

    @Test func `the time left follows from the requests and the plan`() {
        var connection = Fixture.connection()
        var run = Fixture.run(.running, age: 40)
        #expect(!Fixture.freshdesk(Fixture.card(connection, run)).html.contains("About"))
        run.requestsLeft = 5_600
        #expect(Fixture.freshdesk(Fixture.card(connection, run)).html.contains("About 10 minutes left"))
        connection.rateWindow = 3_600
        #expect(Fixture.freshdesk(Fixture.card(connection, run)).html.contains("About 10 hours left"))
        run.requestsLeft = 56_000
        #expect(Fixture.freshdesk(Fixture.card(connection, run)).html.contains("About 5 days left"))
        run.state = .waiting
        #expect(Fixture.freshdesk(Fixture.card(connection, run)).html.contains("About 5 days left"))
        run.requestsLeft = 10
        connection.rateWindow = 60
        run.state = .running
        #expect(Fixture.freshdesk(Fixture.card(connection, run)).html.contains("About 1 minute left"))
    }

    @Test func `phases that a run does not know yet are shown all the same`() {
        var run = Fixture.run(.queued)
        run.phases = []
        let html = Fixture.freshdesk(Fixture.card(Fixture.connection(), run)).html
        for name in PhaseName.allCases { #expect(html.contains("data-phase=\"\(name.rawValue)\"")) }
    }

    @Test func `a long run says so`() {
        #expect(
            Fixture.freshdesk(Fixture.card(Fixture.connection(), Fixture.run(.running, age: 1801))).html.contains("more than 30 minutes"))
    }

    @Test func `a wait shows its end`() {
        let card = Fixture.card(Fixture.connection(), Fixture.run(.waiting, resumesAt: Fixture.now + 95))
        let html = Fixture.freshdesk(card).html
        #expect(html.contains("data-countdown=\"95\""))
        #expect(html.contains("1 min 35 s"))
    }

    @Test func `an error is shown word for word, with its code and run`() {
        let problem = SyncRun.Problem(code: .invalidCredentials, message: Fixture.exactError)
        let html = Fixture.freshdesk(Fixture.card(Fixture.connection(), Fixture.run(.failed, error: problem))).html
        #expect(html.contains(">\(Fixture.exactError)</strong>"))
        #expect(html.contains("invalid_credentials"))
        #expect(html.contains(Route.run(7).path))
        #expect(html.contains("Action needed"))
    }

    @Test func `an indeterminate bar has no value`() {
        #expect(!ProgressBar("Tickets", done: 5, expected: nil).html.contains("value="))
        #expect(ProgressBar("Tickets", done: 5, expected: 10).html.contains("value=\"5\""))
        #expect(ProgressBar("Tickets", done: 15, expected: 10).html.contains("value=\"10\""))
    }

    @Test func `members see every state and can press nothing`() {
        for card in Fixture.everyState {
            let html = Fixture.freshdesk(card, role: .member).html
            #expect(!html.contains("<form"))
            #expect(!html.contains("<button"))
            #expect(!html.contains("api_key"))
            #expect(html.contains("Only owners and admins"))
            #expect(html.contains("data-state=\"\(card.state.rawValue)\""))
            #expect(!html.contains(Route.freshdesk(.disconnect).path))
        }
    }

    @Test func `only owners delete, and only after a disconnect`() {
        let gone = Fixture.card(Fixture.connection(.disconnected), nil)
        let path = "action=\"\(Route.freshdesk(.delete).path)\""
        #expect(Fixture.freshdesk(gone, role: .owner).html.contains(path))
        #expect(!Fixture.freshdesk(gone, role: .admin).html.contains(path))
        #expect(!Fixture.freshdesk(Fixture.card(Fixture.connection(), nil), role: .owner).html.contains(path))
        #expect(Fixture.freshdesk(gone).html.contains("Data frozen at"))
    }

    @Test func `on reconnecting the subdomain is fixed`() {
        let html = Fixture.freshdesk(Fixture.card(Fixture.connection(), nil)).html
        #expect(html.contains("value=\"acme\" aria-describedby=\"field-subdomain-hint\" readonly"))
    }

    @Test func `no tickets are explained`() {
        let card = Fixture.card(Fixture.connection(), Fixture.run(.succeeded), records: RecordCounts())
        #expect(Fixture.freshdesk(card).html.contains("The sync found no tickets"))
        #expect(!Fixture.freshdesk(Fixture.card(Fixture.connection(), Fixture.run(.succeeded))).html.contains("found no tickets"))
    }

    @Test func `the fragment carries what the top bar says`() {
        #expect(
            Fixture.freshdesk(Fixture.card(Fixture.connection(), Fixture.run(.running))).html.contains("data-freshness-state=\"syncing\""))
        let done = Fixture.freshdesk(Fixture.card(Fixture.connection(), Fixture.run(.succeeded))).html
        #expect(done.contains("data-freshness=\"Synced 11 min ago\" data-freshness-state=\"fresh\""))
    }

    @Test func `every form carries the token`() {
        for card in Fixture.everyState {
            let html = Fixture.freshdesk(card).html.rendered
            let forms = html.ranges(of: "<form").count
            #expect(forms == html.ranges(of: "name=\"csrf_token\" value=\"token\"").count)
        }
    }

    @Test func `the recipe sends the ticket's number only`() {
        let html = WebhookRecipe(url: Fixture.webhookURL).html
        #expect(html.contains("{&quot;ticket_id&quot;: &quot;{{ticket.id}}&quot;}") || html.contains("{{ticket.id}}"))
        #expect(html.contains("value=\"https://clynto.example.com/webhooks/freshdesk\""))
        #expect(html.contains("value=\"X-Clynto-Key: q3Wn5yTfXo1v-2kd9Zs8hR7uYpLmJ0aBcDeFgHiJkLm\""))
        #expect(html.rendered.ranges(of: "{{").count == 1)
    }

    @Test func `what is planned has nothing to press`() {
        let html = IntegrationsPage(card: Fixture.freshdesk(Fixture.card(nil, nil), role: .member)).html
        #expect(html.contains("Planned"))
        #expect(!html.contains("<button"))
        #expect(!html.contains("class=\"button"))
    }
}
