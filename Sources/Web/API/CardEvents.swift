import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Store
import Sync

/// The Freshdesk card as server-sent events: on connecting, and whenever it has changed.
///
/// `LiveVersions` tells of changes, whichever process made them. The stream ends by itself after a while: browsers come
/// back at once, and whoever was signed out meanwhile or lost a role is noticed then.
struct CardEvents: Sendable {
    struct Pace: Sendable {
        /// A card is also compared this often without a new version: some of what it shows changes elsewhere.
        var recheck: Duration = .seconds(5)
        /// A line goes out this often at least, so that proxies keep the connection and a client that left is noticed.
        var ping: Duration = .seconds(15)
        var lifetime: Duration = .seconds(600)
    }

    let site: Site
    let viewer: Viewer
    let pace: Pace

    var response: Response {
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]
        // A reverse proxy that collects the answer before passing it on would hold back every event.
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        return Response(status: .ok, headers: headers, body: ResponseBody { try await write(to: &$0) })
    }

    private func write(to writer: inout any ResponseBodyWriter) async throws {
        let clock = ContinuousClock()
        let end = clock.now + pace.lifetime
        var (version, card): (Int64?, [UInt8]) = (nil, [])
        var current: Int64
        var (checkedAt, writtenAt) = (clock.now, clock.now)
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        do {
            current = try await site.workspaces.version(of: viewer.workspace.id)
            // At least once: whoever connects is shown the card, however short the stream's life.
            repeat {
                if current != version || clock.now - checkedAt >= pace.recheck {
                    let fresh = try await site.cards.card(for: viewer).json.bytes
                    if fresh != card {
                        try await writer.write(Self.event(fresh))
                        writtenAt = clock.now
                    }
                    (version, card, checkedAt) = (current, fresh, clock.now)
                }
                if clock.now - writtenAt >= pace.ping {
                    try await writer.write(ByteBuffer(string: ": ping\n\n"))
                    writtenAt = clock.now
                }
                let next = min(checkedAt + pace.recheck, writtenAt + pace.ping, end)
                let (known, wait) = (current, max(.zero, next - clock.now))
                current = try await cancelWhenGracefulShutdown {
                    try await site.versions.version(of: viewer.workspace.id, after: known, within: wait)
                }
            } while clock.now < end && !Task.isCancelled && !Task.isShuttingDownGracefully
        } catch let failure as Failure {
            // The answer has begun, so that nothing can be said any more; the browser comes back and hears it then.
            site.logger.warning("Event stream ended", metadata: ["cause": .string(failure.cause ?? failure.message)])
        } catch is CancellationError {
            // The server stops.
        }
        try await writer.finish(nil)
    }

    private static func event(_ card: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer(string: "event: card\ndata: ")
        buffer.writeBytes(card)
        buffer.writeString("\n\n")
        return buffer
    }
}
