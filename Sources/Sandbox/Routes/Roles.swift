/// The roles Freshdesk comes with.
struct Roles: Sendable {
    let id: Int64
    let name: String
    let description: String
    let agentType: Int

    static let administrator: Int64 = 70_000_159_704
    static let agent: Int64 = 70_000_159_706

    static let all: [Roles] = [
        Roles(id: 70_000_159_703, name: "Account Administrator", description: "May do everything, payment included", agentType: 1),
        Roles(id: administrator, name: "Administrator", description: "May change every setting but payment", agentType: 1),
        Roles(id: 70_000_159_705, name: "Supervisor", description: "Answers tickets, sees reports and the team's dashboards", agentType: 1),
        Roles(id: agent, name: "Agent", description: "Answers tickets and keeps contacts", agentType: 1),
        Roles(id: 70_000_379_708, name: "Ticket Collaborator", description: "Is asked for advice in private notes", agentType: 3)
    ]

    func write(created: Moment, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("name", name)
            writer.member("description", description)
            writer.member("default", true)
            writer.member("created_at", created)
            writer.member("updated_at", created + 300 * Moment.day)
            writer.member("agent_type", agentType)
        }
    }
}
