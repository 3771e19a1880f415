import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Store
import Synchronization
import Testing

@testable import Web

/// Collects what a stream writes, and can leave.
final class Listener: Sendable {
    private struct State {
        var text = ""
        var hasLeft = false
        var isFinished = false
    }

    struct Left: Error {}

    private let state = Mutex(State())

    var text: String { state.withLock { $0.text } }
    var isFinished: Bool { state.withLock { $0.isFinished } }
    /// The data of each card so far.
    var cards: [JSON] { text.split(separator: "\n").filter { $0.hasPrefix("data: ") }.compactMap { JSON(parsing: $0.dropFirst(6).utf8) } }

    func leave() { state.withLock { $0.hasLeft = true } }

    fileprivate func take(_ buffer: ByteBuffer) throws {
        try state.withLock { state in
            if state.hasLeft { throw Left() }
            state.text += String(buffer: buffer)
        }
    }

    fileprivate func finish() { state.withLock { $0.isFinished = true } }

    var writer: Writer { Writer(listener: self) }

    struct Writer: ResponseBodyWriter {
        let listener: Listener

        mutating func write(_ buffer: ByteBuffer) async throws { try listener.take(buffer) }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws { listener.finish() }
    }

    /// Waits for a condition that the stream brings about.
    func reaches(_ condition: (Listener) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while !condition(self) {
            try #require(ContinuousClock.now < end, "The stream did not get there: \(text.suffix(300))")
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

@Suite("The card as events")
struct CardEventsTests {
    static let fast = CardEvents.Pace(recheck: .milliseconds(60), ping: .milliseconds(20), lifetime: .seconds(60))

    /// Starts the stream for a viewer, runs `body` beside it, and stops it.
    private func listen(
        _ api: APIFixture, role: Role = .admin, pace: CardEvents.Pace = fast, _ body: @Sendable (Listener) async throws -> Void
    ) async throws {
        let listener = Listener()
        let viewer = Viewer(actor: .token(id: 1, name: "test"), workspace: api.workspace, role: role)
        let response = CardEvents(site: api.site, viewer: viewer, pace: pace).response
        #expect(response.status == .ok)
        #expect(response.headers[.contentType]?.hasPrefix("text/event-stream") == true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await response.body.write(listener.writer) } catch is Listener.Left {}
            }
            try await body(listener)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test("a card on connecting, one more for each change, and pings between")
    func changes() async throws {
        try await withAPI { api in
            try await listen(api) { listener in
                try await listener.reaches { $0.cards.count == 1 }
                #expect(listener.text.hasPrefix("retry: 2000\n\nevent: card\ndata: {\"state\":\"connected\""))
                #expect(listener.cards[0] == (try await api.admin.get("/api/v1/integrations/freshdesk").json))
                try await listener.reaches { $0.text.contains("\n: ping\n\n") }
                #expect(listener.cards.count == 1)

                #expect(try await api.admin.send(.post, "/api/v1/integrations/freshdesk/sync").status == 202)
                try await listener.reaches { $0.cards.count == 2 }
                #expect(listener.cards[1]["state"] == "syncing")

                // A new version that changes nothing visible sends nothing.
                try await api.site.workspaces.bump(api.workspace.id)
                let pings = listener.text.count(of: ": ping")
                try await listener.reaches { $0.text.count(of: ": ping") > pings + 2 }
                #expect(listener.cards.count == 2)
            }
        }
    }

    @Test("what changes without a new version is noticed, too")
    func recheck() async throws {
        try await withAPI { api in
            try await listen(api) { listener in
                try await listener.reaches { $0.cards.count == 1 }
                try await api.site.connections.disconnect(api.workspace.id, now: apiNow)
                try await listener.reaches { $0.cards.last?["state"] == "disconnected" }
            }
        }
    }

    @Test("members get no webhook address")
    func members() async throws {
        try await withAPI { api in
            try await listen(api, role: .member) { listener in
                try await listener.reaches { $0.cards.count == 1 }
                #expect(listener.cards[0]["webhook_url"] == .null)
            }
        }
    }

    @Test("the stream ends when its client has left, and when its time is over")
    func ends() async throws {
        try await withAPI { api in
            try await listen(api) { listener in
                try await listener.reaches { $0.cards.count == 1 }
                listener.leave()
            }
            var short = Self.fast
            short.lifetime = .milliseconds(30)
            try await listen(api, pace: short) { listener in
                try await listener.reaches { $0.isFinished }
                #expect(listener.cards.count == 1)
            }
        }
    }

    @Test("through the router, until the stream's time is over")
    func routed() async throws {
        try await withAPI { api in
            let router = Router(context: WebContext.self)
            router.add(middleware: Authentication(site: api.site))
            var short = Self.fast
            short.lifetime = .milliseconds(50)
            APIController(site: api.site, pace: short).addRoutes(to: router)
            try await Application(router: router, logger: api.site.logger).test(.router) { client in
                let caller = APICaller(client: client, token: api.member.token)
                let reply = try await caller.get("/api/v1/integrations/freshdesk/events")
                #expect(reply.status == 200)
                #expect(reply.text.contains("event: card\ndata: {\"state\":\"connected\""))
            }
        }
    }
}

extension String {
    func count(of part: String) -> Int { ranges(of: part).count }
}
