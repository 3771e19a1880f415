import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Signing in and out, and looking at another workspace.
struct LoginController: Sendable {
    let site: Site

    func form(_ request: Request, _ context: WebContext) async throws -> Response {
        let query = Form(urlEncoded: request.uri.query ?? "")
        let next = NextPage.accepted(query["next"])
        if context.viewer != nil { return PageAnswer.redirect(next ?? Route.home.link) }
        let carried = site.cookies.value(site.cookies.noticeName, of: request)
        let token = site.cookies.formToken(of: request)
        let page = LoginPage(
            csrf: token, next: next?.destination, notice: carried.flatMap(NoticeText.notice), pretendedNow: site.pretendedNow)
        var response = PageAnswer.bare(page.html)
        response.setCookie(site.cookies.form(token))
        if carried != nil { response.setCookie(site.cookies.cleared(site.cookies.noticeName)) }
        return response
    }

    func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let email = context.form.text("email").trimmed
        let password = Secret(context.form.text("password"))
        let next = NextPage.accepted(context.form["next"])
        let now = site.realNow
        func refused(_ status: HTTPResponse.Status, _ sentence: String) -> Response {
            let page = LoginPage(
                csrf: context.form.text("csrf_token"), email: String(email.prefix(320)), next: next?.destination, fault: sentence,
                pretendedNow: site.pretendedNow)
            return PageAnswer.bare(page.html, status: status)
        }
        guard !email.isEmpty, !password.reveal().isEmpty else {
            return refused(.unprocessableContent, "Enter your e-mail address and your password.")
        }
        if let until = try await site.signIns.begin(email: email, address: context.clientAddress, now: now) {
            let seconds = max(1, Int(until.timeIntervalSince(now).rounded(.up)))
            var response = refused(.tooManyRequests, "Too many attempts. Try again in \(Span.text(Double(seconds))).")
            response.headers[.retryAfter] = String(seconds)
            return response
        }
        guard let person = try await site.people.authenticate(email: email, password: password) else {
            return refused(.unprocessableContent, "That e-mail address and password do not go together.")
        }
        try await site.signIns.succeed(email: email, address: context.clientAddress)
        // A browser changes hands: what it was signed in as before ends.
        if let old = context.session { try await site.sessions.delete(old) }
        return try await welcome(person, to: next ?? Route.home.link)
    }

    /// Begins a session and goes on.
    func welcome(_ person: Person, workspace: ID<Workspace>? = nil, to link: Link) async throws -> Response {
        let token = try await site.sessions.create(for: person.id, workspace: workspace, now: site.realNow)
        var response = PageAnswer.redirect(link)
        response.setCookie(site.cookies.session(token))
        return response
    }

    func signOut(_ request: Request, _ context: WebContext) async throws -> Response {
        if let session = context.session { try await site.sessions.delete(session) }
        var response = PageAnswer.redirect(Route.login.link, saying: Notice(.info, "You are signed out."), site)
        response.setCookie(site.cookies.cleared(site.cookies.sessionName))
        return response
    }

    func switchWorkspace(_ request: Request, _ context: WebContext) async throws -> Response {
        let session = try context.requireSession()
        try await site.sessions.switchWorkspace(session, to: try context.id(), now: site.realNow)
        return PageAnswer.redirect(Route.home.link)
    }
}
