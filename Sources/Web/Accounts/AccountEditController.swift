import Domain
import Hummingbird
import Markup
import Store
import Sync
import Synchronization

/// Making, changing and deleting accounts. Companies, contacts and tickets are matched anew in the same transaction.
struct AccountEditController: Sendable {
    let site: Site

    func newForm(_ request: Request, _ context: WebContext) async throws -> Response {
        try context.requireViewer().require(.manageAccounts)
        return try await form(request, context, account: nil, fields: AccountFields())
    }

    func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        return try await saved(request, context, account: nil) { draft, write in
            try await site.accounts.create(viewer.workspace.id, draft, now: site.realNow) { account, db in
                try write("account.create", before: nil, now: account, db)
            }
        }
    }

    func editForm(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let account = try await site.accounts.get(viewer.workspace.id, context.id()).account
        return try await form(request, context, account: Named(id: account.id, name: account.name), fields: AccountFields(account))
    }

    func update(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let account = try await site.accounts.get(viewer.workspace.id, context.id()).account
        return try await saved(request, context, account: Named(id: account.id, name: account.name)) { draft, write in
            try await site.accounts.update(viewer.workspace.id, account.id, draft, now: site.realNow) { before, account, db in
                try write("account.update", before: before, now: account, db)
            }
        }
    }

    func deleteForm(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let account = try await site.accounts.get(viewer.workspace.id, context.id()).account
        var query = TicketQuery()
        query.account = .init([.id(account.id)])
        let tickets = try await site.tickets.count(viewer.workspace.id, query, now: site.now)
        let page = AccountDeletePage(account: Named(id: account.id, name: account.name), tickets: tickets.count, csrf: session.csrf)
        return try await PageMaker(site: site).page(page, request, context)
    }

    func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let write = AccountWrite(viewer: viewer, site: site)
        let id = try context.id(of: Account.self)
        let account = try await site.accounts.get(viewer.workspace.id, id).account
        try await site.accounts.delete(viewer.workspace.id, id) { deleted, db in
            try write("account.delete", before: deleted, now: nil, db)
        }
        return PageAnswer.redirect(Route.accounts.link, saying: Notice(.positive, write.farewell(account)), site)
    }

    // MARK: The form

    private func saved(
        _ request: Request, _ context: WebContext, account: Named<Account>?,
        _ save: (AccountDraft, AccountWrite) async throws -> Account
    ) async throws -> Response {
        let fields = AccountFields(context.form.items)
        var (draft, faults) = fields.draft()
        draft.name = AccountCSV.cleaned(draft.name)
        do {
            draft = try draft.validated()
        } catch let failure as Failure {
            faults += failure.fields
        }
        guard faults.isEmpty else { return try await form(request, context, account: account, fields: fields, faults: faults) }
        let write = AccountWrite(viewer: try context.requireViewer(), site: site)
        do {
            let saved = try await save(draft, write)
            return PageAnswer.redirect(Route.account(saved.id).link, saying: try await write.notice(saved, isNew: account == nil), site)
        } catch let failure as Failure where failure.kind == .conflict || failure.kind == .invalid {
            let faults = failure.fields.isEmpty ? [Failure.Field("", failure.message, code: failure.code)] : failure.fields
            return try await form(request, context, account: account, fields: fields, faults: faults)
        }
    }

    private func form(
        _ request: Request, _ context: WebContext, account: Named<Account>?, fields: AccountFields, faults: [Failure.Field] = []
    ) async throws -> Response {
        let session = try context.requireSession()
        let page = AccountFormPage(account: account, fields: fields, faults: faults, csrf: session.csrf)
        return try await PageMaker(site: site).page(page, request, context, status: faults.isEmpty ? .ok : .unprocessableContent)
    }
}

/// What every change of an account does in its transaction besides: matching, the audit log, and counting the workspace's version up.
final class AccountWrite: Sendable {
    private let workspace: ID<Workspace>
    private let actor: String
    private let site: Site
    private let moved = Mutex(0)

    init(viewer: Viewer, site: Site) {
        workspace = viewer.workspace.id
        actor = viewer.displayName
        self.site = site
    }

    /// - Parameters:
    ///   - before: nil for a new account.
    ///   - now: nil for one that is gone.
    func callAsFunction(_ action: String, before: Account?, now: Account?, _ db: any Queries) throws {
        guard let account = now ?? before else { return }
        let change = AccountMatching.AccountChange(before: [before].compactMap(\.self), now: [now].compactMap(\.self))
        let count = try AccountMatching.apply(change, workspace, db)
        try db.appendAudit(
            workspace, actor: actor, action: action, subject: "account \(account.id)", detail: account.name, now: site.realNow)
        try db.bumpVersion(of: workspace)
        moved.withLock { $0 = count }
    }

    /// Tickets that belong to another account than before the change.
    var movedTickets: Int { moved.withLock { $0 } }

    /// What was done, which tickets moved, and which domains will not match anything.
    func notice(_ account: Account, isNew: Bool) async throws -> Notice {
        let odd = AccountCSV.oddDomains(account.domains)
        var sentences = [isNew ? "\(account.name) is created." : "Saved."]
        if let movement = try await movement(to: account) { sentences.append(movement) }
        return Notice(odd.isEmpty ? .positive : .warning, (sentences + odd.prefix(3)).joined(separator: " "))
    }

    /// What deleting did.
    func farewell(_ account: Account) -> String {
        let moved = movedTickets
        return "\(account.name) is deleted."
            + (moved > 0 ? " \(moved.counted("ticket")) changed account or \(moved == 1 ? "has" : "have") none now." : "")
    }

    private func movement(to account: Account) async throws -> String? {
        let moved = movedTickets
        guard moved > 0 else { return nil }
        var query = TicketQuery()
        query.account = .init([.id(account.id)])
        let total = try await site.tickets.count(workspace, query, now: site.now)
        if total.isExact, total.count == moved {
            return "\(moved.counted("ticket")) now \(moved == 1 ? "belongs" : "belong") to \(account.name)."
        }
        return "\(moved.counted("ticket")) changed account; \(account.name) now has \(total.text)."
    }
}
