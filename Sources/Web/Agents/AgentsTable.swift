import Domain
import Foundation
import Markup

/// Agents as rows; every figure leads to its tickets.
struct AgentsTable {
    var rows: [AgentSummary]

    var html: HTML {
        DataTable(
            "Agents",
            columns: [
                .init("Agent", .lead), .init("Groups", isWideOnly: true, isNarrowHidden: true),
                .init("Open", .number, isNamedOnCards: true),
                .init("Unresolved", .number, isNamedOnCards: true), .init("Urgent", .number, isNamedOnCards: true),
                .init("First response", .number, isNarrowHidden: true), .init("CSAT", .number, isNarrowHidden: true),
                .init("Accounts", isWideOnly: true, isNarrowHidden: true)
            ],
            rows: rows.map(row),
            footer: div(.class("table-footer")) {
                "First response is the median, CSAT the share of positive ratings, both of the last 90 days."
            }
        ).html
    }

    private func row(_ summary: AgentSummary) -> DataTable.Row {
        let agent = summary.agent
        let figures = AgentFigures(summary: summary)
        return .init(
            isLinked: true, isDimmed: !agent.isActive,
            [
                AgentName(agent: agent).html,
                span(
                    summary.groups.map(\.name).joined(separator: ", "), .class("cell-lines"), .dir("auto"),
                    .title(summary.groups.map(\.name).joined(separator: ", "))),
                figures.open, figures.unresolved, figures.urgent, figures.firstResponse, figures.satisfaction, figures.accounts
            ])
    }
}

/// An agent's name, standing and address as the lead of a row.
struct AgentName {
    var agent: Agent

    var html: HTML {
        span(.class("line", "agent-name")) {
            RowLink(agent.name.nilIfEmpty ?? agent.email ?? "Agent \(agent.id)", to: Route.agent(agent.id).link).html
            AgentStanding(agent: agent).html
        } + (agent.email.map { span($0, .class("second")) } ?? HTML.empty)
    }
}

/// Whether an agent has left or is an occasional one; nothing for everybody else.
struct AgentStanding {
    var agent: Agent

    @HTMLBuilder var html: HTML {
        if !agent.isActive { Tag("Left").html }
        if agent.isOccasional { Tag("Occasional").html }
    }
}
