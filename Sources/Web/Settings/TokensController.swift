import Domain
import Hummingbird
import Markup
import Store

/// Keys for programs.
struct TokensController: Sendable {
    let site: Site

    func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context)
    }

    private func page(
        _ request: Request, _ context: WebContext, name: String = "", role: Role = .member, faults: [Failure.Field] = [],
        newToken: (name: String, secret: String)? = nil
    ) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageMembers)
        let page = TokensPage(
            tokens: try await site.tokens.list(viewer.workspace.id), role: viewer.role, csrf: session.csrf, now: site.realNow,
            newToken: newToken, draftName: name, draftRole: role, faults: faults)
        return try await PageMaker(site: site).page(page, request, context, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    /// The token stands in the very answer that made it, and nowhere afterwards.
    func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageMembers)
        let name = context.form.text("name")
        let role = Role(rawValue: context.form.text("role"))
        do {
            guard let role else { throw Failure(.invalid, "Choose a role.", fields: [.init("role", "Choose a role.")]) }
            let made = try await site.tokens.create(
                viewer.workspace.id, name: name, role: role, acting: viewer.role, by: viewer.displayName, now: site.realNow)
            try await site.audit.append(
                viewer.workspace.id, actor: viewer.displayName, action: "token.create", subject: made.token.name, detail: role.rawValue,
                now: site.realNow)
            return try await page(request, context, newToken: (made.token.name, made.secret.reveal()))
        } catch let failure as Failure where failure.kind == .invalid {
            return try await page(request, context, name: name, role: role ?? .member, faults: failure.fields)
        }
    }

    func revoke(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageMembers)
        let id = try context.id(of: APIToken.self).rawValue
        let name = try await site.tokens.list(viewer.workspace.id).first { $0.id == id }?.name ?? "token \(id)"
        try await site.tokens.revoke(viewer.workspace.id, id: id, acting: viewer.role)
        try await site.audit.append(
            viewer.workspace.id, actor: viewer.displayName, action: "token.revoke", subject: name, now: site.realNow)
        return PageAnswer.redirect(Route.tokens.link, saying: Notice(.positive, "“\(name)” is revoked."), site)
    }
}
