import Domain
import Foundation
import Matching
import Store
import Sync

/// Makes accounts from companies that belong to none.
///
/// Companies that share a domain become one account: they are one customer that Freshdesk has twice. A company that its new account
/// does not match by itself, having no domain of its own, is attached as the person's decision that it is.
enum AccountsFromCompanies {
    struct Outcome: Sendable {
        var created: Int
        var movedTickets: Int
    }

    /// In one transaction. Companies that belong to an account by now, or were ignored, are left as they are.
    static func create(
        _ companies: [ID<Company>], in workspace: ID<Workspace>, actor: String, now: Date, _ database: any Database
    ) async throws -> Outcome {
        try await database.write { db in
            let store = MatchStore(db, workspace: workspace)
            let unmatched = try companies.map { try store.review(of: $0) }.filter { $0.state == .unmatched }.map(\.company)
            var owners: [ID<Company>: ID<Account>] = [:]
            let groups = grouped(unmatched)
            var made: [Account] = []
            for group in groups {
                let account = try AccountStore.insert(workspace, draft(of: group), now: now, db)
                made.append(account)
                for company in group { owners[company.id] = account.id }
            }
            guard !groups.isEmpty else { return Outcome(created: 0, movedTickets: 0) }
            var moved = try AccountMatching.apply(.init(now: made), workspace, db)
            var decided: [ID<Company>] = []
            for (company, account) in owners.sorted(by: { $0.key < $1.key }) {
                guard try store.match(of: company)?.accountID != account else { continue }
                try store.decide(company, .belongs(to: account), by: actor, now: now)
                decided.append(company)
            }
            if !decided.isEmpty { moved += try AccountMatching.apply(to: decided, workspace, db) }
            try db.appendAudit(
                workspace, actor: actor, action: "accounts.from_companies", subject: groups.count.counted("account"),
                detail: groups.prefix(20).map { $0[0].name }.joined(separator: ", "), now: now)
            try db.bumpVersion(of: workspace)
            return Outcome(created: groups.count, movedTickets: moved)
        }
    }

    /// Companies that share a domain together, in the order given.
    static func grouped(_ companies: [Company]) -> [[Company]] {
        var groups: [[Company]] = []
        var groupOfDomain: [String: Int] = [:]
        for company in companies {
            let domains = company.domains.compactMap { DomainName(cleaning: $0)?.site }
            let known = domains.compactMap { groupOfDomain[$0] }.first
            let index = known ?? groups.count
            if known == nil { groups.append([company]) } else { groups[index].append(company) }
            for domain in domains where groupOfDomain[domain] == nil { groupOfDomain[domain] = index }
        }
        return groups
    }

    /// Named after the first company; the others' names are other names.
    static func draft(of group: [Company]) throws -> AccountDraft {
        func text(_ text: String) -> String { String(AccountCSV.cleaned(text).prefix(AccountDraft.longestText)) }
        let names = group.map { text($0.name).nilIfEmpty ?? "Company \($0.id)" }
        let domains = group.flatMap(\.domains).map(text).trimmedAndUnique.prefix(AccountDraft.mostEntries)
        let aliases = names.dropFirst().filter { $0 != names[0] }.prefix(AccountDraft.mostEntries)
        return try AccountDraft(name: names[0], domains: Array(domains), aliases: Array(aliases)).validated()
    }
}
