import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// `/invite/{token}`: choosing a password, for an invitation or after a reset.
struct InvitationController: Sendable {
    let site: Site

    func form(_ request: Request, _ context: WebContext) async throws -> Response {
        let token = try context.text("token")
        let (invitation, workspace) = try await find(token)
        let formToken = site.cookies.formToken(of: request)
        var response = answer(
            InvitationPage(token: token, csrf: formToken, email: invitation.person.email, workspaceName: workspace?.name))
        response.setCookie(site.cookies.form(formToken))
        return response
    }

    func accept(_ request: Request, _ context: WebContext) async throws -> Response {
        let token = try context.text("token")
        let (invitation, workspace) = try await find(token)
        let password = context.form.text("password")
        func refused(_ sentence: String) -> Response {
            answer(
                InvitationPage(
                    token: token, csrf: context.form.text("csrf_token"), email: invitation.person.email, workspaceName: workspace?.name,
                    fault: sentence),
                status: .unprocessableContent)
        }
        guard password == context.form.text("repeat") else { return refused("The two passwords differ.") }
        do {
            let person = try await site.invitations.accept(Secret(token), password: Secret(password), now: site.realNow)
            return try await LoginController(site: site).welcome(person, workspace: workspace?.id, to: Route.home.link)
        } catch let failure as Failure where failure.kind == .invalid {
            return refused(failure.message)
        }
    }

    private func find(_ token: String) async throws -> (Invitation, Workspace?) {
        guard let invitation = try await site.invitations.find(Secret(token), now: site.realNow) else {
            throw Failure(.notFound, code: "link_expired", "This link has been used already or is too old. Ask for a new one.")
        }
        guard let id = invitation.workspaceID else { return (invitation, nil) }
        return (invitation, try await site.workspaces.get(id))
    }

    /// The address holds a secret: it must not be told to the next site as a referrer.
    private func answer(_ page: InvitationPage, status: HTTPResponse.Status = .ok) -> Response {
        var response = PageAnswer.bare(page.html, status: status)
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }
}
