import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("Routes")
struct RouteTests {
    static let routes: [Route] =
        [
            .home, .login, .logout, .invite(token: "aZ-_09"), .switchWorkspace(3), .integrations, .freshdeskCard, .runs, .run(7),
            .runFailures(7), .webhookSetup, .webhookDeliveries, .webhookRotate, .notifications, .notificationsRemove,
            .notificationsTest, .retention, .matchingSettings, .matchingModel, .matchingQuality, .matchingQualityExport,
            .allTickets,
            .ticket(9_007_199_254_740_993), .accounts, .accountNew, .accountImport, .accountsFromCompanies, .account(1), .accountEdit(1),
            .accountDelete(1), .accountMerge(1), .accountUnmerge(1), .orphans, .agents, .agent(5), .matching, .matchingCompany(8),
            .matchingBulk, .matchingUndo, .matchingExport, .matchingImport, .larry,
            .larryPanel, .larryForget, .larryJudge, .zone, .assistant, .settings, .profile, .password, .theme, .signOutEverywhere,
            .workspace,
            .members, .memberRole(2), .memberRemove(2), .memberInvite(2), .tokens, .tokenRevoke(4), .audit, .webhook, .webhookKey("k-_9"),
            .healthz, .readyz, .metrics, .asset(file: "app.css")
        ] + Route.FreshdeskAct.allCases.map(Route.freshdesk)

    @Test("A path reads back as its route", arguments: routes)
    func roundTrip(route: Route) {
        #expect(Route(path: route.path) == route)
        #expect(Route(path: route.path + "?q=1") == route)
    }

    @Test func `every pattern has a route in these tests`() {
        #expect(Set(Self.routes.map(\.pattern)) == Set(Route.Pattern.allCases))
    }

    @Test func `the paths of the contract`() {
        #expect(Route.run(7).path == "/integrations/freshdesk/runs/7")
        #expect(Route.invite(token: "a/b c").path == "/invite/a%2Fb%20c")
        #expect(Route.webhookKey("k").pattern.rawValue == "/webhooks/freshdesk/{key}")
        #expect(APIRoute.card.path() == "/api/v1/integrations/freshdesk")
        #expect(APIRoute.accountSupport.path(id: 12) == "/api/v1/accounts/12/support")
        #expect(APIRoute.match.path(id: 12) == "/api/v1/matches/12")
        #expect(Set(APIRoute.allCases.map(\.rawValue)).count == APIRoute.allCases.count)
    }

    @Test func `filters stand in the link`() {
        var query = TicketQuery()
        query.status = .init([.open, .pending])
        #expect(Route.tickets(query).path == "/tickets?status=open,pending")
        #expect(Route.tickets(query).link(["cursor": "a b"]).destination == "/tickets?status=open,pending&cursor=a%20b")
        #expect(Route.accounts.link(["q": "a&b=c", "cursor": nil]).destination == "/accounts?q=a%26b%3Dc")
    }

    @Test(
        "What is no page of ours is no route",
        arguments: ["//evil.example", "/tickets/abc", "/tickets/-1", "/tickets/1/2", "", "https://x.example/"])
    func strangers(path: String) {
        #expect(Route(path: path) == nil)
    }

    @Test func `assets carry a version that follows their content`() {
        for asset in Asset.allCases {
            #expect(!asset.bytes.isEmpty)
            #expect(asset.version.count == 16)
            #expect(asset.link.destination == "/assets/\(asset.rawValue)?v=\(asset.version)")
        }
        #expect(Set(Asset.allCases.map(\.version)).count == Asset.allCases.count)
    }
}
