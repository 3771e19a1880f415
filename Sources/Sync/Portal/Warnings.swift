import Domain
import Freshdesk

/// The warnings of a connection, in people's words.
enum Warnings {
    static let restrictedScope = "restricted_scope"

    static let ratingsUnavailable = ConnectionWarning(
        code: "csat_unavailable", message: "Satisfaction ratings are not part of this Freshdesk plan, so they were skipped.")

    static let agentsUnavailable = ConnectionWarning(
        code: "agents_forbidden",
        message:
            "This key may not list agents, so the directory shows only the names that tickets can be assigned to. Use an administrator's key for all of them."
    )

    static let zeroTickets = ConnectionWarning(
        code: "zero_tickets",
        message:
            "No tickets were found: none is unresolved and none was updated in the chosen window. Choose a longer window, or check that the key's agent may see all tickets."
    )

    static func unmatched(_ count: Int) -> ConnectionWarning {
        ConnectionWarning(
            code: "unmatched_companies",
            message: count == 1
                ? "1 company belongs to no account yet. Create an account for it, or add its domain to one."
                : "\(count) companies belong to no account yet. Create accounts for them, or add their domains to existing ones.")
    }

    /// What the key's agent means for completeness (facts 13 and 62).
    static func about(_ agent: WireAgent) -> [ConnectionWarning] {
        var warnings: [ConnectionWarning] = []
        if agent.isOccasional {
            warnings.append(
                ConnectionWarning(
                    code: "occasional_agent",
                    message:
                        "The key belongs to an occasional agent. Freshdesk may refuse it on days without a day pass; use a full-time agent's key."
                ))
        }
        if let scope = agent.ticketScope, scope != 1 {
            warnings.append(
                ConnectionWarning(
                    code: restrictedScope,
                    message:
                        "The key's agent sees only some tickets, so this copy is incomplete. Use the key of an agent with global access."))
        }
        return warnings
    }
}
