import Domain
import Foundation
import Markup

/// The portal's agents and what is on their desks. In order of name: agents are not ranked here.
struct AgentsPage: ShellPage {
    /// Active ones first.
    var agents: [AgentSummary]
    /// `?q=`
    var search: String?
    var standing: MirrorStanding
    var mayConnect: Bool

    var pageTitle: String { "Agents" }
    var section: Section? { .agents }

    @HTMLBuilder var html: HTML {
        let shown = matching
        PageHeader("Agents", count: agents.isEmpty ? nil : count(shown)).html
        if agents.isEmpty {
            Card { none }.html
        } else {
            filter
            if shown.isEmpty {
                Card {
                    EmptyState(.search, "No agent matches", "No agent's name, e-mail address or group holds “\(search ?? "")”.") {
                        LinkButton("Clear the search", to: Route.agents.link, .primary).html
                    }.html
                }.html
            } else {
                AgentsTable(rows: shown).html
            }
        }
    }

    /// Agents whose name, address or a group holds the words searched for.
    private var matching: [AgentSummary] {
        guard let words = search?.trimmed.lowercased().nilIfEmpty else { return agents }
        return agents.filter { summary in
            let texts = [summary.agent.name, summary.agent.email ?? ""] + summary.groups.map(\.name)
            return texts.contains { $0.lowercased().contains(words) }
        }
    }

    private func count(_ shown: [AgentSummary]) -> String {
        let left = shown.count { !$0.agent.isActive }
        return "\((shown.count - left).counted("agent"))" + (left > 0 ? ", \(left.grouped) left" : "")
    }

    private var filter: HTML {
        form(
            .method("get"), .action(Route.agents.link), .class("filters"), .data("filters", ""), .role("search"),
            .aria("label", "Find an agent")
        ) {
            SearchBox(value: search ?? "", placeholder: "Name, e-mail or group").html
            button("Search", .type("submit"), .class("button"))
            if search?.nilIfEmpty != nil { a("Clear", .class("button", "quiet"), .href(Route.agents.link)) }
        }
    }

    private var none: HTML {
        switch standing {
        case .notConnected, .syncing, .notSynced: NoTickets(standing: standing, mayConnect: mayConnect).html
        case .noTickets, .filled:
            EmptyState(.agents, "No agents", "The portal was synced without any agent. The key may not be allowed to list them.").html
        }
    }
}
