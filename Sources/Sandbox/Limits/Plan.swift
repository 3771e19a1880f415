/// How many requests a portal's plan allows (fact 38), and the limits inside it that no header shows (fact 39).
package struct Plan: Sendable, Equatable {
    package let name: String
    /// Requests per window; nil is no limit.
    package let total: Int?
    /// Length of the window in seconds.
    package let window: Int
    /// Ticket lists a minute, hidden.
    package let ticketLists: Int?
    /// Contact lists a minute, hidden.
    package let contactLists: Int?

    package static let all: [Plan] = [
        Plan(name: "none", total: nil, window: 60, ticketLists: nil, contactLists: nil),
        Plan(name: "free", total: 50, window: 3_600, ticketLists: nil, contactLists: nil),
        Plan(name: "growth", total: 200, window: 3_600, ticketLists: 20, contactLists: 20),
        Plan(name: "growth2026", total: 100, window: 60, ticketLists: 40, contactLists: 40),
        Plan(name: "trial", total: 50, window: 60, ticketLists: nil, contactLists: nil),
        Plan(name: "pro", total: 400, window: 60, ticketLists: 100, contactLists: 100),
        Plan(name: "enterprise", total: 700, window: 60, ticketLists: 200, contactLists: 200),
        Plan(name: "garden", total: 3_000, window: 3_600, ticketLists: nil, contactLists: nil),
        Plan(name: "forest", total: 5_000, window: 3_600, ticketLists: nil, contactLists: nil)
    ]

    package static let unlimited = all[0]

    /// The plan of this name.
    ///
    /// - Throws: `SandboxError` naming the known plans.
    package static func named(_ name: String) throws -> Plan {
        guard let plan = all.first(where: { $0.name == name }) else {
            throw SandboxError("There is no plan “\(name)”. Known: \(all.map(\.name).joined(separator: ", ")).")
        }
        return plan
    }
}
