import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// Where Freshdesk's automations call. The key is the whole proof: Freshdesk cannot sign what it sends.
struct WebhookController: Sendable {
    let site: Site

    /// Only POST; the router refuses every other method.
    func addRoutes(to router: some RouterMethods<WebContext>) {
        router.post(RouterPath(Route.Pattern.webhook.rawValue)) { request, _ in
            try await receive(request, key: Self.key(in: request.headers))
        }
        router.post(RouterPath(Route.Pattern.webhookKey.rawValue)) { request, context in
            try await receive(request, key: try? context.text("key"))
        }
    }

    private func receive(_ request: Request, key: String?) async throws -> Response {
        // Looked up by its hash: how long that takes tells nothing about the key.
        guard let key, (1...200).contains(key.utf8.count),
            let scope = try await site.connections.scope(ofWebhookKeyHash: TokenHash.of(Secret(key)))
        else { throw Failure(.notFound, code: "unknown_key", "This webhook key is unknown. Copy the URL from the Freshdesk card again.") }
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: WebhookBody.longest)
        } catch is NIOTooManyBytesError {
            throw try await refusal(.contentTooLarge, scope, "A webhook's body may have at most 64 KB. Send only the ticket's id.")
        }
        guard let ticket = WebhookBody.ticket(in: body.readableBytesView) else {
            throw try await refusal(.badRequest, scope, "The body has no “ticket_id”. Send {\"ticket_id\": {{ticket.id}}}.")
        }
        // The worker's clock for waiting is real time, as for leases.
        try await EventStore(database: site.database).record(scope, ticket: ticket)
        return Response(status: .accepted)
    }

    /// What the caller is told, and whoever looks at the deliveries.
    private func refusal(_ status: HTTPResponse.Status, _ scope: MirrorScope, _ message: String) async throws -> HTTPError {
        try await site.deliveries.refuse(scope, because: message, now: site.realNow)
        return HTTPError(status, message: message)
    }

    /// From `X-Clynto-Key`, else the password of Basic authentication, whoever the user.
    static func key(in headers: HTTPFields) -> String? {
        if let name = HTTPField.Name("X-Clynto-Key"), let key = headers[name] { return key.trimmed }
        guard let header = headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Data(base64Encoded: String(parts[1]).trimmed),
            let pair = String(data: bytes, encoding: .utf8), let colon = pair.firstIndex(of: ":")
        else { return nil }
        return String(pair[pair.index(after: colon)...]).nilIfEmpty
    }
}
