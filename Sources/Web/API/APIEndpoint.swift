import Domain
import HTTPTypes
import Hummingbird

/// One call of the API: where it is, who may make it, what it is in words, and what it does. The router, the role check and the
/// OpenAPI description are all made from it.
struct APIEndpoint: Sendable {
    typealias Handler = @Sendable (APICall) async throws -> Response

    var method: HTTPRequest.Method
    var route: APIRoute
    var permission: Permission
    var description: APIDescription
    var handle: Handler

    init(
        _ method: HTTPRequest.Method, _ route: APIRoute, _ permission: Permission, _ description: APIDescription,
        handle: @escaping Handler
    ) {
        self.method = method
        self.route = route
        self.permission = permission
        self.description = description
        self.handle = handle
    }

    /// A call that is part of the contract and not built yet: 501 after the role check.
    static func later(
        _ method: HTTPRequest.Method, _ route: APIRoute, _ permission: Permission, _ description: APIDescription, saying sentence: String
    ) -> APIEndpoint {
        APIEndpoint(method, route, permission, description) { _ in throw HTTPError(.notImplemented, message: sentence) }
    }

    /// The least role that may make the call.
    var leastRole: Role { Role.allCases.last { $0.can(permission) } ?? .owner }

    /// The role is asked for before anything else is looked at.
    func respond(to request: Request, context: WebContext, site: Site) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(permission)
        return try await handle(APICall(site: site, request: request, context: context, viewer: viewer))
    }
}

/// What the OpenAPI document says about a call.
struct APIDescription: Sendable {
    struct Parameter: Sendable {
        var name: String
        var text: String
        var schema: JSON
    }

    /// An answer that is not an error.
    struct Answer: Sendable {
        var status: Int
        var text: String
        /// Nil for an answer without a body.
        var schema: JSON?
        var contentType = "application/json"
    }

    var summary: String
    var query: [Parameter] = []
    /// Schema of the body; nil when none is read.
    var body: JSON?
    var answers: [Answer]
    /// Statuses of problems beside 401, 403, 422 (where something is read) and 500.
    var problems: [Int] = []

    init(_ summary: String, query: [Parameter] = [], body: JSON? = nil, answers: [Answer], problems: [Int] = []) {
        self.summary = summary
        self.query = query
        self.body = body
        self.answers = answers
        self.problems = problems
    }
}
