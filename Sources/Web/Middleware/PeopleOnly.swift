import Domain
import HTTPTypes
import Hummingbird
import Store

/// Lets only people through who are signed in, members of a workspace or not.
struct PeopleOnly: RouterMiddleware {
    typealias Context = WebContext

    let site: Site

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard context.session != nil else { throw Failure(.unauthorized, "Sign in first.") }
        return try await next(request, context)
    }
}

/// Lets only members of a workspace through. Others are told where they stand, and how to sign out.
struct ViewersOnly: RouterMiddleware {
    typealias Context = WebContext

    let site: Site

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if context.viewer == nil, let session = context.session {
            return PageAnswer.bare(NoMembershipPage(email: session.person.email, csrf: session.csrf).html, status: .forbidden)
        }
        _ = try context.requireViewer()
        return try await next(request, context)
    }
}
