import HTTPTypes
import Domain
import Foundation
import Sandbox
import Store
import Sync
import Testing

@testable import Web

@Suite struct IntegrationRequestTests {
    /// Runs `body` on a site whose portals are one simulated portal.
    private func withPortal(_ body: @escaping @Sendable (SiteFixture, SandboxOptions) async throws -> Void) async throws {
        var small = SandboxOptions()
        small.tickets = 5
        small.companies = 2
        let options = small
        let server = SandboxServer(options: options)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let url = try await server.url
            do {
                try await withSite(portals: url + "/{subdomain}") { try await body($0, options) }
            } catch {
                server.stop()
                throw error
            }
            server.stop()
            // Stopping is the sandbox's end, not a fault.
            try? await group.waitForAll()
        }
    }

    @Test func connectsAndEverythingAfter() async throws {
        try await withPortal { fixture, options in
            let browser = try await fixture.browser(.admin)
            #expect(try await browser.get(.integrations).text.contains("Connect Freshdesk"))

            let wrong = try await browser.post(
                .freshdesk(.connect), ["subdomain": options.subdomain, "api_key": "not-the-key", "backfill_days": "180"])
            #expect(wrong.status == 422)
            #expect(wrong.text.contains(Connector.invalidCredentials))
            #expect(wrong.text.contains("value=\"\(options.subdomain)\"") && !wrong.text.contains("not-the-key"))
            let odd = try await browser.post(.freshdesk(.connect), ["subdomain": "acme dot com", "api_key": "x"])
            #expect(odd.status == 422 && odd.text.contains("letters, digits and hyphens"))

            let checked = try await browser.post(
                .freshdesk(.connect), ["subdomain": options.subdomain, "api_key": options.apiKey, "act": "check"])
            #expect(checked.status == 200 && checked.text.contains("Nothing is stored yet.") && checked.text.contains("2 years"))
            #expect(!checked.text.contains(options.apiKey))
            #expect(try await fixture.site.connections.find(fixture.workspace.id) == nil)

            let connected = try await browser.post(
                .freshdesk(.connect), ["subdomain": options.subdomain, "api_key": options.apiKey, "backfill_days": "all"])
            #expect(connected.status == 303 && connected.location == "/integrations")
            let connection = try await fixture.site.connections.get(fixture.workspace.id)
            #expect(connection.backfillDays == nil)
            let card = try await browser.get(.freshdeskCard)
            #expect(card.text.contains("data-state=\"syncing\"") && !card.text.contains("<html"))

            _ = try await browser.post(.freshdesk(.sync))
            #expect(try await browser.get(.integrations).text.contains("A sync is running already."))
            _ = try await browser.post(.freshdesk(.settings), ["backfill_days": "30", "reserve_percent": "50"])
            #expect(try await fixture.site.connections.get(fixture.workspace.id).reservePercent == 50)
            #expect(try await fixture.site.connections.get(fixture.workspace.id).threadSweepDays == 30)
            _ = try await browser.post(.freshdesk(.settings), ["thread_sweep_days": "0"])
            #expect(try await fixture.site.connections.get(fixture.workspace.id).threadSweepDays == 0)
            _ = try await browser.post(.freshdesk(.settings), ["reserve_percent": "99"])
            #expect(try await browser.get(.integrations).text.contains("0 to 90"))
            _ = try await browser.post(.freshdesk(.cancel))
            #expect(try await fixture.site.runs.current(fixture.workspace.id)?.state == .cancelled)
            #expect(try await browser.get(.runs).text.contains("Run 1"))

            #expect(try await browser.get(.freshdesk(.disconnect)).text.contains("Disconnect \(options.subdomain)?"))
            #expect(try await fixture.site.connections.get(fixture.workspace.id).state == .connected)
            #expect(try await browser.post(.freshdesk(.disconnect)).location == "/integrations")
            #expect(try await fixture.site.connections.get(fixture.workspace.id).state == .disconnected)
            _ = try await browser.post(.freshdesk(.sync))
            #expect(try await browser.get(.integrations).text.contains("Connect it again to sync"))

            let owner = try await fixture.browser(.owner)
            let unconfirmed = try await owner.post(.freshdesk(.delete), ["confirm": "something"])
            #expect(unconfirmed.status == 422 && unconfirmed.text.contains(options.subdomain))
            #expect(try await owner.post(.freshdesk(.delete), ["confirm": options.subdomain]).status == 303)
            #expect(try await fixture.site.connections.find(fixture.workspace.id) == nil)
            #expect(try await owner.get(.audit).text.contains("freshdesk.delete_data"))
        }
    }

    @Test func anUnreachablePortalIsSaidInline() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.admin)
            let answer = try await browser.post(.freshdesk(.connect), ["subdomain": "acme", "api_key": "k"])
            #expect(answer.status == 502)
            #expect(answer.text.contains("value=\"acme\"") && answer.text.contains("Connect Freshdesk"))
        }
    }

    @Test func membersSeeTheCardWithoutItsSecrets() async throws {
        try await withSite { fixture in
            let page = try await fixture.browser(.member).get(.integrations)
            #expect(page.status == 200 && !page.text.contains("name=\"api_key\"") && !page.text.contains("/webhooks/freshdesk/"))
        }
    }
}
