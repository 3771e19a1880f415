import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Names each request and writes one line when it is answered: the pattern of its route, never its path, query, cookies or address.
struct RequestLog: RouterMiddleware {
    typealias Context = WebContext

    let site: Site

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let name = RequestName.accepted(request.headers[.requestID]) { context.requestID = name }
        context.logger = site.logger
        context.logger[metadataKey: "request.id"] = .string(context.requestID)
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        let route = context.endpointPath ?? "none"
        context.logger.log(
            level: Self.quiet.contains(route) ? .debug : .info, "Request answered",
            metadata: [
                "method": .string(request.method.rawValue), "route": .string(route), "status": .stringConvertible(response.status.code),
                "duration_ms": .stringConvertible(start.milliseconds)
            ])
        return response
    }

    /// Asked every few seconds by machines, or with every page.
    private static let quiet: Set<String> = [
        Route.Pattern.healthz.rawValue, Route.Pattern.readyz.rawValue, Route.Pattern.metrics.rawValue, Route.Pattern.asset.rawValue
    ]
}

extension ContinuousClock.Instant {
    /// Whole milliseconds since then.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = duration(to: .now).components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name.constant("X-Request-Id")
    static let csrfToken = HTTPField.Name.constant("X-CSRF-Token")
    static let fetchSite = HTTPField.Name.constant("Sec-Fetch-Site")
    static let permissionsPolicy = HTTPField.Name.constant("Permissions-Policy")
    static let referrerPolicy = HTTPField.Name.constant("Referrer-Policy")
    static let frameOptions = HTTPField.Name.constant("X-Frame-Options")
    static let openerPolicy = HTTPField.Name.constant("Cross-Origin-Opener-Policy")

    /// A name known at compile time. Anything that is no token would be a slip of ours and becomes a harmless header.
    private static func constant(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .server }
}
