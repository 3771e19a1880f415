package import Domain
import Foundation
import Freshdesk
package import Store

extension Connector {
    /// Tries what a key may read, one small request each, and estimates a first sync. Nothing is stored.
    ///
    /// - Throws: as `connect` for a key or a portal that does not work at all.
    package func preflight(viewer: Viewer, typedSubdomain: String, key: Secret) async throws -> Preflight {
        try viewer.require(.manageConnection)
        let portal = try portals.address(typed: typedSubdomain)
        let key = try Self.typedKey(key)
        let client = await portals.client(checking: key, at: portal, logger: logger)
        do {
            let me = try await client.me(retry: .once, timeout: Self.checkTimeout)
            let agent = me.value.value
            var preflight = Preflight(
                subdomain: portal.subdomain, agent: agent.name ?? agent.email ?? "Agent \(agent.id)", probes: [],
                allowance: me.rate.total.map { Int($0) }, estimates: [], warnings: Warnings.about(agent))
            preflight.probes = try await probes(client)
            if preflight.isReady { preflight.estimates = try await estimates(client, allowance: preflight.allowance) }
            return preflight
        } catch let error as FreshdeskError {
            throw Self.failure(of: error)
        }
    }

    private func probes(_ client: FreshdeskClient) async throws -> [Preflight.Probe] {
        // One after another: a check must not startle a small allowance, and the first refusal may explain the rest.
        let newest = try await probe { try await client.searchTickets(query: Self.allTickets, page: 1).value.records.first?.value.id }
        var outcomes: [Preflight.Subject: Preflight.Outcome] = [.tickets: newest.outcome]
        if let ticket = newest.value ?? nil {
            outcomes[.conversations] = try await probe { _ = try await client.conversations(ticketID: ticket, page: 1) }.outcome
        } else {
            outcomes[.conversations] = newest.outcome
        }
        outcomes[.companies] = try await probe { _ = try await client.companies(page: 1) }.outcome
        outcomes[.contacts] = try await probe { _ = try await client.contacts(page: 1) }.outcome
        outcomes[.agents] = try await probe { _ = try await client.agents(page: 1) }.outcome
        outcomes[.groups] = try await probe { _ = try await client.groups(page: 1) }.outcome
        outcomes[.ticketFields] = try await probe { _ = try await client.ticketFields() }.outcome
        outcomes[.satisfactionRatings] = try await probe { _ = try await client.satisfactionRatings(createdSince: nil, page: 1) }.outcome
        return Preflight.Subject.allCases.compactMap { subject in
            outcomes[subject].map { Preflight.Probe(subject: subject, outcome: $0) }
        }
    }

    private static let allTickets = "created_at:>'1990-01-01'"

    /// A refusal is an answer; a wrong key and a used-up allowance end the check.
    private func probe<Value: Sendable>(_ read: () async throws -> Value) async throws -> (outcome: Preflight.Outcome, value: Value?) {
        do {
            return (.readable, try await read())
        } catch let error as FreshdeskError {
            switch error {
            case .invalidCredentials, .accountClosed, .rateLimited, .mustWait: throw error
            case .forbidden(_, let message): return (.refused(message), nil)
            case .notFound, .rejected, .unavailable: return (.unclear(error.message), nil)
            }
        }
    }

    /// By the totals of searches, one a window: they count what they cannot show (fact 161).
    private func estimates(_ client: FreshdeskClient, allowance: Int?) async throws -> [Preflight.Estimate] {
        func count(_ query: String) async throws -> Int { try await client.searchTickets(query: query, page: 1).value.total }
        let all = try await count(Self.allTickets)
        let unresolved = try await unresolvedCount(client) ?? 0
        var estimates: [Preflight.Estimate] = []
        for days in Preflight.windows {
            var tickets = all
            if let days {
                let start = clock.product().addingTimeInterval(-Double(days) * 86_400)
                tickets = min(all, try await count("updated_at:>'\(Day(containing: start))'") + unresolved)
            }
            let requests = Preflight.requests(tickets: tickets, unresolved: unresolved)
            estimates.append(
                Preflight.Estimate(
                    backfillDays: days, tickets: tickets, requests: requests,
                    minutes: allowance.map { Preflight.minutes(requests: requests, allowance: $0, reservePercent: reservePercent) }))
        }
        return estimates
    }

    /// Nil where the portal takes no bounds on the status (fact 165); the estimate then lacks old unresolved tickets.
    private func unresolvedCount(_ client: FreshdeskClient) async throws -> Int? {
        do {
            return try await client.searchTickets(query: "(status:<3 OR status:>6)", page: 1).value.total
        } catch FreshdeskError.rejected {
            return nil
        }
    }
}
