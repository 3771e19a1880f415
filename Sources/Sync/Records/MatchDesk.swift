package import Domain
package import Foundation
package import Matching
package import Store

/// The review desk by domain: companies that share a domain of their own stand together.
package struct DeskGroup: Sendable, Equatable {
    /// What a firm registers, or its host on a platform; nil for companies without a domain of their own.
    package var domain: String?
    /// Most tickets first.
    package var companies: [ID<Company>]
    package var tickets: Int

    /// Most tickets first, then by domain; companies without a domain of their own last.
    ///
    /// A company with several domains stands by the first of them that others have too, else by its first.
    package static func groups(of entries: [MatchStore.DeskEntry], _ shared: SharedDomains) -> [DeskGroup] {
        let owned = entries.map { entry in entry.domains.flatMap { shared.owned([$0]).sorted() } }
        var holders: [String: Int] = [:]
        for domains in owned { for domain in Set(domains) { holders[domain, default: 0] += 1 } }
        var groups: [String: DeskGroup] = [:]
        for (entry, domains) in zip(entries, owned) {
            let domain = domains.first { holders[$0, default: 0] > 1 } ?? domains.first
            var group = groups[domain ?? ""] ?? DeskGroup(domain: domain, companies: [], tickets: 0)
            group.companies.append(entry.company)
            group.tickets += entry.tickets
            groups[domain ?? ""] = group
        }
        return groups.values.sorted { one, other in
            if (one.domain == nil) != (other.domain == nil) { return other.domain == nil }
            return (other.tickets, one.domain ?? "") < (one.tickets, other.domain ?? "")
        }
    }

    /// The domain that a company's group has; nil when it has none of its own.
    package static func domain(of company: Company, _ shared: SharedDomains) -> String? {
        company.domains.lazy.flatMap { shared.owned([$0]).sorted() }.first
    }
}

/// Taking back what one act on the desk decided.
extension MatchDecisions {
    /// The audit action of a domain that is left out of matching from now on; the subject is `domain acme.com`.
    package static let exclusion = "matching.exclude"
    /// The audit action of a new account; the subject is `account 7`.
    package static let creation = "account.create"

    /// Leaves a domain out of matching from now on; false when it is left out already.
    package static func exclude(_ domain: String, in workspace: ID<Workspace>, by actor: String, now: Date, _ db: any Queries) throws
        -> Bool
    {
        var settings = try MatchSettings.get(workspace, db)
        guard !settings.excludedDomains.contains(domain) else { return false }
        settings.excludedDomains.append(domain)
        try MatchSettings.set(settings, of: workspace, db)
        try db.appendAudit(workspace, actor: actor, action: exclusion, subject: "domain \(domain)", now: now)
        return true
    }

    /// Takes back what `actor` decided in these entries of the audit log: what people had decided before holds again, else the rules
    /// decide. Companies that somebody decided about since are left alone. An account that was made for it goes again, unless it was
    /// changed, merged or chosen for another company since.
    package static func takeBack(
        _ entries: ClosedRange<Int64>, in workspace: ID<Workspace>, by actor: String, now: Date, _ db: any Queries
    ) throws -> Outcome {
        let store = MatchStore(db, workspace: workspace)
        let decided = try store.decisions(in: entries, by: actor)
        let excluded = try store.subjects(of: exclusion, in: entries, by: actor).map { $0.dropFirst("domain ".count) }
        if !excluded.isEmpty {
            var settings = try MatchSettings.get(workspace, db)
            settings.excludedDomains.removeAll { excluded.contains($0[...]) }
            try MatchSettings.set(settings, of: workspace, db)
            try db.appendAudit(
                workspace, actor: actor, action: "matching.include", subject: "domain \(excluded.joined(separator: ", "))", now: now)
        }
        var outcome = try decide(decided.map { ($0.company, $0.earlier ?? .leaveToMatching) }, in: workspace, by: actor, now: now, db)
        // A domain that decides again concerns everybody who has it.
        if !excluded.isEmpty { outcome.tickets += try AccountMatching.apply(workspace, db) }
        outcome.domains = excluded.map(String.init)
        for subject in try store.subjects(of: creation, in: entries, by: actor) {
            guard let id = ID<Account>(String(subject.dropFirst("account ".count))) else { continue }
            try remove(id, in: workspace, by: actor, now: now, &outcome, db)
        }
        return outcome
    }

    private static func remove(
        _ id: ID<Account>, in workspace: ID<Workspace>, by actor: String, now: Date, _ outcome: inout Outcome, _ db: any Queries
    ) throws {
        let merges = MergeStore(db, workspace: workspace)
        guard let account = try AccountStore.all(workspace, db).first(where: { $0.id == id }) else { return }
        guard account.updatedAt == account.createdAt, try merges.standing(into: id).isEmpty,
            try merges.companies(of: id, decided: true).isEmpty
        else {
            outcome.kept.append(Named(id: id, name: account.name))
            return
        }
        try merges.remove(id)
        outcome.tickets += try AccountMatching.apply(.init(before: [account]), workspace, db)
        outcome.removed.append(Named(id: id, name: account.name))
        try db.appendAudit(
            workspace, actor: actor, action: "account.delete", subject: "account \(id)", detail: account.name, now: now)
        try db.bumpVersion(of: workspace)
    }
}
