import Domain
import Hummingbird
import Markup
import Store
import Sync

/// Two accounts that are one customer become one, and are taken apart again.
struct AccountMergeController: Sendable {
    let site: Site

    /// Accounts offered for a search.
    private static let mostFound = 20

    /// Without `with`, which account; with it, what would move.
    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let (id, workspace, now) = (try context.id(of: Account.self), viewer.workspace.id, site.realNow)
        let query = Form(urlEncoded: request.uri.query ?? "")
        let kept = try await site.database.read { try MergeStore($0, workspace: workspace).account(id) }
        guard let other = query["with"].flatMap({ ID<Account>($0) }) else {
            let search = query.trimmed("q").map { String($0.prefix(TicketQuery.longestSearch)) }
            var found: [Account] = []
            if let search {
                found = try await site.accounts.list(workspace, search: search, after: nil, limit: Self.mostFound).rows.map(\.account)
            } else {
                found = try await site.database.read { Self.similar(to: kept, try AccountStore.all(workspace, $0)) }
            }
            let page = AccountMergeChoicePage(kept: kept, search: search, found: found.filter { $0.id != id })
            return try await PageMaker(site: site).page(page, request, context)
        }
        let page = try await site.database.read { db in
            let store = MergeStore(db, workspace: workspace)
            let gone = try store.account(other)
            var page = AccountMergePage(kept: kept, gone: gone, moved: try store.belongings(of: other), csrf: session.csrf)
            do {
                page.merged = try AccountMerge.merged(kept, with: gone, now: now)
            } catch let failure as Failure {
                page.fault = failure.message
            }
            return page
        }
        return try await PageMaker(site: site).page(page, request, context, status: page.fault == nil ? .ok : .unprocessableContent)
    }

    func merge(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let (kept, workspace, actor, now) = (
            try context.id(of: Account.self), viewer.workspace.id, viewer.displayName, site.realNow
        )
        guard let gone = context.form["with"].flatMap({ ID<Account>($0) }) else { throw Failure(.invalid, "Choose an account.") }
        let outcome = try await site.database.write { db in
            try AccountUnion.merge(gone, into: kept, in: workspace, by: actor, now: now, db)
        }
        let tickets = outcome.moved.tickets
        let moved = tickets > 0 ? " \(tickets.counted("ticket")) moved." : ""
        return PageAnswer.redirect(
            Route.account(kept).link,
            saying: Notice(.positive, "\(outcome.gone.name) is a part of \(outcome.kept.name) now.\(moved) It can be undone on this page."),
            site)
    }

    func undo(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let (account, workspace, actor, now) = (
            try context.id(of: Account.self), viewer.workspace.id, viewer.displayName, site.realNow
        )
        guard let merge = context.form["merge"].flatMap({ Int64($0) }) else { throw Failure(.invalid, "Choose a merge.") }
        do {
            let outcome = try await site.database.write { db in
                try AccountUnion.undo(merge, in: workspace, by: actor, now: now, db)
            }
            let tickets = outcome.moved.tickets
            let moved = tickets > 0 ? " \(tickets.counted("ticket")) \(tickets == 1 ? "is" : "are") beside it again." : ""
            return PageAnswer.redirect(
                Route.account(outcome.gone.id).link, saying: Notice(.positive, "\(outcome.gone.name) is back.\(moved)"), site)
        } catch let failure as Failure where failure.kind == .conflict {
            return PageAnswer.redirect(Route.account(account).link, saying: Notice(.warning, failure.message), site)
        }
    }

    /// Accounts that may be the same customer: a name or a domain in common.
    private static func similar(to account: Account, _ all: [Account]) -> [Account] {
        func names(_ account: Account) -> Set<String> { Set(([account.name] + account.aliases).map { $0.lowercased() }) }
        func domains(_ account: Account) -> Set<String> { Set(account.domains.map { $0.lowercased() }) }
        let (own, places) = (names(account), domains(account))
        return Array(
            all.filter { !names($0).isDisjoint(with: own) || !domains($0).isDisjoint(with: places) }.prefix(mostFound))
    }
}
