import Domain
import Hummingbird
import Store

/// The accounts and one of them with its Support section.
struct AccountsController: Sendable {
    let site: Site

    private static let pageLength = 50
    /// Shown beside an account.
    private static let mostTickets = 10
    private static let mostContacts = 25
    private static let mostCompanies = 50

    func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let query = Form(urlEncoded: request.uri.query ?? "")
        let place = ListPlace(query["cursor"])
        let workspace = viewer.workspace.id
        let search = query.trimmed("q").map { String($0.prefix(TicketQuery.longestSearch)) }
        let accounts = place.placed(
            try await site.accounts.list(workspace, search: search, after: place.id(), limit: Self.pageLength))
        let mayManage = viewer.role.can(.manageAccounts)
        var page = AccountsPage(accounts: accounts, search: search, mayManage: mayManage, now: site.now)
        if mayManage {
            page.unmatchedCount = try await site.directory.companyCounts(workspace)["unmatched", default: 0]
            if page.unmatchedCount > 0 { page.unmatched = try await site.directory.unmatchedCompanies(workspace, limit: 3) }
        }
        return try await PageMaker(site: site).page(page, request, context)
    }

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let id = try context.id(of: Account.self)
        let workspace = viewer.workspace.id
        let (known, merges, gone) = try await site.database.read { db in
            let merges = MergeStore(db, workspace: workspace)
            return (try AccountStore.isThere(workspace, id, db), try merges.standing(into: id), try merges.merge(of: id))
        }
        if !known, let gone {
            // Links that people kept lead to the account it is a part of.
            return PageAnswer.redirect(
                Route.account(gone.kept).link, saying: Notice(.info, "\(gone.gone.name) was merged into this account."), site)
        }
        let summary = try await site.accounts.get(workspace, id)
        var query = TicketQuery()
        query.account = .init([.id(id)])
        query.limit = Self.mostTickets
        let glance = try await site.glance(context)
        let page = AccountPage(
            account: summary.account, support: try await site.support.summary(workspace, id, now: site.now),
            recent: try await site.tickets.list(workspace, query, now: site.now, total: Total(count: 0, isExact: false)).rows,
            contacts: try await site.directory.contacts(workspace, account: id, after: nil, limit: Self.mostContacts),
            companies: try await site.directory.companies(workspace, of: id, limit: Self.mostCompanies),
            standing: MirrorStanding(card: glance.card), merges: merges, mayManage: viewer.role.can(.manageAccounts),
            csrf: try context.requireSession().csrf, portal: site.portal(glance.connection), now: site.now)
        return try await PageMaker(site: site).page(page, request, context, glance: glance)
    }
}
