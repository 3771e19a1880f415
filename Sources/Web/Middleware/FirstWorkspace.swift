import Domain
import Hummingbird
import Store
import Synchronization

/// Until there is a workspace, every page says how to make the first one.
final class FirstWorkspace: RouterMiddleware, Sendable {
    typealias Context = WebContext

    private let site: Site
    /// Set once, because workspaces are never deleted: then nothing is asked any more.
    private let exists = Mutex(false)

    init(site: Site) { self.site = site }

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if exists.withLock({ $0 }) || Self.isOpen(request.uri.path) { return try await next(request, context) }
        if try await site.workspaces.isEmpty() {
            return PageAnswer.bare(FirstWorkspacePage().html)
        }
        exists.withLock { $0 = true }
        return try await next(request, context)
    }

    /// Machines get their own answers.
    private static func isOpen(_ path: String) -> Bool {
        ["/assets/", "/webhooks/", APIRoute.prefix].contains { path.hasPrefix($0) }
            || [Route.healthz, .readyz, .metrics].contains { path == $0.path }
    }
}
