import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Who is in the workspace.
struct MembersController: Sendable {
    let site: Site

    func list(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context)
    }

    /// A new link is shown in the very answer that made it, this once.
    private func page(
        _ request: Request, _ context: WebContext, draft: MembersPage.Draft = .init(), newLink: (email: String, url: String)? = nil,
        notices: [Notice] = []
    ) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let members = try await site.members.list(viewer.workspace.id)
        var page = MembersPage(
            members: members, viewerID: session.person.id, role: viewer.role, csrf: session.csrf, now: site.realNow, draft: draft,
            newLink: newLink)
        if viewer.role.can(.manageMembers) {
            for member in members where try await !site.people.hasPassword(member.person.id) {
                page.withoutPassword.insert(member.person.id)
            }
        }
        return try await PageMaker(site: site).page(
            page, request, context, status: draft.faults.isEmpty ? .ok : .unprocessableContent, notices: notices)
    }

    func add(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageMembers)
        var draft = MembersPage.Draft()
        draft.email = context.form.text("email").trimmed
        draft.name = context.form.text("name").trimmed
        let role = Role(rawValue: context.form.text("role"))
        draft.role = role ?? .member
        do {
            guard let role else { throw Failure(.invalid, "Choose a role.", fields: [.init("role", "Choose a role.")]) }
            let person = try await findOrCreate(draft, acting: viewer.role, as: role)
            try await site.members.add(viewer.workspace.id, person: person.id, role: role, acting: viewer.role, now: site.realNow)
            try await audit(viewer, "member.add", person.email, detail: role.rawValue)
            guard let url = try await link(viewer, person) else {
                return PageAnswer.redirect(
                    Route.members.link,
                    saying: Notice(.positive, "\(person.email) is a member now and signs in with the password they have."), site)
            }
            return try await page(request, context, newLink: (person.email, url))
        } catch let failure as Failure where failure.kind == .invalid || failure.code == "already_member" {
            draft.faults = failure.fields.isEmpty ? [.init("email", failure.message, code: failure.code)] : failure.fields
            return try await page(request, context, draft: draft)
        }
    }

    /// People are found by their address on the whole installation. The role is checked before anybody is made.
    private func findOrCreate(_ draft: MembersPage.Draft, acting: Role, as role: Role) async throws -> Person {
        guard role != .owner || acting.can(.manageOwners) else {
            throw Failure(.forbidden, "Only owners make, change and remove owners. Ask an owner.")
        }
        if let known = try await site.people.find(email: draft.email) { return known }
        let name = draft.name.nilIfEmpty ?? String(draft.email.prefix { $0 != "@" }.prefix(PersonStore.longestName))
        return try await site.people.create(email: draft.email, name: name, now: site.realNow)
    }

    func setRole(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageMembers)
        let member = try await member(viewer, context)
        guard let role = Role(rawValue: context.form.text("role")) else {
            throw Failure(.invalid, "Choose a role.", fields: [.init("role", "Choose a role.")])
        }
        try await site.members.setRole(viewer.workspace.id, person: member.person.id, to: role, acting: viewer.role)
        try await audit(viewer, "member.role", member.person.email, detail: "\(member.role.rawValue) to \(role.rawValue)")
        return back("\(member.person.email) is \(role.label.lowercased()) now.")
    }

    func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageMembers)
        let member = try await member(viewer, context)
        try await site.members.remove(viewer.workspace.id, person: member.person.id, acting: viewer.role)
        try await audit(viewer, "member.remove", member.person.email, detail: member.role.rawValue)
        if member.person.id == context.session?.person.id { return PageAnswer.redirect(Route.home.link) }
        return back("\(member.person.email) is no longer a member.")
    }

    func invite(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageMembers)
        let member = try await member(viewer, context)
        guard member.role != .owner || viewer.role.can(.manageOwners) else {
            throw Failure(.forbidden, "Only owners make links for owners. Ask an owner.")
        }
        guard let url = try await link(viewer, member.person) else {
            return back("\(member.person.email) has a password, or was invited by another workspace first. No link is needed.")
        }
        try await audit(viewer, "member.invite", member.person.email)
        return try await page(request, context, newLink: (member.person.email, url))
    }

    private func member(_ viewer: Viewer, _ context: WebContext) async throws -> Member {
        guard let member = try await site.members.find(viewer.workspace.id, person: try context.id()) else {
            throw Failure(.notFound, "This person is not a member of the workspace.")
        }
        return member
    }

    private func link(_ viewer: Viewer, _ person: Person) async throws -> String? {
        let token = try await site.invitations.invite(viewer.workspace.id, person: person.id, now: site.realNow)
        return token.map { site.publicURL + Route.invite(token: $0.reveal()).path }
    }

    private func back(_ sentence: String) -> Response {
        PageAnswer.redirect(Route.members.link, saying: Notice(.positive, sentence), site)
    }

    private func audit(_ viewer: Viewer, _ action: String, _ subject: String, detail: String? = nil) async throws {
        try await site.audit.append(
            viewer.workspace.id, actor: viewer.displayName, action: action, subject: subject, detail: detail, now: site.realNow)
    }
}
