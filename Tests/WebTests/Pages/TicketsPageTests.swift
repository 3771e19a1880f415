import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("The Tickets page")
struct TicketsPageTests {
    let samples = PageSamples()

    @Test(
        "The tab of the list that is shown is the current one",
        arguments: zip(
            TicketPreset.allCases,
            [
                "/tickets", "/tickets?status=open", "/tickets?status=open,pending&amp;priority=urgent",
                "/tickets?status=open,pending&amp;sort=waiting", "/tickets?account=none"
            ]))
    func presets(preset: TicketPreset, address: String) {
        let html = samples.ticketsPage(preset.query).html.rendered
        #expect(html.contains("<a href=\"\(address)\" aria-current=\"page\">\(preset.text)"))
        #expect(html.occurrences(of: "aria-current") == 1)
    }

    @Test("Another order is still the same list; another filter is none of them")
    func presetsBySort() {
        #expect(TicketPreset.open.isCurrent(TicketPreset.open.query.with { $0.sort = .init(.created) }))
        #expect(!TicketPreset.waiting.isCurrent(TicketPreset.waiting.query.with { $0.sort = .init(.created) }))
        #expect(!TicketPreset.allCases.contains { $0.isCurrent(TicketQuery().with { $0.search = "sso" }) })
    }

    @Test("Each filter is a chip that leads to the list without it")
    func chips() {
        let query = TicketQuery().with {
            $0.status = .init([.closed, .resolved], isNegated: true)
            $0.agent = .init([.id(4), .none])
            $0.account = .init([.id(99)])
            $0.csat = .init([.none])
            $0.created = .lastDays(30)
            $0.search = "sso"
            $0.sort = .init(.created)
        }
        let entries = TicketFilterChips(query: query, choices: samples.choices).entries
        #expect(
            entries.map(\.text) == [
                "Search: sso", "Status is not Closed, Resolved", "Agent: Priya, nobody", "Account: #99", "CSAT: Not rated",
                "Created: last 30 days"
            ])
        for entry in entries {
            #expect(entry.rest.filterItems.count == query.filterItems.count - 1)
            #expect(entry.rest.sort == query.sort)
        }
        #expect(TicketFilterChips(query: query, choices: samples.choices).cleared.queryString == "sort=-created")
    }

    @Test("A filter chip for every filter there is")
    func everyFilterHasAChip() {
        let all = TicketFilterFormTests.queries.reduce(into: Set<String>()) { $0.formUnion($1.filterItems.map(\.name)) }
        #expect(all.count == 16)
        for query in TicketFilterFormTests.queries {
            #expect(TicketFilterChips(query: query, choices: samples.choices).entries.count == query.filterItems.count)
        }
    }

    @Test("A period is told with its ends")
    func periods() {
        let (first, second) = (Day("2026-01-01")?.start, Day("2026-02-01")?.start)
        #expect(TicketQuery.Period.interval(from: first, to: second).label == "1 Jan 2026 up to 1 Feb 2026")
        #expect(TicketQuery.Period.interval(from: first, to: nil).label == "from 1 Jan 2026")
        #expect(TicketQuery.Period.interval(from: nil, to: second).label == "before 1 Feb 2026")
        #expect(TicketQuery.Period.lastDays(1).label == "last day")
    }

    @Test("The count says where counting stopped")
    func count() {
        #expect(samples.ticketsPage(total: Total(count: 10_000, isExact: false)).html.rendered.contains("10,000+ tickets"))
        #expect(samples.ticketsPage(total: Total(count: 1, isExact: true)).html.rendered.contains("1 ticket<"))
        #expect(samples.ticketsPage(total: Total(count: 12_431, isExact: true)).html.rendered.contains("1–2 of 12,431"))
    }

    @Test("Previous and next keep the filters")
    func paging() {
        let query = TicketQuery().with { $0.status = .init([.open]) }
        let cursor = TicketCursor(fingerprint: query.fingerprint, direction: .after, key: 7, id: 3, offset: 50)
        var page = samples.ticketsPage(query)
        page.tickets.next = cursor.description
        #expect(page.html.rendered.contains("/tickets?status=open&amp;cursor=\(cursor.description)\" rel=\"next\""))
        #expect(!page.html.rendered.contains("rel=\"prev\""))
    }

    @Test("A column's head sorts by it, and turns the order round the second time")
    func sorting() {
        let html = samples.ticketsPage(TicketQuery().with { $0.sort = .init(.created) }).html.rendered
        #expect(html.contains("aria-sort=\"descending\"><a href=\"/tickets?sort=created\">Created"))
        #expect(html.contains("<a href=\"/tickets?sort=waiting\">Age"))
        #expect(html.contains("<a href=\"/tickets\">Updated"))
    }

    @Test("Nothing in the portal, nothing matching, nothing on this page: three different words")
    func empty() {
        let filtered = TicketQuery().with {
            $0.status = .init([.open])
            $0.priority = .init([.urgent])
        }
        let none = samples.ticketsPage(filtered, rows: []).html.rendered
        #expect(none.contains("No ticket matches") && none.contains("Clear 2 filters"))
        #expect(none.contains("data-filters"))

        let unconnected = samples.ticketsPage(rows: [], standing: .notConnected).html.rendered
        #expect(unconnected.contains("Nothing is synced yet") && unconnected.contains("Connect Freshdesk"))
        #expect(!unconnected.contains("data-filters"))
        let member = samples.ticketsPage(rows: [], standing: .notConnected, mayConnect: false).html.rendered
        #expect(!member.contains("Connect Freshdesk") && member.contains("owner or admin"))

        let window = samples.ticketsPage(rows: [], standing: .noTickets(days: 90)).html.rendered
        #expect(window.contains("in the last 90 days"))
        #expect(samples.ticketsPage(rows: [], standing: .syncing).html.rendered.contains("The first sync is running"))

        let past = filtered.with { $0.cursor = TicketCursor(fingerprint: 1, direction: .after, key: 1, id: 1, offset: 50) }
        #expect(samples.ticketsPage(past, rows: []).html.rendered.contains("Go to the first page"))
    }

    @Test("What of the address was ignored is said")
    func ignored() {
        let html = samples.ticketsPage(faults: [.init("colour", "There is no filter called “colour”.")]).html.rendered
        #expect(html.contains("Part of the address was ignored") && html.contains("There is no filter called “colour”."))
    }

    @Test("A row leads to its ticket, names its account or says there is none")
    func rows() {
        let html = samples.ticketsPage().html.rendered
        #expect(html.contains("href=\"/tickets/1234?list=sort%3D-updated\""))
        let filtered = samples.ticketsPage(TicketQuery().with { $0.status = .init([.open, .pending]) }).html.rendered
        #expect(filtered.contains("href=\"/tickets/1234?list=status%3Dopen"))
        #expect(html.contains("<tbody data-outside=\"https://acme.freshdesk.com/a/tickets/\"><tr data-row=\"1234\">"))
        #expect(html.contains("<a href=\"/accounts/12\" dir=\"auto\">Acme</a> · "))
        #expect(html.contains("No account (Acme Inc)"))
        #expect(html.contains("Waiting for us since"))
        #expect(html.contains("Being looked at"))
        #expect(html.contains("title=\"Extremely happy\""))
    }

    @Test("A long menu lists the first ones and says so; what is chosen is always there")
    func longMenus() {
        let accounts = (1...500).map { Named<Account>(id: ID(Int64($0)), name: "Account \($0)") }
        let list = ReferenceOptions(filter: .init([.id(480)]), named: accounts, none: "No account")
        #expect(list.options.count == TicketChoices.mostOptions + 2)
        #expect(list.options[1].text == "Account 480" && list.options[1].isChosen)
        #expect(list.note(which: "by name")?.contains("200 of 500 are listed, by name.") == true)
        #expect(ReferenceOptions(filter: nil, named: Array(accounts.prefix(3)), none: "No account").note(which: "by name") == nil)
        let busiest = ReferenceOptions(
            filter: .init([.id(480)]), named: Array(accounts.prefix(100)), unlisted: [accounts[479]], inAll: 500, none: "No account")
        #expect(busiest.options[1].text == "Account 480" && busiest.options.count == 102)
        // Options written before stand for those that would be written now, unless one of them is chosen.
        let named = Array(accounts.prefix(3))
        let frozen = FrozenOptions(ReferenceOptions.unchosen(named), name: "account")
        for filter in [nil, .init([.none]), .init([.id(2)]), .init([.none, .id(480)])]
            as [TicketQuery.AnyOf<TicketQuery.Reference<Account>>?]
        {
            let written = ReferenceOptions(filter: filter, named: named, none: "None")
            let prepared = ReferenceOptions(filter: filter, named: named, frozen: frozen, none: "None")
            let menus = [written, prepared].map { FilterMenu("A", name: "account", options: $0.options, others: $0.others).html }
            #expect(menus[0] == menus[1] && written.others.count == 0)
        }
        #expect(busiest.note(which: "with the most unresolved tickets")?.contains("100 of 500") == true)
    }

    @Test(
        "Ages are one short figure",
        arguments: [(0.0, "0 min"), (3599, "59 min"), (7200, "2 h"), (172_799, "47 h"), (172_800, "2 days"), (.infinity, "0 min")])
    func ages(seconds: Double, text: String) {
        #expect(Age.text(seconds) == text)
    }

    @Test("Why the list may be empty")
    func standing() {
        func card(_ connection: Connection?, tickets: Int = 0) -> IntegrationCard {
            IntegrationCard(
                connection: connection, run: nil, nextSyncAt: nil, records: RecordCounts(tickets: tickets), webhookURL: nil, warnings: [])
        }
        func connection(syncedAt: Date?) -> Connection {
            Connection(
                id: 1, workspaceID: 1, subdomain: "acme", state: .connected, backfillDays: 90, reservePercent: 20,
                connectedAt: PageSamples.now,
                lastSyncAt: syncedAt)
        }
        #expect(MirrorStanding(card: card(nil)) == .notConnected)
        #expect(MirrorStanding(card: card(connection(syncedAt: nil))) == .notSynced)
        #expect(MirrorStanding(card: card(connection(syncedAt: PageSamples.now))) == .noTickets(days: 90))
        #expect(MirrorStanding(card: card(connection(syncedAt: PageSamples.now), tickets: 1)) == .filled)
    }
}
