import Domain
import Foundation
import Markup
import Store

/// The figures at the top of an account: what is open now, and how it went in the last 90 days.
struct AccountSupportStrip {
    var account: ID<Account>
    var support: SupportSummary
    var now: Date

    private var tickets: TicketQuery { .of(account) }

    var html: HTML {
        Stat.row([
            Stat(
                "Open now", value: .text(support.open.grouped), more: priorities,
                link: Route.tickets(tickets.with { $0.status = .init([.open]) }).link),
            oldest,
            Stat(
                "New in \(support.weekly.count.counted("week"))",
                value: .text(created.grouped) + Sparkline("Tickets a week", support.weekly.map(\.created)).html,
                more: .text("\(support.unresolved.grouped) unresolved"), link: trendLink),
            Stat("Median first response", value: median(support.firstResponseMedian), more: .text("last 90 days")),
            Stat("Median resolution", value: median(support.resolutionMedian), more: .text("last 90 days")),
            Stat(
                "CSAT", value: support.satisfaction.percentPositive.map { .text("\(Int($0.rounded())) %") } ?? Self.dash,
                more: .text(
                    support.satisfaction.count == 0
                        ? "no ratings in 90 days" : "of \(support.satisfaction.count.counted("rating")) in 90 days"),
                link: support.satisfaction.count == 0 ? nil : ratedLink)
        ])
    }

    /// Rated tickets of the period that counts. Filters know no time of rating; a ticket is rated when it was just answered, so that
    /// the time of its last change stands for it.
    private var ratedLink: Link {
        Route.tickets(
            tickets.with {
                $0.csat = .init([.none], isNegated: true)
                $0.updated = .lastDays(SupportStore.days)
            }
        ).link
    }

    private var created: Int { support.weekly.map(\.created).reduce(0, +) }

    /// Exactly the tickets counted: from the Monday the trend begins with, some 90 days ago.
    private var trendLink: Link? {
        support.weekly.first.map { first in
            Route.tickets(tickets.with { $0.created = .interval(from: first.week.start, to: nil) }).link
        }
    }

    private var priorities: HTML {
        let parts = TicketPriority.allCases.reversed().compactMap { priority -> String? in
            let count = support.openByPriority[priority, default: 0]
            return count == 0 ? nil : "\(count.grouped) \(priority.label.lowercased())"
        }
        return .text(parts.isEmpty ? "none" : parts.joined(separator: ", "))
    }

    private var oldest: Stat {
        guard let ticket = support.oldestOpen else { return Stat("Oldest open", value: Self.dash, more: .text("nothing is open")) }
        return Stat(
            "Oldest open", value: .text(Age.text(now.timeIntervalSince(ticket.createdAt))),
            more: span(ticket.subject.trimmed.nilIfEmpty ?? "#\(ticket.id)", .class("clip"), .dir("auto")),
            link: Route.ticket(ticket.id).link)
    }

    private func median(_ seconds: TimeInterval?) -> HTML { seconds.map { .text(Span.rough($0)) } ?? Self.dash }

    private static let dash = span("–", .class("muted"))
}

/// How an account's tickets are spread, who looks after them, and the trend.
struct AccountSupport {
    var account: ID<Account>
    var support: SupportSummary
    var now: Date

    @HTMLBuilder var html: HTML {
        div(.class("columns")) {
            Card("All tickets") { groups }.html
            if !support.agents.isEmpty { Card("Agents") { agents }.html }
        }
        Card("Created and resolved by week") { trend }.html
    }

    private var tickets: TicketQuery { .of(account) }

    @HTMLBuilder private var groups: HTML {
        div(.class("stack")) {
            Distribution(
                "Tickets by status",
                [TicketStatus.open, .pending, .resolved, .closed].map { status in
                    .init(
                        status.label, support.byStatus[status, default: 0],
                        link: Route.tickets(tickets.with { $0.status = .init([status]) }).link)
                }
            ).html
            div(.class("by-priority")) { Distribution("Tickets by priority", priorityParts).html }
            Disclosure("Show as a table", id: "status-table") {
                DataTable(
                    "Tickets by status and by priority", columns: [.init("Group", .lead), .init("Tickets", .number)],
                    rows: TicketStatus.allCases.map { .init([.text($0.label), .text(support.byStatus[$0, default: 0].grouped)]) }
                        + TicketPriority.allCases.reversed().map {
                            .init([.text($0.label), .text(support.byPriority[$0, default: 0].grouped)])
                        },
                    isCompact: true
                ).html
            }.html
        }
    }

    private var priorityParts: [Distribution.Part] {
        TicketPriority.allCases.reversed().map { priority in
            .init(
                priority.label, support.byPriority[priority, default: 0],
                link: Route.tickets(tickets.with { $0.priority = .init([priority]) }).link)
        }
    }

    private var trend: HTML {
        BarChart(
            "Tickets by week", first: "Created", second: "Resolved",
            bars: support.weekly.map { .init(DateText.day($0.week.start, now: now), $0.created, $0.resolved) }
        ).html
    }

    private var agents: HTML {
        ul(.class("shares")) {
            for load in support.agents {
                li {
                    Avatar(load.agent.name).html
                    a(load.agent.name, .href(Route.agent(load.agent.id).link), .class("clip"), .dir("auto"))
                    a(
                        load.tickets.counted("ticket"), .class("push", "nowrap"),
                        .href(Route.tickets(tickets.with { $0.agent = .init([.id(load.agent.id)]) }).link))
                    span(share(load.tickets), .class("muted", "nowrap"))
                }
            }
        }
    }

    private func share(_ count: Int) -> String {
        "\(Int((100 * Double(count) / Double(max(1, support.total))).rounded())) %"
    }
}
