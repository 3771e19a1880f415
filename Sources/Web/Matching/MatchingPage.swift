import Domain
import Foundation
import Markup
import Store

/// The review desk: companies by their standing with accounts, those with most tickets first.
struct MatchingPage: ShellPage {
    var state: CompanyMatch.State
    var matches: [CompanyMatch]
    var offset: Int
    var total: Int
    var pageLength: Int
    var counts: [CompanyMatch.State: Int]
    var mayDecide: Bool
    var csrf: String
    var now: Date

    var pageTitle: String { "Matching" }
    var section: Section? { .accounts }

    private static let tabs: [CompanyMatch.State] = [.review, .unmatched, .matched, .ignored]

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Matching", lede: "Which company of Freshdesk belongs to which of your accounts. What is not certain is attached to nobody."
        ) {
            LinkButton("Quality", to: Route.matchingQuality.link).html
            LinkButton("Export CSV", to: Route.matchingExport.link).html
            if mayDecide {
                LinkButton("Import CSV", to: Route.matchingImport.link).html
                if state == .review, total > 0 { LinkButton("Accept many", to: Route.matchingBulk.link).html }
                if state == .unmatched, total > 0 { LinkButton("Create accounts", to: Route.accountsFromCompanies.link).html }
            }
        }.html
        Tabs(
            "Companies",
            Self.tabs.map { tab in
                Tabs.Tab(
                    DecisionWords.tab(tab), to: Route.matching.link(["state": tab.rawValue]), count: (counts[tab] ?? 0).grouped,
                    isCurrent: tab == state)
            }
        ).html
        if matches.isEmpty { Card { empty }.html } else { list }
    }

    private var empty: HTML {
        switch state {
        case .review:
            EmptyState(
                .check, "Nothing waits for review", "Companies that could belong to several accounts, or only might to one, come here."
            )
            .html
        case .unmatched: EmptyState(.check, "No unmatched company", "Companies that nothing connects with an account come here.").html
        case .matched: EmptyState(.accounts, "No company is matched yet", "Add accounts, or connect Freshdesk.").html
        case .ignored: EmptyState(.list, "Nothing is ignored", "Companies that are no customer come here once somebody says so.").html
        }
    }

    private var list: HTML {
        DataTable(
            "\(DecisionWords.tab(state)), most tickets first",
            columns: [
                .init("Company", .lead), .init(state == .matched ? "Account" : "Could be"), .init("Tickets", .number, isNamedOnCards: true),
                .init("Decide", .actions)
            ],
            rows: matches.map(row),
            footer: Pagination(
                offset: offset, count: matches.count, total: Total(count: total, isExact: true),
                previous: offset > 0 ? link(max(0, offset - pageLength)) : nil,
                next: offset + matches.count < total ? link(offset + pageLength) : nil
            ).html
        ).html
    }

    private func link(_ from: Int) -> Link { Route.matching.link(["state": state.rawValue, "from": from > 0 ? String(from) : nil]) }

    private func row(_ match: CompanyMatch) -> DataTable.Row {
        let company = match.company
        let query = TicketQuery().with { $0.company = .init([.id(company.id)]) }
        return DataTable.Row(
            isLinked: true,
            [
                RowLink(
                    company.name.nilIfEmpty ?? "Company \(company.id)", to: Route.matchingCompany(company.id).link,
                    second: .text(company.domains.isEmpty ? "No domain" : company.domains.joined(separator: ", "))
                ).html, middle(match), Figure(match.tickets, to: query).html,
                DecisionButtons(match: match, mayDecide: mayDecide, isOnDesk: true, csrf: csrf).html
            ])
    }

    @HTMLBuilder private func middle(_ match: CompanyMatch) -> HTML {
        if match.hasChanged { span("Changed since your decision", .class("second")) }
        if let account = match.account {
            a(account.name, .href(Route.account(account.id).link), .class("clip"), .dir("auto"))
            span(match.evidence.first ?? "", .class("second"), .dir("auto"))
        } else if let first = match.candidates.first {
            span("\(first.account.name) (\(DecisionWords.certainty(first.confidence)))", .class("clip"), .dir("auto"))
            span(match.evidence.first ?? "", .class("second"), .dir("auto"))
            if let opinion = match.opinion { span(opinion.sentence, .class("second"), .dir("auto")) }
        } else {
            span(match.decidedBy == nil ? "Nobody" : "Nobody, as \(match.decidedBy?.name ?? "somebody") decided", .class("muted"))
        }
    }
}

/// What can be decided about a company, as buttons. On the desk one key does each: a, n, i, u.
struct DecisionButtons {
    var match: CompanyMatch
    var mayDecide: Bool
    var isOnDesk: Bool
    var csrf: String

    private var isDecided: Bool { match.state == .ignored || match.layer == .manual }

    @HTMLBuilder var html: HTML {
        if mayDecide {
            div(.class("button-row")) {
                if isOnDesk, match.account == nil, let first = match.candidates.first {
                    button("accept", "Accept", .primary, key: "a", items: [("account", first.account.id.description)])
                }
                if isDecided {
                    button("undo", "Undo", key: "u")
                } else {
                    button("none", "No account", key: "n")
                    button("ignore", "Ignore", .quiet, key: "i")
                }
            }
        }
    }

    private func button(
        _ act: String, _ text: String, _ kind: Button.Kind = .plain, key: String, items: [(name: String, value: String)] = []
    ) -> HTML {
        PostButton(
            .matchingCompany(match.company.id), csrf: csrf,
            items: items + [("do", act), isOnDesk ? ("state", match.state.rawValue) : ("from", "company")],
            Button(text, kind, attributes: [.data("key", key), .title("\(text) (\(key))")])
        ).html
    }
}
