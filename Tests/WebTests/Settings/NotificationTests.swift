import AsyncHTTPClient
import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore
import Store
import Sync
import Synchronization
import Testing

@testable import Web

@Suite("Notices to people and to a webhook")
struct NotificationTests {
    /// What a receiver was sent.
    private final class Received: Sendable {
        private let bodies = Mutex<[String]>([])
        var all: [String] { bodies.withLock { $0 } }
        func add(_ body: String) { bodies.withLock { $0.append(body) } }
    }

    /// Runs `body` beside a receiver that answers `status`.
    private func withReceiver(
        status: Int, _ body: @escaping @Sendable (_ url: String, Received) async throws -> Void
    ) async throws {
        let received = Received()
        let router = Router()
        router.post("/hook/secret") { request, _ in
            received.add(String(buffer: try await request.body.collect(upTo: 65_536)))
            return Response(status: .init(code: status))
        }
        let (ports, port) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: Logger(label: "receiver"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            var first = ports.makeAsyncIterator()
            let number = await first.next() ?? 0
            try await body("http://127.0.0.1:\(number)/hook/secret", received)
            group.cancelAll()
        }
    }

    private func sender(_ fixture: SiteFixture, _ http: HTTPClient, _ vault: Vault) -> NoticeSender {
        NoticeSender(
            database: fixture.site.database, vault: vault, http: http, publicURL: fixture.site.publicURL,
            logger: fixture.site.logger)
    }

    @Test(
        arguments: [(200, SyncNotice.Delivery.sent, nil), (500, .failed, "The webhook answered 500.")]
            as [(Int, SyncNotice.Delivery, String?)])
    func testGoesOutAndItsFateIsShown(status: Int, delivery: SyncNotice.Delivery, reason: String?) async throws {
        try await withReceiver(status: status) { url, received in
            try await withSite { fixture in
                let admin = try await fixture.browser(.admin)
                #expect(try await admin.post(.notifications, ["url": url]).status == 303)
                let page = try await admin.get(.notifications)
                #expect(page.text.contains("127.0.0.1") && !page.text.contains("hook/secret"))
                #expect(try await admin.post(.notificationsTest).status == 303)
                let http = HTTPClient(eventLoopGroupProvider: .singleton)
                do {
                    let tried = try await sender(fixture, http, fixture.vault).sendDue()
                    #expect(tried == 1)
                } catch {
                    try await http.shutdown()
                    throw error
                }
                try await http.shutdown()
                let body = try #require(received.all.first.flatMap { JSON(parsing: Array($0.utf8)) })
                #expect(body["kind"] == "test" && body["workspace"] == "Northwind")
                #expect(body["text"]?.text?.contains("This is a test") == true)
                let notice = try #require(try await fixture.site.noticeStore.list(fixture.workspace.id, limit: 1).first)
                #expect(notice.delivery == delivery && notice.reason == reason)
            }
        }
    }

    @Test(arguments: [
        "", "ftp://example.com/x", "http://example.com/x", "https://user:pass@example.com/x", "not an address", "javascript:alert(1)"
    ])
    func oddAddressesAreRefusedWithASentence(_ url: String) async throws {
        try await withSite { fixture in
            let admin = try await fixture.browser(.admin)
            let reply = try await admin.post(.notifications, ["url": url])
            #expect(reply.status == 422)
            #expect(try await fixture.site.noticeStore.channel(fixture.workspace.id) == nil)
        }
    }

    @Test("an installation that others can reach sends to https only")
    func localAddressesAreForLocalInstallations() async throws {
        try await withSite(publicURL: "https://cs.example.com") { fixture in
            let admin = try await fixture.browser(.admin)
            #expect(try await admin.post(.notifications, ["url": "http://127.0.0.1:9/x"]).status == 422)
            #expect(try await admin.post(.notifications, ["url": "https://hooks.example.com/x"]).status == 303)
            let member = try await fixture.browser(.member)
            #expect(try await member.get(.notifications).status == 200)
            #expect(try await member.post(.notifications, ["url": "https://evil.example.com/x"]).status == 403)
            #expect(try await member.post(.notificationsTest).status == 403)
        }
    }
}
