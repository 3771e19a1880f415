import Domain
import Foundation
import Hummingbird
import Markup
import Store
import Sync

/// The review desk: which company belongs to which account, decided by people. Everybody may look, admins decide.
struct MatchingController: Sendable {
    let site: Site

    private static let pageLength = 25
    /// Accounts offered for a search.
    private static let mostFound = 10

    // MARK: The desk

    func desk(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let query = Form(urlEncoded: request.uri.query ?? "")
        let state = query["state"].flatMap(CompanyMatch.State.init(rawValue:)) ?? .review
        let offset = max(0, min(query["from"].flatMap { Int($0) } ?? 0, 10_000_000))
        let workspace = viewer.workspace.id
        let (list, counts) = try await site.database.read { db in
            let store = MatchStore(db, workspace: workspace)
            return (try store.desk(state, offset: offset, limit: Self.pageLength), try store.deskCounts())
        }
        let page = MatchingPage(
            state: state, matches: list.rows, offset: offset, total: list.total, pageLength: Self.pageLength, counts: counts,
            mayDecide: viewer.role.can(.manageAccounts), csrf: session.csrf, now: site.now)
        return try await PageMaker(site: site).page(page, request, context)
    }

    // MARK: One company

    func company(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let id = try context.id(of: Company.self)
        let workspace = viewer.workspace.id
        let search = Form(urlEncoded: request.uri.query ?? "").trimmed("q").map { String($0.prefix(TicketQuery.longestSearch)) }
        let (match, history, neighbours) = try await site.database.read { db in
            let store = MatchStore(db, workspace: workspace)
            let match = try store.review(of: id)
            return (match, try store.history(of: id), try MatchDecisions.neighbours(of: match.company, in: workspace, db).count)
        }
        var found: [Named<Account>] = []
        if let search {
            found = try await site.accounts.list(workspace, search: search, after: nil, limit: Self.mostFound).rows
                .map { Named(id: $0.account.id, name: $0.account.name) }
        }
        let page = MatchingCompanyPage(
            match: match, history: history, neighbours: neighbours, search: search, found: found,
            mayDecide: viewer.role.can(.manageAccounts), csrf: session.csrf, now: site.now)
        return try await PageMaker(site: site).page(page, request, context)
    }

    /// `do` says what: `accept` with `account`, `none`, `ignore`, `undo`, `create`; `domain=yes` decides the same for every undecided
    /// company that shares a domain.
    func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let id = try context.id(of: Company.self)
        let (form, workspace, actor, now) = (context.form, viewer.workspace.id, viewer.displayName, site.realNow)
        let done = try await site.database.write { db in
            let match = try MatchStore(db, workspace: workspace).review(of: id)
            let created: Account? =
                try form["do"] == "create"
                ? AccountStore.insert(workspace, AccountsFromCompanies.draft(of: [match.company]), now: now, db) : nil
            let verdict = try created.map { MatchVerdict.belongs(to: $0.id) } ?? Self.verdict(form)
            let others = form["domain"] == "yes" ? try MatchDecisions.neighbours(of: match.company, in: workspace, db) : []
            let outcome = try MatchDecisions.decide(
                ([id] + others).map { ($0, verdict) }, in: workspace, by: actor, now: now, creating: [created].compactMap(\.self), db)
            var account: Account?
            if case .belongs(let id) = verdict { account = try AccountStore.all(workspace, db).first { $0.id == id } }
            return (match, verdict, outcome, account)
        }
        let notice = DecisionWords.notice(of: done.0.company, done.1, done.2, account: done.3)
        let back = form["from"] == "company" ? Route.matchingCompany(id).link : Route.matching.link(["state": form["state"]])
        return PageAnswer.redirect(back, saying: notice, site)
    }

    private static func verdict(_ form: Form) throws -> MatchVerdict {
        switch form["do"] {
        case "accept":
            guard let account = form["account"].flatMap({ ID<Account>($0) }) else {
                throw Failure(.invalid, "Choose an account.", fields: [.init("account", "Choose an account.", code: "missing")])
            }
            return .belongs(to: account)
        case "none": return .belongsToNone
        case "ignore": return .ignore
        case "undo": return .leaveToMatching
        default: throw Failure(.invalid, "This is nothing that can be decided about a company.")
        }
    }

    // MARK: Many at once

    func bulkPreview(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let percent = Form(urlEncoded: request.uri.query ?? "")["least"].flatMap { Int($0) } ?? MatchingBulkPage.standardPercent
        let least = max(MatchingBulkPage.percents.lowerBound, min(percent, MatchingBulkPage.percents.upperBound))
        let workspace = viewer.workspace.id
        let proposals = try await site.database.read {
            try MatchDecisions.proposals(atLeast: Double(least) / 100, in: workspace, $0)
        }
        let page = MatchingBulkPage(percent: least, proposals: proposals, csrf: session.csrf)
        return try await PageMaker(site: site).page(page, request, context)
    }

    /// Accepts exactly what the preview showed: `pair=COMPANY:ACCOUNT`, once each. A company that is no longer in review with that
    /// account as its first candidate is left as it is.
    func bulkAccept(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let pairs = Set(context.form.values("pair"))
        let (workspace, actor, now) = (viewer.workspace.id, viewer.displayName, site.realNow)
        let outcome = try await site.database.write { db in
            let still = try MatchDecisions.proposals(atLeast: 0, in: workspace, db).filter { pairs.contains(MatchingBulkPage.pair($0)) }
            let verdicts = still.map { ($0.match.company.id, MatchVerdict.belongs(to: $0.candidate.account.id)) }
            return try MatchDecisions.decide(verdicts, in: workspace, by: actor, now: now, db)
        }
        let notice =
            outcome.companies == 0
            ? Notice(.info, "Nothing was attached: these companies are no longer in review.")
            : Notice(
                .positive,
                "\(outcome.companies.counted("company", "companies")) attached, \(outcome.tickets.counted("ticket")) moved to their accounts."
            )
        return PageAnswer.redirect(Route.matching.link, saying: notice, site)
    }
}
