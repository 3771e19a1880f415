import Domain
import Hummingbird
import Markup
import Store
import Sync

/// Tickets without an account by e-mail domain, and accounts made of these domains. Everybody may look, admins decide.
struct OrphansController: Sendable {
    let site: Site

    private static let mostShown = 200

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let groups = try await OrphanGroups.read(viewer.workspace.id, TicketQuery(), site)
        let page = OrphansPage(
            list: OrphanList(
                groups: groups, most: Self.mostShown, mayCreate: viewer.role.can(.manageAccounts), back: nil, csrf: session.csrf))
        return try await PageMaker(site: site).page(page, request, context)
    }

    /// `do` says what: `create` makes an account of `domain`, `add` gives the domain to `account`, `ignore` leaves it out of matching.
    func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let (form, workspace, now) = (context.form, viewer.workspace.id, site.realNow)
        let write = AccountWrite(viewer: viewer, site: site)
        let back =
            form["back"].map { Route.tickets(TicketQuery.parse(Form(urlEncoded: $0).items).query).link } ?? Route.orphans.link
        let (account, domain, entries) = try await site.database.write { db -> (Account?, String, ClosedRange<Int64>?) in
            let store = MatchStore(db, workspace: workspace)
            let before = try store.lastEntry()
            func written() throws -> ClosedRange<Int64> {
                let last = try store.lastEntry()
                return (before + 1)...max(before + 1, last)
            }
            let setup = try MatchSetup(workspace, db)
            guard let (domain, standing) = OrphanDomain.standing(of: form.text("domain"), setup) else {
                throw Failure(.invalid, "This is no domain.")
            }
            switch (form["do"], standing) {
            case ("ignore", _):
                _ = try MatchDecisions.exclude(domain, in: workspace, by: viewer.displayName, now: now, db)
                try AccountMatching.apply(workspace, db)
                try db.bumpVersion(of: workspace)
                return (nil, domain, try written())
            case ("create", .free(let name, _)):
                let account = try AccountStore.insert(
                    workspace, AccountDraft(name: name, domains: [domain]).validated(), now: now, db)
                try write(MatchDecisions.creation, before: nil, now: account, db)
                return (account, domain, try written())
            case ("add", .free):
                guard let id = form["account"].flatMap({ ID<Account>($0) }), let known = setup.accounts.first(where: { $0.id == id }) else {
                    throw Failure(.invalid, "Choose an account.")
                }
                var draft = AccountDraft(known)
                draft.domains.append(domain)
                let account = try AccountStore.replace(workspace, id, draft.validated(), now: now, db)
                try write("account.update", before: known, now: account, db)
                return (account, domain, nil)
            case (_, .shared(let reason)): throw Failure(.invalid, "No account can be made of it: \(reason).")
            case (_, .contested): throw Failure(.conflict, "An account has the domain \(domain) by now.")
            default: throw Failure(.invalid, "This is nothing that can be done with a domain.")
            }
        }
        let moved = write.movedTickets
        let tickets = moved > 0 ? " \(moved.counted("ticket")) now \(moved == 1 ? "belongs" : "belong") to \(account?.name ?? "")." : ""
        let done =
            switch form["do"] {
            case "create": "\(account?.name ?? "") is created."
            case "add": "\(account?.name ?? "") has the domain \(domain) now."
            default: "\(domain) is ignored from now on. The settings of matching list it."
            }
        return PageAnswer.redirect(back, saying: Notice(.positive, done + tickets, undo: entries), site)
    }
}

/// `/accounts/from-domains`: every e-mail domain of tickets without an account.
struct OrphansPage: ShellPage {
    var list: OrphanList

    var pageTitle: String { "Tickets without an account" }
    var section: Section? { .accounts }

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Tickets without an account",
            lede: "By the e-mail domain of who wrote them. An account made from a domain has these tickets beside it at once."
        ) {
            LinkButton("See the tickets", to: Route.tickets(TicketPreset.withoutAccount.query).link).html
        }.html
        if list.groups.domains.isEmpty {
            Card {
                EmptyState(
                    .check, "No ticket is left over",
                    list.groups.ofCompanies == 0
                        ? "Every ticket belongs to an account." : "What belongs to no account waits for a decision about its company."
                ).html
            }.html
        }
        list.html
    }
}
