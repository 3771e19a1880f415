import Domain
import HTTPTypes
import Hummingbird
import Logging
import Store

/// Finds out who is asking: by session cookie, and under the API also by bearer token. Strangers pass; pages and calls that need
/// somebody say so themselves.
struct Authentication: RouterMiddleware {
    typealias Context = WebContext

    let site: Site

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let path = request.uri.path
        if Self.isOpen(path) { return try await next(request, context) }
        if path.hasPrefix(APIRoute.prefix), let header = request.headers[.authorization] {
            context.viewer = try await viewer(authorization: header)
        } else if let token = site.cookies.sessionToken(of: request) {
            context.session = try await site.sessions.find(token, now: site.realNow)
            context.viewer = context.session?.viewer
        }
        if let viewer = context.viewer { context.logger[metadataKey: "workspace.id"] = .stringConvertible(viewer.workspace.id) }
        return try await next(request, context)
    }

    private func viewer(authorization: String) async throws -> Viewer {
        let parts = authorization.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Failure(.unauthorized, "Send the header “Authorization: Bearer TOKEN”.")
        }
        guard let viewer = try await site.tokens.find(Secret(String(parts[1])), now: site.realNow) else {
            throw Failure(.unauthorized, "This API token is unknown or was revoked.")
        }
        return viewer
    }

    /// Paths that look the same to everybody: asking the database who is there would only cost.
    private static func isOpen(_ path: String) -> Bool {
        path.hasPrefix("/assets/") || path.hasPrefix("/webhooks/") || path == Route.healthz.path || path == Route.readyz.path
            || path == Route.metrics.path
    }
}
