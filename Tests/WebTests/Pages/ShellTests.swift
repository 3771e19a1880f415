import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("Shell and components")
struct ShellTests {
    private var document: String {
        Fixture.shell().document(DisconnectPage(subdomain: "acme", csrf: "t", isSyncing: false)).rendered
    }

    @Test func `one heading, landmarks, token, no inline script or style`() {
        #expect(document.hasPrefix("<!DOCTYPE html>"))
        #expect(document.ranges(of: "<h1").count == 1)
        #expect(document.ranges(of: "<main").count == 1)
        #expect(document.contains("<meta name=\"csrf-token\" content=\"Ana\">"))
        #expect(document.contains("data-theme=\"dark\""))
        #expect(document.ranges(of: "<script").count == 1)
        #expect(!document.contains("style=") && !document.contains("<style"))
        #expect(document.contains("href=\"#content\""))
    }

    @Test func `the navigation shows what exists and marks where we are`() {
        for section in Section.allCases { #expect(document.contains("data-place=\"\(section.rawValue)\"")) }
        #expect(!document.contains("data-place=\"matching\""))
        #expect(document.contains("href=\"/integrations\" aria-current=\"page\""))
        #expect(document.contains("action=\"/logout\"") && document.contains("method=\"post\""))
    }

    @Test func `the clock strip stands only while the clock is pretended`() {
        var shell = Fixture.shell()
        let page = ErrorPage.notFound()
        #expect(!shell.document(page).contains("CLYNTO_NOW"))
        shell.pretendedNow = Fixture.now
        #expect(shell.document(page).contains("CLYNTO_NOW"))
    }

    @Test func `notices nobody has read are counted on every page, and lead to their list`() {
        var shell = Fixture.shell()
        let page = ErrorPage.notFound()
        let link = "href=\"\(Route.notifications.path)\""
        #expect(!shell.document(page).rendered.contains(link))
        shell.unseenNotices = 2
        #expect(shell.document(page).rendered.contains(link) && shell.document(page).rendered.contains("2 new notices"))
    }

    @Test func `freshness turns stale after 26 hours`() {
        func state(_ age: TimeInterval) -> Freshness.State {
            var connection = Fixture.connection()
            connection.lastSyncAt = Fixture.now - age
            return Freshness(card: Fixture.card(connection, nil), now: Fixture.now).state
        }
        #expect(state(25 * 3600) == .fresh)
        #expect(state(27 * 3600) == .stale)
        #expect(Freshness(card: Fixture.card(Fixture.connection(), Fixture.run(.running)), now: Fixture.now).state == .syncing)
        #expect(Freshness(card: Fixture.card(Fixture.connection(), Fixture.run(.failed)), now: Fixture.now).state == .failing)
    }

    @Test("Numbers have separators", arguments: [(0, "0"), (999, "999"), (1204, "1,204"), (12_431_000, "12,431,000"), (-1204, "−1,204")])
    func grouped(number: Int, text: String) {
        #expect(number.grouped == text)
    }

    @Test(
        "Spans in words",
        arguments: [(0.0, "0 s"), (59.0, "59 s"), (135.0, "2 min 15 s"), (3840.0, "1 h 04 min"), (-5.0, "0 s"), (Double.nan, "0 s")])
    func span(seconds: Double, text: String) {
        #expect(Span.text(seconds) == text)
    }

    @Test(
        "Moments as people say them",
        arguments: [
            (0.0, "just now"), (-180.0, "3 min ago"), (-7200.0, "2 h ago"), (-86_400.0, "1 day ago"), (7200.0, "in 2 h"),
            (-5_184_000.0, "23 Sep")
        ])
    func relative(offset: Double, text: String) {
        #expect(RelativeTime(Fixture.now + offset, now: Fixture.now).text == text)
    }

    @Test func `a moment carries its exact time`() {
        let html = RelativeTime(Fixture.now - 60, now: Fixture.now).html
        #expect(html.contains("<time datetime=\"2026-11-22T14:01:00Z\" title=\"22 Nov 2026, 14:01 UTC\""))
    }

    @Test("Initials", arguments: [("Ana Lindqvist", "AL"), ("ana@example.com", "AC"), ("", "–"), ("123", "–"), ("محمد", "م")])
    func initials(name: String, text: String) {
        #expect(Avatar(name).initials == text)
    }

    @Test func `a filter menu sends boxes and says what is chosen`() {
        let html = FilterMenu(
            "Status", name: "status",
            options: TicketStatus.allCases.map {
                FilterOption(value: $0.rawValue, text: $0.label, isChosen: $0 == .open || $0 == .pending)
            },
            isNegated: true
        ).html
        #expect(html.contains("Status is not Open, Pending"))
        #expect(html.contains("name=\"status\" value=\"!\" checked"))
        #expect(html.contains("name=\"status\" value=\"closed\">"))
    }

    @Test func `pages of a list say which rows of how many`() {
        let html = Pagination(offset: 50, count: 50, total: Total(count: 10_000, isExact: false), previous: nil, next: .path("/x")).html
        #expect(html.contains("51–100 of 10,000+"))
        #expect(html.contains("rel=\"next\"") && !html.contains("rel=\"prev\""))
        #expect(Pagination(offset: 0, count: 0, total: Total(count: 0, isExact: true), previous: nil, next: nil).html.contains("0–0 of 0"))
    }

    @Test func `status and priority are never colour alone`() {
        // The word stands in the page, the shape in the stylesheet.
        let stylesheet = String(decoding: Asset.stylesheet.bytes, as: UTF8.self)
        for status in TicketStatus.allCases {
            #expect(StatusBadge(status).html.rendered == "<span class=\"badge \(status.rawValue)\">\(status.label)</span>")
            #expect(stylesheet.contains(".badge.\(status.rawValue)::before"))
        }
        for priority in TicketPriority.allCases {
            #expect(PriorityBadge(priority).html.rendered == "<span class=\"badge \(priority.rawValue)\">\(priority.label)</span>")
        }
        #expect(stylesheet.contains(".badge:is(.low, .medium, .high, .urgent)::before"))
    }
}
