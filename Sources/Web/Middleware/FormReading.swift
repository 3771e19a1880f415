import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// Reads the form of a POST into the context, up to a size, and refuses one that another site sent.
struct FormReading: RouterMiddleware {
    typealias Context = WebContext

    enum Token: Sendable {
        /// The session's.
        case session
        /// The visitor's cookie's, before signing in.
        case cookie
    }

    let site: Site
    /// Whose token the form carries.
    let token: Token
    /// Bytes accepted.
    let limit: Int

    /// Enough for every form that people type.
    static let typed = 64 * 1024
    /// Enough for a CSV file and the form around it, also when the browser has doubled every line end.
    static let upload = 2 * AccountCSV.longest + 64 * 1024

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard ForgeryCheck.concerns(request) else { return try await next(request, context) }
        try ForgeryCheck(site: site).requireOwnOrigin(request)
        var (request, context) = (request, context)
        context.form = try await Self.read(&request, limit: limit)
        let sent = request.headers[.csrfToken] ?? context.form["csrf_token"]
        switch token {
        case .session: if let session = context.session { try ForgeryCheck.require(sent, of: session) }
        case .cookie: try ForgeryCheck.require(sent, cookie: site.cookies.value(site.cookies.formName, of: request))
        }
        return try await next(request, context)
    }

    private static func read(_ request: inout Request, limit: Int) async throws -> Form {
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "This is too large: at most \(limit / 1024) KB can be sent here.")
        }
        let contentType = request.headers[.contentType] ?? ""
        if let boundary = MultipartForm.boundary(ofContentType: contentType) {
            guard let form = MultipartForm.read(Data(buffer: body), boundary: boundary) else {
                throw Failure(.invalid, "The form that arrived is incomplete. Send it again.")
            }
            return form
        }
        guard contentType.isEmpty || contentType.lowercased().hasPrefix("application/x-www-form-urlencoded") else {
            throw HTTPError(.unsupportedMediaType, message: "Send this as a form.")
        }
        return Form(urlEncoded: String(buffer: body))
    }
}

/// Under the API: a session cookie is only believed together with the header that no other site can send.
struct APIForgery: RouterMiddleware {
    typealias Context = WebContext

    let site: Site

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if ForgeryCheck.concerns(request), let session = context.session {
            let check = ForgeryCheck(site: site)
            try check.requireOwnOrigin(request)
            try ForgeryCheck.require(request.headers[.csrfToken], of: session)
        }
        return try await next(request, context)
    }
}
