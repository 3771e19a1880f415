import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// The JSON API and its description.
struct APIController: Sendable {
    let site: Site
    let endpoints: [APIEndpoint]
    private let document: ByteBuffer

    /// - Parameter pace: of the event stream.
    init(site: Site, pace: CardEvents.Pace = .init()) {
        self.site = site
        endpoints =
            ConnectionAPI(pace: pace).endpoints + RunsAPI().endpoints + TicketsAPI().endpoints + DirectoryAPI().endpoints
            + AccountsAPI().endpoints + MatchesAPI().endpoints + LarryAPI().endpoints + AuditAPI().endpoints
        document = OpenAPIDocument(endpoints: endpoints, publicURL: site.publicURL, sessionCookie: site.cookies.sessionName).json.buffer
    }

    /// Adds every route under its full path. The router's middleware has found out who is asking, and checked the header that a session
    /// cookie needs.
    func addRoutes(to router: some RouterMethods<WebContext>) {
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.route.pattern), method: endpoint.method) { [site] request, context in
                try await endpoint.respond(to: request, context: context, site: site)
            }
        }
        // The description tells no secret, and tools fetch it without a token.
        router.get(RouterPath(APIRoute.openAPI.pattern)) { [document] _, _ in
            Response(
                status: .ok, headers: [.contentType: "application/json; charset=utf-8"], body: ResponseBody(byteBuffer: document))
        }
    }
}
