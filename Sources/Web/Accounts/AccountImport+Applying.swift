package import Domain
package import Foundation
package import Store
import Sync

extension AccountImport {
    /// What an import did.
    package struct Outcome: Sendable {
        package var plan: AccountImport
        /// Tickets that belong to another account than before.
        package var movedTickets: Int
    }

    /// Plans and imports a file in one transaction, so that nobody's change in between is lost; companies, contacts and tickets are
    /// matched anew in it as far as the file's accounts concern them, and the audit log tells.
    ///
    /// - Parameter actor: whom the audit log names.
    /// - Throws: as `plan` does.
    package static func apply(
        _ bytes: [UInt8], to workspace: ID<Workspace>, actor: String, now: Date, in database: any Database
    ) async throws -> Outcome {
        try await database.write { db in
            let existing = try AccountStore.all(workspace, db)
            let known = Dictionary(existing.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let plan = try plan(existing: existing, file: bytes)
            var (before, after): ([ID<Account>: Account], [ID<Account>: Account]) = ([:], [:])
            for row in plan.rows {
                switch row.verdict {
                case .create(let draft):
                    let account = try AccountStore.insert(workspace, draft, now: now, db)
                    after[account.id] = account
                case .update(let id, let draft):
                    before[id] = known[id]
                    after[id] = try AccountStore.replace(workspace, id, draft, now: now, db)
                case .unchanged, .error: continue
                }
            }
            guard plan.created + plan.updated > 0 else { return Outcome(plan: plan, movedTickets: 0) }
            let change = AccountMatching.AccountChange(before: Array(before.values), now: Array(after.values))
            let moved = try AccountMatching.apply(change, workspace, db)
            try db.appendAudit(
                workspace, actor: actor, action: "accounts.import", subject: "CSV file",
                detail: "\(plan.created) added, \(plan.updated) changed, \(plan.unchanged) unchanged, \(plan.failed) refused", now: now)
            return Outcome(plan: plan, movedTickets: moved)
        }
    }

    /// What `apply` would do now.
    package static func preview(_ bytes: [UInt8], in workspace: ID<Workspace>, _ database: any Database) async throws -> AccountImport {
        let accounts = try await database.read { try AccountStore.all(workspace, $0) }
        return try plan(existing: accounts, file: bytes)
    }
}
