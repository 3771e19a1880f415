package import Foundation

/// A support agent, as Freshdesk keeps them.
package struct Agent: Sendable, Equatable {
    package var id: ID<Agent>
    package var name: String
    package var email: String?
    /// False once Freshdesk no longer lists the agent or calls them deactivated; old tickets keep the name.
    package var isActive: Bool
    /// An occasional agent pays per day; a key of one may stop working at any time.
    package var isOccasional: Bool
    package var groupIDs: [ID<Group>]
    package var createdAt: Date?
    package var updatedAt: Date?
    /// The rest of the upstream record, as JSON.
    package var raw: String

    package init(
        id: ID<Agent>, name: String, email: String? = nil, isActive: Bool = true, isOccasional: Bool = false, groupIDs: [ID<Group>] = [],
        createdAt: Date? = nil, updatedAt: Date? = nil, raw: String = "{}"
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.isActive = isActive
        self.isOccasional = isOccasional
        self.groupIDs = groupIDs
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.raw = raw
    }
}

/// A group of agents, as Freshdesk keeps it.
package struct Group: Sendable, Equatable {
    package var id: ID<Group>
    package var name: String
    /// Empty where the key may not read the members (fact 190).
    package var agentIDs: [ID<Agent>]
    package var raw: String

    package init(id: ID<Group>, name: String, agentIDs: [ID<Agent>] = [], raw: String = "{}") {
        self.id = id
        self.name = name
        self.agentIDs = agentIDs
        self.raw = raw
    }
}

/// An agent with the load the directory shows. Medians and satisfaction over the last 90 days.
package struct AgentSummary: Sendable, Equatable {
    package var agent: Agent
    package var groups: [Named<Group>]
    package var openTickets: Int
    package var unresolvedTickets: Int
    package var urgentTickets: Int
    package var firstResponseMedian: TimeInterval?
    package var satisfaction: SatisfactionShare
    /// Accounts with most of the agent's unresolved tickets, most first.
    package var topAccounts: [Named<Account>]

    package init(
        agent: Agent, groups: [Named<Group>], openTickets: Int, unresolvedTickets: Int, urgentTickets: Int,
        firstResponseMedian: TimeInterval?, satisfaction: SatisfactionShare, topAccounts: [Named<Account>]
    ) {
        self.agent = agent
        self.groups = groups
        self.openTickets = openTickets
        self.unresolvedTickets = unresolvedTickets
        self.urgentTickets = urgentTickets
        self.firstResponseMedian = firstResponseMedian
        self.satisfaction = satisfaction
        self.topAccounts = topAccounts
    }
}
