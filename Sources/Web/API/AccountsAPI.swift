import Domain
import HTTPTypes
import Hummingbird
import Store
import Sync

/// The workspace's customers, and what support they needed.
struct AccountsAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(
                .get, .accounts, .look,
                APIDescription(
                    "Accounts by name",
                    query: Schema.paging + [.init(name: "q", text: "Part of a name, alias, domain or external id", schema: Schema.string)],
                    answers: [.list(of: "Account")])
            ) { call in
                let list = try call.list(also: ["q"])
                let page = try await call.site.accounts.list(call.workspace, search: list["q"], after: list.after(), limit: list.limit)
                return call.answer(page) { $0.json }
            },
            APIEndpoint(
                .post, .accounts, .manageAccounts,
                APIDescription("Create an account", body: Schema.accountDraft, answers: [.one("Account", status: 201)], problems: [409]),
                handle: Self.create),
            APIEndpoint(.get, .account, .look, APIDescription("One account", answers: [.one("Account")], problems: [404])) { call in
                APIAnswer.json(try await call.site.accounts.get(call.workspace, call.id()).json)
            },
            APIEndpoint(
                .patch, .account, .manageAccounts,
                APIDescription(
                    "Change the given fields of an account; null clears one", body: Schema.accountPatch, answers: [.one("Account")],
                    problems: [404, 409]), handle: Self.update),
            APIEndpoint(
                .delete, .account, .manageAccounts,
                APIDescription("Delete an account; its tickets stay", answers: [.nothing("Deleted")], problems: [404]),
                handle: Self.delete),
            APIEndpoint(
                .get, .accountSupport, .look,
                APIDescription("An account's support in numbers", answers: [.one("Support")], problems: [404])
            ) { call in
                let account: ID<Account> = try call.id()
                _ = try await call.site.accounts.get(call.workspace, account)
                let summary = try await call.site.support.summary(call.workspace, account, now: call.site.now)
                let links = try await call.ticketLinks()
                return APIAnswer.json(summary.json(url: links.url))
            }
        ]
    }

    private static let create: APIEndpoint.Handler = { call in
        let draft = try AccountDraft(name: "").changed(by: await call.fields()).validated()
        let (workspace, actor, now) = (call.workspace, call.viewer.displayName, call.site.realNow)
        let account = try await call.site.accounts.create(workspace, draft, now: now) { account, db in
            _ = try AccountMatching.apply(.init(now: [account]), workspace, db)
            try db.appendAudit(
                workspace, actor: actor, action: "account.create", subject: "account \(account.id)", detail: account.name, now: now)
            try db.bumpVersion(of: workspace)
        }
        var response = APIAnswer.json(try await call.site.accounts.get(workspace, account.id).json, status: .created)
        response.headers[.location] = APIRoute.account.path(id: account.id.rawValue)
        return response
    }

    /// Reading, changing and writing are one transaction, so that two changes at once of different fields both hold.
    private static let update: APIEndpoint.Handler = { call in
        let id: ID<Account> = try call.id()
        let fields = try await call.fields()
        let (workspace, actor, now) = (call.workspace, call.viewer.displayName, call.site.realNow)
        try await call.site.database.write { db in
            guard let known = try AccountStore.all(workspace, db).first(where: { $0.id == id }) else {
                throw Failure(.notFound, "There is no account \(id) in this workspace.")
            }
            let draft = try AccountDraft(known).changed(by: fields).validated()
            let account = try AccountStore.replace(workspace, id, draft, now: now, db)
            _ = try AccountMatching.apply(.init(before: [known], now: [account]), workspace, db)
            try db.appendAudit(
                workspace, actor: actor, action: "account.update", subject: "account \(id)", detail: account.name, now: now)
            try db.bumpVersion(of: workspace)
        }
        return APIAnswer.json(try await call.site.accounts.get(workspace, id).json)
    }

    private static let delete: APIEndpoint.Handler = { call in
        let id: ID<Account> = try call.id()
        let (workspace, actor, now) = (call.workspace, call.viewer.displayName, call.site.realNow)
        try await call.site.accounts.delete(workspace, id) { account, db in
            _ = try AccountMatching.apply(.init(before: [account]), workspace, db)
            try db.appendAudit(
                workspace, actor: actor, action: "account.delete", subject: "account \(id)", detail: account.name, now: now)
            try db.bumpVersion(of: workspace)
        }
        return APIAnswer.nothing
    }
}

extension AccountDraft {
    /// What an account holds now, to be changed in part.
    init(_ account: Account) {
        self.init(
            name: account.name, domains: account.domains, aliases: account.aliases, externalID: account.externalID,
            ownerEmail: account.ownerEmail, arr: account.arr, renewalDate: account.renewalDate, tags: account.tags)
    }

    /// The draft with the members that were sent; null clears one. Throws `invalid` for what cannot be read.
    func changed(by fields: JSONFields) throws -> AccountDraft {
        var (draft, fields) = (self, fields)
        if fields.has("name") { draft.name = fields.requiredText("name") }
        if fields.has("domains") { draft.domains = fields.texts("domains") ?? [] }
        if fields.has("aliases") { draft.aliases = fields.texts("aliases") ?? [] }
        if fields.has("external_id") { draft.externalID = fields.text("external_id") }
        if fields.has("owner_email") { draft.ownerEmail = fields.text("owner_email") }
        if fields.has("arr") { draft.arr = fields.decimal("arr") }
        if fields.has("renewal_date") { draft.renewalDate = fields.day("renewal_date") }
        if fields.has("tags") { draft.tags = fields.texts("tags") ?? [] }
        try fields.finish()
        return draft
    }
}
