import Domain
import Foundation
import Larry
import Markup

/// One agent: load, facts and tickets.
struct AgentPage: ShellPage {
    var agent: AgentSummary
    /// Their tickets, latest first.
    var tickets: [TicketSummary]
    /// How many they have in all.
    var total: Total
    /// What the address of each ticket in Freshdesk begins with, its id after it; nil while no portal is connected.
    var portal: String?
    var now: Date

    var pageTitle: String { name }
    var section: Section? { .agents }
    var topic: LarryTopic? { LarryTopic(.agent(agent.agent.id), name) }

    @HTMLBuilder var html: HTML {
        div(.class("line", "loose")) {
            PageHeader(name).html
            AgentStanding(agent: agent.agent).html
        }
        Stat.row(stats)
        list
        Card("About") { FactList(facts).html }.html
    }

    private var name: String { agent.agent.name.nilIfEmpty ?? agent.agent.email ?? "Agent \(agent.agent.id)" }
    private var figures: AgentFigures { AgentFigures(summary: agent) }

    private var stats: [Stat] {
        let ratings = agent.satisfaction.count
        return [
            Stat("Open", value: .text(agent.openTickets.grouped), link: Route.tickets(figures.openQuery).link),
            Stat("Unresolved", value: .text(agent.unresolvedTickets.grouped), link: Route.tickets(figures.unresolvedQuery).link),
            Stat("Urgent, unresolved", value: .text(agent.urgentTickets.grouped), link: Route.tickets(figures.urgentQuery).link),
            Stat("Median first response", value: figures.firstResponse, more: .text("last 90 days")),
            Stat(
                "CSAT", value: figures.percent.map { .text($0) } ?? span(ratings == 0 ? "–" : "Too few", .class("muted")),
                more: .text(ratings == 0 ? "no ratings in 90 days" : "\(ratings.counted("rating")) in 90 days"),
                link: ratings == 0 ? nil : Route.tickets(figures.ratedQuery).link)
        ]
    }

    private var facts: [(name: String, value: HTML)] {
        let none = span("None", .class("muted"))
        var facts: [(name: String, value: HTML)] = [
            ("E-mail", agent.agent.email.map { MailAddress($0).html } ?? none),
            ("Standing", .text(standing)),
            (
                "Groups",
                agent.groups.isEmpty
                    ? none
                    : .joined(
                        agent.groups.map { group in
                            a(group.name, .href(Route.tickets(.init().with { $0.group = .init([.id(group.id)]) }).link), .dir("auto"))
                        }, separator: .text(", "))
            )
        ]
        facts.append(("Accounts", agent.topAccounts.isEmpty ? none : figures.accountLinks))
        if let since = agent.agent.createdAt { facts.append(("In Freshdesk since", .text(DateText.day(Day(containing: since))))) }
        facts.append(("Id", span("\(agent.agent.id)", .class("mono"))))
        return facts
    }

    private var standing: String {
        if !agent.agent.isActive { return "Left; old tickets keep the name" }
        return agent.agent.isOccasional ? "Active, occasional" : "Active"
    }

    @HTMLBuilder private var list: HTML {
        if tickets.isEmpty {
            Card("Tickets") { EmptyState(.tickets, "No tickets", "No ticket of the window is assigned to \(name).").html }.html
        } else {
            let words = total.isExact ? total.count.counted("ticket") : "\(total.text) tickets"
            Card("Tickets", isPadded: false, actions: a("All \(words)", .href(Route.tickets(.of(agent.agent.id)).link))) {
                TicketsTable(
                    caption: "Tickets of \(name)", rows: tickets, list: .of(agent.agent.id), showsAgent: false, portal: portal, now: now
                ).html
            }.html
        }
    }
}
