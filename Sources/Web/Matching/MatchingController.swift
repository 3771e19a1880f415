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
        var page = MatchingPage(
            state: state, offset: offset, pageLength: Self.pageLength, mayDecide: viewer.role.can(.manageAccounts), csrf: session.csrf)
        if query["by"] == "domain" {
            (page.groups, page.total, page.counts) = try await site.database.read { try Self.groups(state, offset, workspace, $0) }
        } else {
            (page.matches, page.total, page.counts) = try await site.database.read { db in
                let store = MatchStore(db, workspace: workspace)
                let list = try store.desk(state, offset: offset, limit: Self.pageLength)
                return (list.rows, list.total, try store.deskCounts())
            }
        }
        return try await PageMaker(site: site).page(page, request, context)
    }

    /// Companies of one domain shown at once, on the desk by domain.
    private static let mostOfDomain = 10
    private static let groupsAPage = 10

    private static func groups(
        _ state: CompanyMatch.State, _ offset: Int, _ workspace: ID<Workspace>, _ db: any Queries
    ) throws -> ([MatchingPage.Group]?, Int, [CompanyMatch.State: Int]) {
        let store = MatchStore(db, workspace: workspace)
        let all = DeskGroup.groups(of: try store.entries(state), try MatchSetup.shared(workspace, db))
        let shown = try all.dropFirst(offset).prefix(groupsAPage).map { group in
            MatchingPage.Group(group: group, matches: try store.matches(of: Array(group.companies.prefix(mostOfDomain))))
        }
        return (shown, all.count, try store.deskCounts())
    }

    // MARK: One company

    func company(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let id = try context.id(of: Company.self)
        let workspace = viewer.workspace.id
        let search = Form(urlEncoded: request.uri.query ?? "").trimmed("q").map { String($0.prefix(TicketQuery.longestSearch)) }
        let (match, history, changes, neighbours) = try await site.database.read { db in
            let store = MatchStore(db, workspace: workspace)
            let match = try store.review(of: id)
            let neighbours = try MatchDecisions.neighbours(of: match.company, in: workspace, db).count
            return (match, try store.history(of: id), try store.changes(of: id), neighbours)
        }
        var found: [Named<Account>] = []
        if let search {
            found = try await site.accounts.list(workspace, search: search, after: nil, limit: Self.mostFound).rows
                .map { Named(id: $0.account.id, name: $0.account.name) }
        }
        let page = MatchingCompanyPage(
            match: match, history: history, changes: changes, neighbours: neighbours, search: search, found: found,
            mayDecide: viewer.role.can(.manageAccounts), csrf: session.csrf, now: site.now)
        return try await PageMaker(site: site).page(page, request, context)
    }

    /// `do` says what: `accept` with `account`, `none`, `ignore`, `undo`, `create`; `domain=yes` decides the same for every undecided
    /// company that shares a domain, and with `ignore` leaves the domain out of matching from now on.
    func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let id = try context.id(of: Company.self)
        let (form, workspace, actor, now) = (context.form, viewer.workspace.id, viewer.displayName, site.realNow)
        let done = try await site.database.write { db in
            let store = MatchStore(db, workspace: workspace)
            let (match, before) = (try store.review(of: id), try store.lastEntry())
            let others = form["domain"] == "yes" ? try MatchDecisions.neighbours(of: match.company, in: workspace, db) : []
            let companies = try [match.company] + store.matches(of: others).map(\.company)
            let created: Account? =
                try form["do"] == "create"
                ? Self.create(companies, in: workspace, by: actor, now: now, db) : nil
            let verdict = try created.map { MatchVerdict.belongs(to: $0.id) } ?? Self.verdict(form)
            var excluded: String?
            if verdict == .ignore, form["domain"] == "yes",
                let domain = DeskGroup.domain(of: match.company, try MatchSetup.shared(workspace, db)),
                try MatchDecisions.exclude(domain, in: workspace, by: actor, now: now, db)
            {
                excluded = domain
            }
            var outcome = try MatchDecisions.decide(
                companies.map { ($0.id, verdict) }, in: workspace, by: actor, now: now, creating: [created].compactMap(\.self), db)
            // A domain that decides nothing any more concerns everybody who has it.
            if excluded != nil { outcome.tickets += try AccountMatching.apply(workspace, db) }
            var account: Account?
            if case .belongs(let id) = verdict { account = try AccountStore.all(workspace, db).first { $0.id == id } }
            let last = try store.lastEntry()
            return Done(
                match: match, verdict: verdict, outcome: outcome, account: account, excluded: excluded,
                entries: (before + 1)...max(before + 1, last))
        }
        var notice = DecisionWords.notice(of: done.match.company, done.verdict, done.outcome, account: done.account)
        if let excluded = done.excluded { notice.text += " \(excluded) decides nothing from now on." }
        if done.verdict != .leaveToMatching { notice.undo = done.entries }
        let back =
            form["from"] == "company"
            ? Route.matchingCompany(id).link : Route.matching.link(["state": form["state"], "by": form["by"], "from": form["offset"]])
        return PageAnswer.redirect(back, saying: notice, site)
    }

    private static func create(
        _ companies: [Company], in workspace: ID<Workspace>, by actor: String, now: Date, _ db: any Queries
    ) throws -> Account {
        let account = try AccountStore.insert(workspace, AccountsFromCompanies.draft(of: companies), now: now, db)
        try db.appendAudit(
            workspace, actor: actor, action: MatchDecisions.creation, subject: "account \(account.id)", detail: account.name, now: now)
        return account
    }

    /// What one act did.
    private struct Done: Sendable {
        var match: CompanyMatch
        var verdict: MatchVerdict
        var outcome: MatchDecisions.Outcome
        var account: Account?
        /// A domain that is left out of matching since.
        var excluded: String?
        /// What it wrote into the audit log.
        var entries: ClosedRange<Int64>
    }

    /// Takes back what one act decided: `first` and `last` are the audit log's entries of it.
    func undo(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let (workspace, actor, now) = (viewer.workspace.id, viewer.displayName, site.realNow)
        guard let entries = NoticeText.range("\(context.form.text("first"))-\(context.form.text("last"))") else {
            throw Failure(.invalid, "There is nothing to take back.")
        }
        let outcome = try await site.database.write { db in
            try MatchDecisions.takeBack(entries, in: workspace, by: actor, now: now, db)
        }
        return PageAnswer.redirect(Route.matching.link, saying: DecisionWords.takenBack(outcome), site)
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
        let (outcome, entries) = try await site.database.write { db in
            let store = MatchStore(db, workspace: workspace)
            let before = try store.lastEntry()
            let still = try MatchDecisions.proposals(atLeast: 0, in: workspace, db).filter { pairs.contains(MatchingBulkPage.pair($0)) }
            let verdicts = still.map { ($0.match.company.id, MatchVerdict.belongs(to: $0.candidate.account.id)) }
            let outcome = try MatchDecisions.decide(verdicts, in: workspace, by: actor, now: now, db)
            let last = try store.lastEntry()
            return (outcome, (before + 1)...max(before + 1, last))
        }
        let notice =
            outcome.companies == 0
            ? Notice(.info, "Nothing was attached: these companies are no longer in review.")
            : Notice(
                .positive,
                "\(outcome.companies.counted("company", "companies")) attached, \(outcome.tickets.counted("ticket")) moved to their accounts.",
                undo: entries)
        return PageAnswer.redirect(Route.matching.link, saying: notice, site)
    }
}
