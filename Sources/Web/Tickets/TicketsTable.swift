import Domain
import Foundation
import Markup

/// Tickets as rows: the Tickets page, an account's and an agent's.
struct TicketsTable {
    var caption: String
    var rows: [TicketSummary]
    /// Heads sort the list when it is given.
    var query: TicketQuery?
    /// The list the rows are the beginning of, where heads do not sort it: a ticket opened from here leads on to the next one.
    var list: TicketQuery?
    /// False on an account's page, where each row would name the same one.
    var showsAccount = true
    var showsAgent = true
    /// What the address of each ticket in Freshdesk begins with, its id after it; nil while no portal is connected.
    var portal: String?
    var footer: HTML = .empty
    var now: Date

    var html: HTML {
        var columns: [DataTable.Column] = [
            head("Priority", .fit, .priority), .init("Subject", .lead), .init("Status", .fit)
        ]
        if showsAgent { columns.append(.init("Agent", isWideOnly: true, isNarrowHidden: true)) }
        columns += [
            head("Created", .fit, .created, isWideOnly: true, isNarrowHidden: true), head("Updated", .fit, .updated),
            head("Age", .fit, .waiting, isNarrowHidden: false), .init("CSAT", .fit, isWideOnly: true)
        ]
        // The same on every row.
        let list = (query ?? list).map { "?list=" + Route.listParameter($0).encodedForQuery } ?? ""
        return div(.class("tickets")) {
            DataTable(
                caption, columns: columns, rows: rows.map { row($0, list) }, outside: portal.flatMap { Link.external($0) }, footer: footer
            ).html
        }
    }

    private func row(_ ticket: TicketSummary, _ list: String) -> DataTable.Row {
        var cells: [HTML] = [
            PriorityBadge(ticket.priority).html, subject(ticket, list), StatusBadge(ticket.status, label: ticket.statusLabel).html
        ]
        if showsAgent {
            cells.append(span(ticket.agent?.name ?? "Nobody", .class("cell-name", ticket.agent == nil ? "muted" : ""), .dir("auto")))
        }
        cells += [
            RelativeTime(ticket.createdAt, now: now).html, RelativeTime(ticket.updatedAt, now: now).html, age(ticket),
            ticket.satisfaction.map { RatingBadge($0).html } ?? .empty
        ]
        return .init(isLinked: true, id: ticket.id.description, cells)
    }

    private func subject(_ ticket: TicketSummary, _ list: String) -> HTML {
        let link = Link.path(Route.ticket(ticket.id).path + list)
        return RowLink(ticket.subject.trimmed.nilIfEmpty ?? "No subject", to: link, second: second(ticket)).html
    }

    /// Account · requester · source.
    private func second(_ ticket: TicketSummary) -> HTML {
        var parts: [HTML] = []
        if showsAccount {
            if let account = ticket.account?.account {
                parts.append(a(account.name, .href(Route.account(account.id).link), .dir("auto")))
            } else {
                parts.append(.text(ticket.company.map { "No account (\($0.name))" } ?? "No account"))
            }
        }
        if let requester = ticket.requester { parts.append(span(requester.name.nilIfEmpty ?? requester.email ?? "", .dir("auto"))) }
        parts.append(.text(ticket.source.label))
        return .joined(parts.filter { !$0.isEmpty }, separator: .text(" · "))
    }

    /// How long the customer waits; else how old an unresolved ticket is; else how long it took.
    private func age(_ ticket: TicketSummary) -> HTML {
        if let since = ticket.waitingSince {
            return span(.class("waits"), .title("Waiting for us since \(DateText.exact(since))")) {
                span("waiting ", .class("said"))
                Age.text(now.timeIntervalSince(since))
            }
        }
        if ticket.status.isUnresolved {
            return span(
                Age.text(now.timeIntervalSince(ticket.createdAt)), .class("aged"), .title("Opened \(DateText.exact(ticket.createdAt))"))
        }
        guard let resolved = ticket.resolvedAt ?? ticket.closedAt else { return span("–", .class("muted")) }
        let took = Age.text(resolved.timeIntervalSince(ticket.createdAt))
        return span(.class("took"), .title("Resolved \(DateText.exact(resolved)), \(took) after it was opened")) {
            span("resolved after ", .class("said"))
            took
        }
    }

    private func head(
        _ text: String, _ kind: DataTable.Column.Kind, _ key: TicketQuery.Sort.Key, isWideOnly: Bool = false, isNarrowHidden: Bool = false
    ) -> DataTable.Column {
        guard let query else { return .init(text, kind, isWideOnly: isWideOnly, isNarrowHidden: isNarrowHidden) }
        let isCurrent = query.sort.key == key
        // Times begin with the newest, waiting with the longest; a second press turns the order round.
        let startsDescending = key != .waiting
        let link = Route.tickets(
            query.fromFirstPage.with { $0.sort = .init(key, descending: isCurrent ? !query.sort.isDescending : startsDescending) }
        ).link
        let sorted = isCurrent ? (query.sort.isDescending ? "descending" : "ascending") : nil
        return .init(text, kind, sortLink: link, sorted: sorted, isWideOnly: isWideOnly, isNarrowHidden: isNarrowHidden)
    }
}

extension Route {
    /// The page as it is reached from a list of tickets, which its address then remembers.
    func link(in list: TicketQuery) -> Link { link(["list": Self.listParameter(list)]) }

    /// A list as one parameter. The plain list is named by its order, since an empty parameter would be none.
    static func listParameter(_ list: TicketQuery) -> String {
        list.fromFirstPage.with { $0.limit = TicketQuery.defaultLimit }.queryString.nilIfEmpty ?? "sort=-updated"
    }
}

/// A length of time as one short figure: `5 min`, `7 h`, `12 days`.
enum Age {
    static func text(_ seconds: TimeInterval) -> String {
        let minutes = seconds.isFinite ? Int(min(max(seconds, 0), 1e11) / 60) : 0
        if minutes < 60 { return "\(minutes) min" }
        let hours = minutes / 60
        if hours < 48 { return "\(hours) h" }
        return "\((hours / 24).grouped) days"
    }
}

/// How a customer rated a ticket: a word with its colour, the exact answer in its title.
struct RatingBadge {
    var rating: SatisfactionRating

    init(_ rating: SatisfactionRating) { self.rating = rating }

    var html: HTML {
        Tag(word, tone, hint: rating.label).html
    }

    private var word: String {
        switch rating.sentiment {
        case .positive: "Positive"
        case .neutral: "Neutral"
        case .negative: "Negative"
        }
    }

    private var tone: Tag.Tone {
        switch rating.sentiment {
        case .positive: .positive
        case .neutral: .plain
        case .negative: .danger
        }
    }
}
