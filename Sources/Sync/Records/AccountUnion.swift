package import Domain
package import Foundation
package import Store

/// Merges two accounts, and takes them apart again, in the caller's transaction: companies, contacts, tickets, decisions, names, domains
/// and keys go along, and matching is applied.
package enum AccountUnion {
    package struct Outcome: Sendable, Equatable {
        package var merge: Int64
        package var kept: Named<Account>
        package var gone: Named<Account>
        /// What moved.
        package var moved: MergeStore.Belongings
    }

    /// `gone` becomes a part of `kept`.
    ///
    /// A company that the rules would let go afterwards is attached to `kept` as `actor`'s decision: everything moves.
    ///
    /// Throws `notFound` for an unknown account, `invalid` as `AccountMerge.merged` does.
    package static func merge(
        _ gone: ID<Account>, into kept: ID<Account>, in workspace: ID<Workspace>, by actor: String, now: Date, _ db: any Queries
    ) throws -> Outcome {
        let store = MergeStore(db, workspace: workspace)
        let (old, lost) = (try store.account(kept), try store.account(gone))
        let merged = try AccountMerge.merged(old, with: lost, now: now)
        let moved = try store.belongings(of: gone)
        let decided = try store.companies(of: gone, decided: true)
        let all = try store.companies(of: kept) + store.companies(of: gone)

        let id = try store.nextNumber()
        let matches = MatchStore(db, workspace: workspace, merge: id)
        try matches.rememberMove(from: gone, to: kept, by: actor, at: now)
        try store.remove(gone)
        try store.write(merged)
        try store.move(from: gone, to: kept)
        var record = MergeRecord(
            before: old, gone: lost, after: merged, decided: decided, grounds: try store.rename(gone, to: kept))
        for company in decided {
            try store.note(company, "moved from account \(gone) \(lost.name) to account \(kept) \(old.name)", by: actor, now: now)
        }
        try AccountMatching.apply(workspace, merge: id, db)
        let stayed = Set(try store.companies(of: kept))
        let pinned = all.filter { !stayed.contains($0) }
        if !pinned.isEmpty {
            for company in pinned { try matches.decide(company, .belongs(to: kept), by: actor, now: now) }
            try AccountMatching.apply(workspace, merge: id, db)
            record.pinned = pinned.map(\.rawValue)
        }
        let entry = try db.appendAudit(
            workspace, actor: actor, action: "account.merge", subject: "account \(kept)",
            detail: "\(lost.name) (account \(gone)) merged into \(old.name): \(words(moved))", now: now)
        try store.append(record, as: id, by: actor, auditID: entry.id, now: now)
        try db.bumpVersion(of: workspace)
        return Outcome(
            merge: id, kept: Named(id: kept, name: old.name), gone: Named(id: gone, name: lost.name), moved: moved)
    }

    /// Takes a merge back: the account that was gone is there again as it was, and its companies, contacts, tickets and decisions are its
    /// own. What people changed or decided since stays; what came since is matched by the rules.
    ///
    /// Throws `notFound` for an unknown merge, `conflict` when it cannot be taken back, with what to do about it.
    package static func undo(
        _ merge: Int64, in workspace: ID<Workspace>, by actor: String, now: Date, _ db: any Queries
    ) throws -> Outcome {
        let (store, matches) = (MergeStore(db, workspace: workspace), MatchStore(db, workspace: workspace, merge: merge))
        let (merging, record) = try store.get(merge)
        let (kept, gone) = (merging.kept, merging.gone.id)
        guard try store.close(merge, by: actor, now: now) else { throw Failure(.conflict, "This merge is undone already.") }
        guard let current = try AccountStore.all(workspace, db).first(where: { $0.id == kept }) else {
            if let later = try store.merge(of: kept) {
                throw Failure(.conflict, "\(later.gone.name) has been merged into another account since. Undo that first.")
            }
            throw Failure(.conflict, "The account that it was merged into is deleted, so there is nothing to take it out of.")
        }
        let requesters = try matches.requesters(of: kept)
        // The keys go back first, so that they are free for the one that returns.
        try store.write(AccountMerge.restored(current, before: record.accountBefore, merged: record.accountAfter, at: now))
        var returned = record.accountGone
        returned.updatedAt = now
        try store.write(returned)
        for grounds in record.grounds where try !store.isDecided(grounds.companyID, since: merging.auditID) {
            try store.restore(grounds)
        }
        for company in record.decided.map({ ID<Company>($0) }) where try !store.isDecided(company, since: merging.auditID) {
            try matches.rememberReturn(of: company, from: kept, to: gone, by: actor, at: now)
            guard try store.hand(company, from: kept, to: gone) else { continue }
            try store.note(company, "back to account \(gone) \(returned.name)", by: actor, now: now)
        }
        for company in record.pinned.map({ ID<Company>($0) }) where try !store.isDecided(company, since: merging.auditID) {
            guard try store.holds(company) else { continue }
            try matches.decide(company, .leaveToMatching, by: actor, now: now)
        }
        try AccountMatching.apply(workspace, merge: merge, db)
        try matches.rememberReturn(of: requesters, from: kept, to: gone, by: actor, at: now)
        let moved = try store.belongings(of: gone)
        try db.appendAudit(
            workspace, actor: actor, action: "account.unmerge", subject: "account \(kept)",
            detail: "\(returned.name) (account \(gone)) taken out of \(current.name): \(words(moved))", now: now)
        try db.bumpVersion(of: workspace)
        return Outcome(merge: merge, kept: Named(id: kept, name: current.name), gone: merging.gone, moved: moved)
    }

    private static func words(_ moved: MergeStore.Belongings) -> String {
        "companies \(moved.companies), contacts \(moved.contacts), tickets \(moved.tickets)"
    }
}
