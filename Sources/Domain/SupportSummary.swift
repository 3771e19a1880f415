package import Foundation

/// The numbers of an account's Support section. Medians and satisfaction over the last 90 days.
package struct SupportSummary: Sendable, Equatable {
    package struct Week: Sendable, Equatable {
        /// The week's Monday.
        package var week: Day
        package var created: Int
        package var resolved: Int

        package init(week: Day, created: Int, resolved: Int) {
            self.week = week
            self.created = created
            self.resolved = resolved
        }
    }

    package struct AgentLoad: Sendable, Equatable {
        package var agent: Named<Agent>
        package var tickets: Int

        package init(agent: Named<Agent>, tickets: Int) {
            self.agent = agent
            self.tickets = tickets
        }
    }

    package var openByPriority: [TicketPriority: Int]
    package var byStatus: [TicketStatus: Int]
    package var byPriority: [TicketPriority: Int]
    package var oldestOpen: TicketSummary?
    package var agents: [AgentLoad]
    package var weekly: [Week]
    package var firstResponseMedian: TimeInterval?
    package var resolutionMedian: TimeInterval?
    package var satisfaction: SatisfactionShare

    package init(
        openByPriority: [TicketPriority: Int], byStatus: [TicketStatus: Int], byPriority: [TicketPriority: Int], oldestOpen: TicketSummary?,
        agents: [AgentLoad], weekly: [Week], firstResponseMedian: TimeInterval?, resolutionMedian: TimeInterval?,
        satisfaction: SatisfactionShare
    ) {
        self.openByPriority = openByPriority
        self.byStatus = byStatus
        self.byPriority = byPriority
        self.oldestOpen = oldestOpen
        self.agents = agents
        self.weekly = weekly
        self.firstResponseMedian = firstResponseMedian
        self.resolutionMedian = resolutionMedian
        self.satisfaction = satisfaction
    }

    package var open: Int { byStatus[.open, default: 0] }
    package var unresolved: Int { open + byStatus[.pending, default: 0] }
    package var total: Int { byStatus.values.reduce(0, +) }
}
