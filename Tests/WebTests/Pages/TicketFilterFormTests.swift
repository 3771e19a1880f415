import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("The filter bar's form")
struct TicketFilterFormTests {
    typealias Items = TicketFilterForm.Items

    static func items(_ text: String) -> Items {
        text.split(separator: "&").map { part in
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).removingPercentEncoding ?? ""
            }
            return (sides[0], sides.count > 1 ? sides[1] : "")
        }
    }

    @Test(
        "Repeated, negated and split fields mean one address",
        arguments: [
            ("status=open&status=pending", "status=open,pending"),
            ("status=!&status=closed", "status=!closed"),
            ("status=!&status=closed&status=resolved&priority=", "status=!closed,resolved"),
            ("not.status=1&status=open", "status=!open"),
            ("not.status=1", ""),
            ("status=!", ""),
            ("q=&sort=&status=open", "status=open"),
            ("agent=none&agent=4&account=12", "agent=none,4&account=12"),
            ("tag=a%5C,b&tag=c", "tag=a%5C,b,c"),
            ("type=!&type=Incident, Problem", "type=!Incident,Problem"),
            ("created.from=2026-01-01&created.to=2026-02-01", "created=2026-01-01..2026-02-01"),
            ("created=dates&created.from=2026-01-01&created.to=", "created=2026-01-01.."),
            ("created=dates&created.to=2026-02-01", "created=..2026-02-01"),
            ("created=30d&created.from=2026-01-01", "created=30d"),
            ("created=dates", ""),
            ("sort=waiting&sort=created", "sort=waiting"),
            ("status=!open&status=closed", "status=!open,closed")
        ])
    func canonical(form: String, address: String) {
        let query = TicketFilterForm.canonical(Self.items(form))
        #expect(query.queryString == address)
        let expected = address.isEmpty ? "/tickets" : "/tickets?" + address
        #expect(TicketFilterForm.destination(Self.items(form))?.destination == expected)
    }

    @Test(
        "An address that is one already is left alone",
        arguments: ["", "status=open,pending", "status=!closed&q=sso&sort=-created", "created=2026-01-01.."])
    func leftAlone(address: String) {
        #expect(TicketFilterForm.destination(Self.items(address)) == nil)
    }

    @Test("What cannot be read stays in the address and is not redirected twice")
    func faultsStay() throws {
        let destination = try #require(TicketFilterForm.destination(Self.items("status=opne&status=open&colour=red"))).destination
        #expect(destination == "/tickets?status=opne,open&colour=red")
        let again = Self.items(String(destination.dropFirst("/tickets?".count)))
        #expect(TicketFilterForm.destination(again) == nil)
        #expect(TicketQuery.parse(again).faults.map(\.name) == ["status", "colour"])
    }

    static var queries: [TicketQuery] {
        func query(_ change: (inout TicketQuery) -> Void) -> TicketQuery { TicketQuery().with(change) }
        return [
            TicketQuery(),
            query {
                $0.status = .init([.open, .pending])
                $0.priority = .init([.urgent], isNegated: true)
                $0.source = .init([.email, .chat])
            },
            query {
                $0.agent = .init([.none, .id(4)])
                $0.account = .init([.id(12)], isNegated: true)
                $0.company = .init([.id(7)])
                $0.requester = .init([.id(9)])
                $0.group = .init([.id(2), .id(77)])
            },
            query {
                $0.type = .init(["Incident, severe", "Problem"], isNegated: true)
                $0.tag = .init(["a\\b", "\"quoted\" & <b>"])
                $0.search = "sso \"login\" & more"
            },
            query {
                $0.match = .init([.none])
                $0.csat = .init([.positive, .negative])
                $0.created = .lastDays(14)
                $0.updated = .interval(from: Day("2026-01-01")?.start, to: Day("2026-02-01")?.start)
                $0.resolved = .interval(from: nil, to: Day("2026-02-01")?.start)
                $0.sort = .init(.waiting, descending: false)
                $0.limit = 100
            }
        ]
    }

    @Test("Sending the form untouched gives the list it was made for", arguments: queries)
    func roundTrip(query: TicketQuery) {
        let html = TicketFilterBar(query: query, choices: PageSamples().choices).html.rendered
        #expect(TicketFilterForm.canonical(SentForm.items(html)) == query)
    }
}

/// What a browser would send for a form that nobody touched.
enum SentForm {
    static func items(_ html: String) -> TicketFilterForm.Items {
        var items: TicketFilterForm.Items = []
        let control = #/<input([^>]*)>|<select([^>]*)>(.*?)</select>/#.dotMatchesNewlines()
        for match in html.matches(of: control) {
            if let attributes = match.1 {
                guard let name = value("name", attributes) else { continue }
                if value("type", attributes) == "checkbox", !attributes.contains(" checked") { continue }
                items.append((name, value("value", attributes) ?? ""))
            } else if let attributes = match.2, let options = match.3, let name = value("name", attributes) {
                let chosen = options.matches(of: #/<option([^>]*)>/#).first { $0.1.contains(" selected") }
                items.append((name, chosen.flatMap { value("value", $0.1) } ?? ""))
            }
        }
        return items
    }

    private static func value(_ name: String, _ attributes: Substring) -> String? {
        guard let match = attributes.matches(of: #/ ([a-z-]+)="([^"]*)"/#).first(where: { $0.1 == name }) else { return nil }
        return String(match.2).replacing("&quot;", with: "\"").replacing("&#34;", with: "\"").replacing("&#39;", with: "'").replacing(
            "&lt;", with: "<"
        )
        .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }
}
