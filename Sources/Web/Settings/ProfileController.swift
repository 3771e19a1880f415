import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Store

/// What a person sets for themselves: password, theme, sessions.
struct ProfileController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context, faults: [])
    }

    private func page(_ request: Request, _ context: WebContext, faults: [Failure.Field]) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        let page = ProfilePage(
            name: session.person.name, email: session.person.email, role: viewer.role, theme: session.theme, csrf: session.csrf,
            faults: faults)
        return try await PageMaker(site: site).page(page, request, context, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    /// The person's other sessions end with the old password. Guesses at it are slowed down as at the sign-in page: whoever finds a
    /// browser left open must not be able to try passwords in it.
    func changePassword(_ request: Request, _ context: WebContext) async throws -> Response {
        let session = try context.requireSession()
        let form = context.form
        let (current, password) = (form.text("current"), form.text("password"))
        guard password == form.text("repeat") else {
            return try await page(request, context, faults: [.init("repeat", "The two passwords differ.", code: "different")])
        }
        let (email, address) = (session.person.email, context.clientAddress)
        if let until = try await site.signIns.begin(email: email, address: address, now: site.realNow) {
            let wait = Span.text(max(1, until.timeIntervalSince(site.realNow).rounded(.up)))
            return try await page(
                request, context, faults: [.init("current", "Too many attempts. Try again in \(wait).", code: "rate_limited")])
        }
        do {
            try await site.people.changePassword(session.person.id, from: Secret(current), to: Secret(password))
        } catch let failure as Failure where failure.kind == .invalid {
            // A new password that is too short says nothing about the current one.
            if failure.code != "wrong_password" { try await site.signIns.succeed(email: email, address: address) }
            let faults = failure.fields.map {
                Failure.Field($0.name == "current_password" ? "current" : $0.name, $0.message, code: $0.code)
            }
            return try await page(request, context, faults: faults)
        }
        try await site.signIns.succeed(email: email, address: address)
        let ended = try await site.sessions.deleteAll(of: session.person.id, except: session)
        let others = ended > 0 ? " \(ended.counted("other session")) ended." : ""
        return PageAnswer.redirect(Route.profile.link, saying: Notice(.positive, "Your password is changed.\(others)"), site)
    }

    func setTheme(_ request: Request, _ context: WebContext) async throws -> Response {
        let session = try context.requireSession()
        guard let theme = Theme(rawValue: context.form.text("theme")) else {
            throw Failure(.invalid, "Choose system, light or dark.", fields: [.init("theme", "Choose system, light or dark.")])
        }
        try await site.people.setTheme(session.person.id, to: theme)
        return PageAnswer.redirect(Self.cameFrom(request, site) ?? Route.profile.link)
    }

    func signOutEverywhere(_ request: Request, _ context: WebContext) async throws -> Response {
        let session = try context.requireSession()
        try await site.sessions.deleteAll(of: session.person.id)
        var response = PageAnswer.redirect(Route.login.link, saying: Notice(.info, "You are signed out on every device."), site)
        response.setCookie(site.cookies.cleared(site.cookies.sessionName))
        return response
    }

    /// The page of ours that the form stood on: the theme is chosen on every page.
    private static func cameFrom(_ request: Request, _ site: Site) -> Link? {
        guard let referer = request.headers[.referer], referer.hasPrefix(site.publicURL + "/") else { return nil }
        return NextPage.accepted(String(referer.dropFirst(site.publicURL.count)))
    }
}
