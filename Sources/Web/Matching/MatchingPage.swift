import Domain
import Foundation
import Markup
import Store
import Sync

/// The review desk: companies by their standing with accounts, those with most tickets first.
struct MatchingPage: ShellPage {
    /// Companies of one domain.
    struct Group: Sendable {
        var group: DeskGroup
        /// Those that are shown.
        var matches: [CompanyMatch]
    }

    var state: CompanyMatch.State
    /// By company; empty where the desk is grouped.
    var matches: [CompanyMatch] = []
    /// By domain; nil where the desk is by company.
    var groups: [Group]?
    var offset: Int
    /// Companies of the tab, or groups.
    var total = 0
    var pageLength: Int
    var counts: [CompanyMatch.State: Int] = [:]
    var mayDecide: Bool
    var csrf: String

    var pageTitle: String { "Matching" }
    var section: Section? { .accounts }

    private static let tabs: [CompanyMatch.State] = [.review, .unmatched, .matched, .ignored]

    private var grouping: String? { groups == nil ? nil : "domain" }

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
                    DecisionWords.tab(tab), to: Route.matching.link(["state": tab.rawValue, "by": grouping]),
                    count: (counts[tab] ?? 0).grouped, isCurrent: tab == state)
            }
        ).html
        if total == 0 {
            Card { empty }.html
        } else {
            arrangement
            if let groups { grouped(groups) } else { list }
        }
    }

    /// By company or by domain, and what the keys do.
    private var arrangement: HTML {
        div(.class("button-row", "desk-bar")) {
            span(.class("segments"), .role("group"), .aria("label", "Arranged by")) {
                a(
                    "By company", .class("button", "quiet"), .href(Route.matching.link(["state": state.rawValue])),
                    .currentPage(groups == nil))
                a(
                    "By domain", .class("button", "quiet"), .href(Route.matching.link(["state": state.rawValue, "by": "domain"])),
                    .currentPage(groups != nil))
            }
            if mayDecide {
                span(.class("muted", "keys-hint")) {
                    for (key, text) in keys {
                        kbd(key)
                        " \(text) "
                    }
                }
            }
        }
    }

    private var keys: [(String, String)] {
        let moves = [("j", "next"), ("k", "previous")]
        switch state {
        case .review: return moves + [("a", "accept"), ("c", "choose other"), ("n", "no account"), ("i", "ignore"), ("u", "undo")]
        case .unmatched:
            return moves + [("m", "create account"), ("c", "choose other"), ("n", "no account"), ("i", "ignore"), ("u", "undo")]
        case .matched: return moves + [("c", "choose other"), ("n", "no account"), ("u", "undo")]
        case .ignored: return moves + [("u", "undo")]
        }
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
            "\(DecisionWords.tab(state)), most tickets first", columns: columns, rows: matches.map(row), footer: pages(matches.count)
        ).html
    }

    private var columns: [DataTable.Column] {
        [
            .init("Company", .lead), .init(state == .matched ? "Account" : "Could be"), .init("Tickets", .number, isNamedOnCards: true),
            .init("Decide", .actions)
        ]
    }

    private func pages(_ count: Int) -> HTML {
        let length = groups == nil ? pageLength : max(1, count)
        return Pagination(
            offset: offset, count: count, total: Total(count: total, isExact: true),
            previous: offset > 0 ? link(max(0, offset - (groups == nil ? length : 10))) : nil,
            next: offset + count < total ? link(offset + length) : nil
        ).html
    }

    private func link(_ from: Int) -> Link {
        Route.matching.link(["state": state.rawValue, "by": grouping, "from": from > 0 ? String(from) : nil])
    }

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
                DecisionButtons(match: match, mayDecide: mayDecide, isOnDesk: true, place: place, csrf: csrf).html
            ])
    }

    /// Where an act leads back to.
    private var place: [(name: String, value: String)] {
        var place: [(name: String, value: String)] = [("state", state.rawValue)]
        if let grouping { place.append(("by", grouping)) }
        if offset > 0 { place.append(("offset", String(offset))) }
        return place
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

    // MARK: By domain

    @HTMLBuilder private func grouped(_ groups: [Group]) -> HTML {
        for group in groups {
            let more = group.group.companies.count - group.matches.count
            Card(
                group.group.domain ?? "Without a domain of their own", isPadded: false,
                actions: span(
                    "\(group.group.companies.count.counted("company", "companies")), \(group.group.tickets.counted("ticket"))",
                    .class("muted")) + (mayDecide ? together(group) : HTML.empty)
            ) {
                DataTable(
                    "\(DecisionWords.tab(state)): \(group.group.domain ?? "without a domain of their own")", columns: columns,
                    rows: group.matches.map(row),
                    footer: more > 0 ? div(.class("table-footer")) { "\(more.counted("more company", "more companies"))" } : .empty
                ).html
            }.html
        }
        div(.class("table-wrap")) { pages(groups.count) }
    }

    /// One decision for every company of the domain that nobody has decided about.
    @HTMLBuilder private func together(_ group: Group) -> HTML {
        if group.group.domain != nil, let first = group.matches.first(where: { !$0.isDecided }), state == .review || state == .unmatched {
            let accounts = Set(group.matches.map { $0.candidates.first?.account.id })
            let all = group.group.companies.count > 1 ? " for all \(group.group.companies.count.grouped)" : ""
            if group.group.companies.count > 1 {
                if accounts.count == 1, let candidate = first.candidates.first {
                    act("accept", "Accept \(candidate.account.name)\(all)", first, [("account", candidate.account.id.description)])
                } else if state == .unmatched {
                    act("create", "Create one account\(all)", first)
                }
            }
            act("ignore", "Ignore domain", first, .quiet)
        }
    }

    private func act(
        _ act: String, _ text: String, _ match: CompanyMatch, _ kind: Button.Kind = .plain, _ items: [(name: String, value: String)] = []
    ) -> HTML {
        PostButton(
            .matchingCompany(match.company.id), csrf: csrf, items: items + [("do", act), ("domain", "yes")] + place, Button(text, kind)
        ).html
    }

    private func act(_ act: String, _ text: String, _ match: CompanyMatch, _ items: [(name: String, value: String)]) -> HTML {
        self.act(act, text, match, .plain, items)
    }
}

extension CompanyMatch {
    /// A person has decided.
    var isDecided: Bool { state == .ignored || layer == .manual }
}

/// What can be decided about a company, as buttons. On the desk one key does each: a, c, m, n, i, u.
struct DecisionButtons {
    var match: CompanyMatch
    var mayDecide: Bool
    var isOnDesk: Bool
    /// Where an act on the desk leads back to.
    var place: [(name: String, value: String)] = []
    var csrf: String

    @HTMLBuilder var html: HTML {
        if mayDecide {
            div(.class("button-row")) {
                if isOnDesk, match.account == nil, let first = match.candidates.first {
                    button("accept", "Accept", .primary, key: "a", items: [("account", first.account.id.description)])
                } else if isOnDesk, match.account == nil, !match.isDecided {
                    button("create", "Create account", key: "m")
                }
                if isOnDesk, match.state != .ignored {
                    LinkButton(
                        "Choose other", to: Route.matchingCompany(match.company.id).link([:], fragment: "choose"), .quiet,
                        attributes: [.data("key", "c"), .title("Choose another account (c)")]
                    ).html
                }
                if match.isDecided {
                    button("undo", "Undo", key: "u")
                } else {
                    button("none", "No account", .quiet, key: "n")
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
            items: items + [("do", act)] + (isOnDesk ? place : [("from", "company")]),
            Button(text, kind, attributes: [.data("key", key), .title("\(text) (\(key))")])
        ).html
    }
}
