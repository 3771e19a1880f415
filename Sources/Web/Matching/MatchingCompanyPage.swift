import Domain
import Foundation
import Markup
import Matching
import Store

/// One company on the review desk: where it stands, why, who it could be, what people decided.
struct MatchingCompanyPage: ShellPage {
    var match: CompanyMatch
    /// What people decided, newest first.
    var history: [AuditEntry]
    /// What the rules and merges did, newest first.
    var changes: [MatchChange]
    /// Undecided companies that share a domain with this one.
    var neighbours: Int
    var search: String?
    /// What the search for another account found.
    var found: [Named<Account>]
    var mayDecide: Bool
    var csrf: String
    var now: Date

    var pageTitle: String { match.company.name.nilIfEmpty ?? "Company \(match.company.id)" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb("Matching", Route.matching.link)] }

    @HTMLBuilder var html: HTML {
        PageHeader(pageTitle, count: match.tickets.counted("ticket")) {
            DecisionButtons(match: match, mayDecide: mayDecide, isOnDesk: false, csrf: csrf).html
        }.html
        if match.hasChanged {
            Banner(
                .warning, heading: "Changed since the decision.",
                "The name, a domain or where the rules lead is not what it was. The decision holds until you change it."
            ).html
        }
        Card("Where it stands") {
            FactList(facts).html
            if !match.evidence.isEmpty { ul(.class("bullets")) { for line in match.evidence { li(line, .dir("auto")) } } }
        }.html
        if !match.candidates.isEmpty { Card("Could be", isPadded: false, footer: mayDecide ? duplicates : .empty) { candidates }.html }
        if mayDecide { Card("Another account", id: "choose") { others }.html }
        Card("History") { past }.html
    }

    private var facts: [(name: String, value: HTML)] {
        let company = match.company
        let query = TicketQuery().with { $0.company = .init([.id(company.id)]) }
        return [
            ("Standing", .text(DecisionWords.tab(match.state))),
            (
                "Account",
                match.account.map { a($0.name, .href(Route.account($0.id).link), .dir("auto")) } ?? span("None", .class("muted"))
            ),
            ("Decided by", .text(match.decidedBy?.name ?? match.layer?.label ?? "Nobody yet")),
            ("Certainty", .text(match.confidence.map(DecisionWords.certainty) ?? "–")),
            ("Domains", span(company.domains.joined(separator: ", ").nilIfEmpty ?? "None", .dir("auto"))),
            ("Tickets", a(match.tickets.counted("ticket"), .href(Route.tickets(query).link)))
        ]
    }

    private var candidates: HTML {
        DataTable(
            "Accounts it could belong to", columns: [.init("Account", .lead), .init("Certainty", .fit), .init("Decide", .actions)],
            rows: match.candidates.map { candidate in
                DataTable.Row([
                    a(candidate.account.name, .href(Route.account(candidate.account.id).link), .class("clip"), .dir("auto"))
                        + span(candidate.evidence.joined(separator: ". "), .class("second"), .dir("auto")),
                    .text(DecisionWords.certainty(candidate.confidence)), mayDecide ? accept(candidate.account, "Accept") : HTML.empty
                ])
            }
        ).html
    }

    /// Two accounts that are one customer are better merged than chosen between.
    @HTMLBuilder private var duplicates: HTML {
        if match.candidates.count > 1, match.evidence.first?.hasPrefix(Ambiguity.duplicateWords) == true {
            let (first, second) = (match.candidates[0].account, match.candidates[1].account)
            LinkButton(
                "Merge \(first.name) and \(second.name)", to: Route.accountMerge(first.id).link(["with": second.id.description])
            ).html
        }
    }

    private func accept(_ account: Named<Account>, _ text: String) -> HTML {
        PostForm(.matchingCompany(match.company.id), csrf: csrf, .class("inline-form")) {
            HiddenField("do", "accept").html
            HiddenField("from", "company").html
            HiddenField("account", account.id.description).html
            div(.class("button-row")) {
                if neighbours > 0 {
                    label(.class("check")) {
                        input(.type("checkbox"), .name("domain"), .value("yes"))
                        span("Also \(neighbours.counted("other company", "other companies")) of this domain")
                    }
                }
                Button(text, .primary).html
            }
        }.html
    }

    @HTMLBuilder private var others: HTML {
        form(.method("get"), .action(Route.matchingCompany(match.company.id).link), .class("filters"), .role("search")) {
            SearchBox(value: search ?? "", placeholder: "Find an account").html
            button("Search", .type("submit"), .class("button"))
        }
        if let search {
            if found.isEmpty {
                p("No account's name, domains or owner hold “\(search)”.", .class("muted"))
            } else {
                ul(.class("stack")) {
                    for account in found {
                        li(.class("button-row")) {
                            span(account.name, .class("clip"), .dir("auto"))
                            accept(account, "Choose")
                        }
                    }
                }
            }
        }
        PostForm(.matchingCompany(match.company.id), csrf: csrf, .class("inline-form")) {
            HiddenField("do", "create").html
            HiddenField("from", "company").html
            Button("Create an account from this company").html
        }.html
    }

    /// Both, newest first.
    private var lines: [(text: String, at: Date)] {
        let decided = history.map { (text: "\($0.actor): \($0.detail ?? "")", at: $0.at) }
        return (decided + changes.map { (text: DecisionWords.line($0), at: $0.at) }).enumerated()
            .sorted { ($1.element.at, $0.offset) < ($0.element.at, $1.offset) }.map(\.element)
    }

    @HTMLBuilder private var past: HTML {
        if lines.isEmpty {
            p("Nobody has decided about this company, and no rule has attached it.", .class("muted"))
        } else {
            ul(.class("bullets")) {
                for line in lines {
                    li {
                        span(line.text, .dir("auto"))
                        " "
                        RelativeTime(line.at, now: now).html
                    }
                }
            }
        }
    }
}
