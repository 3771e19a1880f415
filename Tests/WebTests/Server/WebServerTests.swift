import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Store
import Testing

@testable import Web

@Suite struct WebServerTests {
    /// Runs `body` beside a server on a free port.
    private func withServer(_ fixture: SiteFixture, _ body: (Int) async throws -> Void) async throws {
        let server = WebServer(site: fixture.site, host: "127.0.0.1", port: 0)
        let running = Task { try await server.run() }
        do {
            try await body(try await server.port)
        } catch {
            running.cancel()
            _ = await running.result
            throw error
        }
        running.cancel()
        _ = await running.result
    }

    private func status(_ port: Int, _ request: TestClient.Request) async throws -> Int {
        try await TestClient.withClient(host: "127.0.0.1", port: port) { try await $0.execute(request).status.code }
    }

    @Test func listensOnAFreePortAndStops() async throws {
        try await withSite { fixture in
            let server = WebServer(site: fixture.site, host: "127.0.0.1", port: 0)
            let running = Task { try await server.run() }
            let port = try await server.port
            #expect(port > 0)
            let code = try await status(port, .init("/healthz", method: .get))
            #expect(code == 200)
            running.cancel()
            _ = await running.result
            await #expect(throws: (any Error).self) { try await self.status(port, .init("/healthz", method: .get)) }
        }
    }

    @Test func saysThatAPortIsTaken() async throws {
        try await withSite { fixture in
            try await withServer(fixture) { port in
                let second = WebServer(site: fixture.site, host: "127.0.0.1", port: port)
                let failure = await #expect(throws: Failure.self) { try await second.run() }
                #expect(failure?.code == "port_taken" && failure?.message.contains("Port \(port)") == true)
                await #expect(throws: Failure.self) { try await second.port }
            }
        }
    }

    @Test func saysThatThereIsNoSuchAddress() async throws {
        try await withSite { fixture in
            // TEST-NET-1 is nobody's.
            let failure = await #expect(throws: Failure.self) {
                try await WebServer(site: fixture.site, host: "192.0.2.1", port: 0).run()
            }
            #expect(failure?.code == "address_unknown")
        }
    }

    @Test func aBodyBeyondTheLimitIsRefusedOnTheWire() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.owner)
            try await withServer(fixture) { port in
                let headers: HTTPFields = [
                    .cookie: "clynto_session=\(browser.cookies.get("clynto_session") ?? "")",
                    .contentType: "application/x-www-form-urlencoded", .contentLength: "300000"
                ]
                let request = TestClient.Request(
                    "/accounts/new", method: .post, headers: headers, body: ByteBuffer(repeating: 0x61, count: 300_000))
                let code = try await status(port, request)
                #expect(code == 413)
            }
        }
    }
}
