import Domain
import Foundation

/// Records of the mirror with only what a test cares about.
enum Rows {
    static func company(_ id: Int64, _ name: String, _ domains: String...) -> Company {
        Company(id: ID(id), name: name, domains: domains, createdAt: SiteFixture.now, updatedAt: SiteFixture.now)
    }

    static func agent(_ id: Int64, _ name: String) -> Agent { Agent(id: ID(id), name: name, createdAt: SiteFixture.now) }

    /// A ticket updated `age` seconds ago.
    static func ticket(
        _ id: Int64, _ subject: String, status: Int = 2, priority: TicketPriority = .low, company: Int64? = nil, agent: Int64? = nil,
        age: TimeInterval = 0, html: String = ""
    ) -> Ticket {
        let at = SiteFixture.now.addingTimeInterval(-age)
        return Ticket(
            id: ID(id), subject: subject, statusCode: status, priority: priority, agentID: agent.map { ID($0) },
            companyID: company.map { ID($0) },
            createdAt: at, updatedAt: at, descriptionHTML: html, descriptionText: subject)
    }
}
