import Domain
import Foundation

@testable import Web

extension PageSamples {
    func account(_ id: Int64 = 12, domains: [String] = ["acme.com"]) -> Account {
        Account(
            id: ID(id), name: say("Acme"), domains: domains.map(say), aliases: [say("ACME")], externalID: say("crm-1"),
            ownerEmail: say("mara@example.com"), arr: 1_250_000, renewalDate: Day("2026-12-31"), tags: [say("eu")],
            createdAt: Self.ago(300), updatedAt: Self.ago(3))
    }

    func accountSummary(open: Int = 3) -> AccountSummary {
        AccountSummary(account: account(), openTickets: open, urgentTickets: 1, unresolvedTickets: open + 2, lastTicketAt: Self.ago(1))
    }

    func company(_ id: Int64 = 7, tickets: Int = 12, isMatched: Bool = false) -> CompanySummary {
        CompanySummary(
            company: Company(
                id: ID(id), name: say("Globex"), domains: [say("globex.com")], createdAt: Self.ago(300), updatedAt: Self.ago(1)),
            account: isMatched ? matched() : nil, tickets: tickets)
    }

    func contact(_ id: Int64 = 9) -> ContactSummary {
        ContactSummary(
            contact: Contact(id: ID(id), name: say("Ana"), email: say("ana@acme.com"), createdAt: Self.ago(90), updatedAt: Self.ago(3)),
            company: Named(id: 7, name: say("Globex")), account: nil)
    }

    func support(isEmpty: Bool = false) -> SupportSummary {
        let none = SatisfactionShare(positive: 0, count: 0)
        if isEmpty {
            return SupportSummary(
                openByPriority: [:], byStatus: [:], byPriority: [:], oldestOpen: nil, agents: [], weekly: [], firstResponseMedian: nil,
                resolutionMedian: nil, satisfaction: none)
        }
        let first = Day(containing: Self.now).monday
        return SupportSummary(
            openByPriority: [.urgent: 1, .low: 2], byStatus: [.open: 3, .pending: 2, .resolved: 4, .closed: 10],
            byPriority: [.low: 9, .medium: 4, .high: 4, .urgent: 2], oldestOpen: ticket(1200),
            agents: [.init(agent: Named(id: 4, name: say("Priya")), tickets: 12)],
            weekly: (0..<13).map { .init(week: first.adding(days: 7 * ($0 - 12)), created: $0, resolved: 12 - $0) },
            firstResponseMedian: 5400, resolutionMedian: 3 * 86_400, satisfaction: SatisfactionShare(positive: 3, count: 4))
    }

    func accountPage(
        domains: [String] = ["acme.com"], hasTickets: Bool = true, hasCompanies: Bool = true, standing: MirrorStanding = .filled,
        mayManage: Bool = true
    ) -> AccountPage {
        AccountPage(
            account: account(domains: domains), support: support(isEmpty: !hasTickets), recent: hasTickets ? [ticket()] : [],
            contacts: page(hasCompanies ? [contact()] : []), companies: hasCompanies ? [company(isMatched: true)] : [], standing: standing,
            mayManage: mayManage, portal: Self.portal, now: Self.now)
    }

    func accountsPage(
        _ rows: [AccountSummary], search: String? = nil, mayManage: Bool = true, unmatched: Int = 0
    ) -> AccountsPage {
        AccountsPage(
            accounts: page(rows), search: search, mayManage: mayManage, unmatched: unmatched > 0 ? [company()] : [],
            unmatchedCount: unmatched, now: Self.now)
    }

    func agent(
        _ id: Int64 = 4, name: String = "Priya", isActive: Bool = true, isOccasional: Bool = false,
        ratings: SatisfactionShare = SatisfactionShare(positive: 6, count: 8)
    ) -> AgentSummary {
        AgentSummary(
            agent: Agent(
                id: ID(id), name: say(name), email: say("priya@example.com"), isActive: isActive, isOccasional: isOccasional,
                createdAt: Self.ago(700)),
            groups: [Named(id: 2, name: say("Tier 2"))], openTickets: 3, unresolvedTickets: 5, urgentTickets: 1, firstResponseMedian: 2700,
            satisfaction: ratings, topAccounts: [Named(id: 12, name: say("Acme"))])
    }

    func agentsPage(_ agents: [AgentSummary], search: String? = nil) -> AgentsPage {
        AgentsPage(agents: agents, search: search, standing: .filled, mayConnect: true)
    }

    func importPlan() -> AccountImport {
        AccountImport(
            rows: [
                .init(
                    line: 2, name: say("Acme"), verdict: .update(12, AccountDraft(name: say("Acme"), domains: [say("acme.com")])), notes: []
                ),
                .init(line: 3, name: say("Globex"), verdict: .create(AccountDraft(name: say("Globex"))), notes: [say("Odd domain.")]),
                .init(line: 4, name: say("Initech"), verdict: .unchanged(13), notes: []),
                .init(line: 5, name: say("Hooli"), verdict: .error([say("arr is no number.")]), notes: [])
            ], unknownColumns: [say("colour")])
    }
}
