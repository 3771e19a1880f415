import Domain
import Hummingbird
import Markup
import Store

/// Offers the companies without an account, and makes accounts from the ticked ones.
struct AccountsFromCompaniesController: Sendable {
    let site: Site

    private static let mostShown = 200
    /// Made at once at most: everything happens in one transaction.
    private static let mostCreated = 5_000

    func form(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context, fault: nil)
    }

    private func page(_ request: Request, _ context: WebContext, fault: String?) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let workspace = viewer.workspace.id
        let page = AccountsFromCompaniesPage(
            companies: try await site.directory.unmatchedCompanies(workspace, limit: Self.mostShown),
            total: try await site.directory.companyCounts(workspace)["unmatched", default: 0], fault: fault, csrf: session.csrf)
        return try await PageMaker(site: site).page(page, request, context, status: fault == nil ? .ok : .unprocessableContent)
    }

    func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let workspace = viewer.workspace.id
        let companies =
            context.form["all"] == "yes"
            ? try await site.directory.unmatchedCompanies(workspace, limit: Self.mostCreated).map(\.company.id)
            : Array(Set(context.form.values("company").compactMap { ID<Company>($0) })).sorted()
        guard !companies.isEmpty else { return try await page(request, context, fault: "Tick at least one company.") }
        let outcome = try await AccountsFromCompanies.create(
            companies, in: workspace, actor: viewer.displayName, now: site.realNow, site.database)
        let moved = outcome.movedTickets
        let tickets = moved > 0 ? " \(moved.counted("ticket")) now \(moved == 1 ? "belongs" : "belong") to them." : ""
        let notice =
            outcome.created == 0
            ? Notice(.info, "These companies belong to accounts already.")
            : Notice(.positive, "\(outcome.created.counted("account")) created.\(tickets)")
        return PageAnswer.redirect(Route.accounts.link, saying: notice, site)
    }
}
