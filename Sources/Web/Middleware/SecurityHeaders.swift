import HTTPTypes
import Hummingbird

/// What every answer tells the browser not to do. A controller may set its own value first; it is kept.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext

    let isHTTPS: Bool

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        func setDefault(_ name: HTTPField.Name, _ value: String) {
            if response.headers[name] == nil { response.headers[name] = value }
        }
        setDefault(.contentSecurityPolicy, ContentPolicy.page)
        setDefault(.cacheControl, "no-store")
        setDefault(.xContentTypeOptions, "nosniff")
        setDefault(.referrerPolicy, "same-origin")
        setDefault(.frameOptions, "DENY")
        setDefault(.openerPolicy, "same-origin")
        setDefault(.crossOriginResourcePolicy, "same-origin")
        setDefault(
            .permissionsPolicy,
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()")
        if isHTTPS { setDefault(.strictTransportSecurity, "max-age=31536000") }
        return response
    }
}

/// Content security policies. Nothing inline and nothing foreign runs anywhere.
enum ContentPolicy {
    static let page = policy(images: "'self'")
    /// A ticket whose reader asked for the pictures in its mails: they lie on any server.
    static let pageWithRemoteImages = policy(images: "'self' https: data:")

    private static func policy(images: String) -> String {
        [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src \(images)", "connect-src 'self'",
            "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"
        ].joined(separator: "; ")
    }
}
