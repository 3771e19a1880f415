import Domain
import Foundation
import Markup

/// The figures of one agent.
struct AgentFigures {
    var summary: AgentSummary

    /// A share of fewer ratings says nothing.
    static let fewestRatings = 5

    private var tickets: TicketQuery { .of(summary.agent.id) }

    var openQuery: TicketQuery { tickets.with { $0.status = .init([.open]) } }
    var unresolvedQuery: TicketQuery { tickets.with { $0.status = TicketQuery.unresolved } }
    var urgentQuery: TicketQuery {
        tickets.with {
            $0.status = TicketQuery.unresolved
            $0.priority = .init([.urgent])
        }
    }
    var ratedQuery: TicketQuery { tickets.with { $0.csat = .init([.none], isNegated: true) } }

    var open: HTML { Figure(summary.openTickets, to: openQuery).html }
    var unresolved: HTML { Figure(summary.unresolvedTickets, to: unresolvedQuery).html }
    var urgent: HTML { Figure(summary.urgentTickets, to: urgentQuery, isAlarming: true).html }

    var firstResponse: HTML { summary.firstResponseMedian.map { .text(Span.rough($0)) } ?? span("–", .class("muted")) }

    /// The share in percent, or nil when there are too few ratings for one.
    var percent: String? {
        guard summary.satisfaction.count >= Self.fewestRatings, let percent = summary.satisfaction.percentPositive else { return nil }
        return "\(Int(percent.rounded())) %"
    }

    var satisfaction: HTML {
        let count = summary.satisfaction.count
        guard let percent else {
            return span(count == 0 ? "–" : "too few", .class("muted", "nowrap"), .title(count.counted("rating")))
        }
        return span(.class("nowrap")) {
            a(percent, .href(Route.tickets(ratedQuery).link), .class("figure"))
            span(" of \(count.grouped)", .class("muted"))
        }
    }

    /// In a cell: two lines, then cut.
    var accounts: HTML { summary.topAccounts.isEmpty ? .empty : span(.class("cell-lines", "more")) { accountLinks } }

    var accountLinks: HTML {
        .joined(summary.topAccounts.map { a($0.name, .href(Route.account($0.id).link), .dir("auto")) }, separator: .text(", "))
    }
}
