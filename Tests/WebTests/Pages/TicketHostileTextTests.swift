import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("Hostile text on tickets', accounts' and agents' pages")
struct TicketHostileTextTests {
    static let attacks = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
        "</textarea></title><svg onload=alert(1)>",
        "javascript:alert(1)", "&lt;b&gt; &#60;script&#62;", "\u{202E}\u{0000}<a href=//evil.example>"
    ]

    static func pages(_ say: @escaping (String) -> String) -> [any ShellPage] {
        let samples = PageSamples(say: say)
        let query = TicketQuery().with {
            $0.search = say("sso")
            $0.type = .init([say("Incident")])
            $0.tag = .init([say("a")], isNegated: true)
            $0.agent = .init([.id(4)])
            $0.company = .init([.id(7)])
            $0.requester = .init([.id(9)])
        }
        let entries = ConversationKind.allCases.enumerated().map {
            samples.entry(Int64($0.offset + 1), $0.element, isPrivate: $0.element == .privateNote)
        }
        let ticket = samples.ticket(rating: samples.rating())
        return [
            samples.ticketsPage(query, faults: [.init(say("colour"), say("No such filter."))]),
            samples.ticketsPage(query, rows: []),
            TicketPage(
                detail: samples.detail(ticket), thread: entries, showsAll: true, neighbours: .init(position: say("3 of 57")),
                address: PageSamples.portal + "1", now: PageSamples.now),
            samples.accountsPage([samples.accountSummary()], search: say("acme"), unmatched: 3),
            samples.accountsPage([], search: say("acme")),
            samples.accountsPage([samples.accountSummary()], unmatched: 3),
            samples.accountPage(), samples.accountPage(hasTickets: false, hasCompanies: false),
            AccountFormPage(
                account: Named(id: 12, name: say("Acme")), fields: AccountFields(samples.account()),
                faults: [.init("name", say("Bad.")), .init(say("other"), say("Bad."))], csrf: say("token")),
            AccountDeletePage(account: Named(id: 12, name: say("Acme")), tickets: 3, csrf: "token"),
            AccountImportPage(csv: say("name"), fault: say("Bad."), csrf: "token"),
            AccountImportPage(preview: samples.importPlan(), csv: say("name"), csrf: "token"),
            AccountsFromCompaniesPage(companies: [samples.company()], total: 3, fault: say("Bad."), csrf: "token"),
            samples.agentsPage([samples.agent()]), samples.agentsPage([samples.agent()], search: say("zzz")),
            AgentPage(
                agent: samples.agent(), tickets: [samples.ticket()], total: Total(count: 1, isExact: true), portal: PageSamples.portal,
                now: PageSamples.now)
        ]
    }

    /// Everything a text could use to leave its place: no page has more of it than with harmless text.
    @Test("No text adds a tag or leaves an attribute", arguments: attacks)
    func noNewTags(attack: String) {
        // As long and as many words as the attack, so that only the characters differ.
        let harmless = String(attack.map { $0.isLetter || $0.isNumber || $0.isWhitespace ? $0 : "x" })
        for (calm, hostile) in zip(Self.pages { $0 + harmless }, Self.pages { $0 + attack }) {
            let (calmHTML, hostileHTML) = (calm.html.rendered, hostile.html.rendered)
            let name = "\(type(of: hostile))"
            for mark in ["<", ">", "\"", " onerror=", "<script", "<svg onload"] {
                if mark.count == 1 || !calmHTML.contains(mark) {
                    let text = mark.count == 1 ? hostileHTML : Self.insideTags(hostileHTML)
                    let calmText = mark.count == 1 ? calmHTML : Self.insideTags(calmHTML)
                    #expect(text.occurrences(of: mark) == calmText.occurrences(of: mark), "\(mark) in \(name)")
                }
            }
            for href in hostileHTML.matches(of: #/(?:href|action|src)="([^"]*)"/#) {
                #expect(
                    href.1.hasPrefix("/") || href.1.hasPrefix("#") || href.1.hasPrefix("https://acme.freshdesk.com/"),
                    "\(href.1) in \(name)")
            }
        }
    }

    /// The text of tags outside attribute values.
    private static func insideTags(_ html: String) -> String {
        html.matches(of: #/<[^>]*>/#).map { $0.0.replacing(#/"[^"]*"/#, with: "") }.joined()
    }
}
