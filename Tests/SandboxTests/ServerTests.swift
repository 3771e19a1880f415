import Foundation
import Logging
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@testable import Sandbox

/// The portal over real HTTP on a free port.
@Suite(.timeLimit(.minutes(2))) struct ServerTests {
    private func serving<Value: Sendable>(
        change: (inout SandboxOptions) -> Void = { _ in }, _ work: (SandboxServer, String) async throws -> Value
    ) async throws -> Value {
        var options = SandboxOptions(seed: 3)
        options.tickets = 40
        options.companies = 5
        options.now = Desk.start
        change(&options)
        let server = SandboxServer(options: options)
        let running = Task { try await server.run() }
        let url = try await server.url
        let value: Value
        do {
            value = try await work(server, url)
        } catch {
            server.stop()
            throw error
        }
        server.stop()
        try await running.value
        return value
    }

    private func get(_ url: String, key: String) async throws -> (HTTPURLResponse, Data) {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.setValue("Basic " + Data("\(key):x".utf8).base64EncodedString(), forHTTPHeaderField: "Authorization")
        let session = URLSession(configuration: .ephemeral)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        return (try #require(response as? HTTPURLResponse), data)
    }

    @Test func answersAndStops() async throws {
        let url = try await serving { server, url in
            let (response, data) = try await get("\(url)/api/v2/agents/me", key: server.options.apiKey)
            #expect(response.statusCode == 200)
            #expect(response.value(forHTTPHeaderField: "Content-Type") == "application/json; charset=utf-8")
            // The portal's own clock, not the machine's.
            #expect(response.value(forHTTPHeaderField: "Date")?.contains("2026") == true)
            #expect(String(decoding: data, as: UTF8.self).contains("\"ticket_scope\":1"))
            return url
        }
        await #expect(throws: (any Error).self) { try await get("\(url)/api/v2/agents/me", key: "x") }
    }

    @Test func keepsTheDoubleSlash() async throws {
        try await serving { server, url in
            let (response, _) = try await get("\(url)/api/v2//tickets", key: server.options.apiKey)
            #expect(response.statusCode == 400)
        }
    }

    @Test func aMissingTicketHasNoBody() async throws {
        try await serving { server, url in
            let (response, data) = try await get("\(url)/demo/api/v2/tickets/4711", key: server.options.apiKey)
            #expect(response.statusCode == 404)
            #expect(data.isEmpty)
        }
    }

    @Test func headIsRefusedWithoutBreakingTheConnection() async throws {
        try await serving { server, url in
            var request = URLRequest(url: try #require(URL(string: "\(url)/api/v2/tickets")))
            request.httpMethod = "HEAD"
            let (data, response) = try await URLSession.shared.data(for: request)
            #expect((response as? HTTPURLResponse)?.statusCode == 401)
            #expect(data.isEmpty)
            let (next, _) = try await get("\(url)/api/v2/agents/me", key: server.options.apiKey)
            #expect(next.statusCode == 200)
        }
    }

    @Test func aResetBreaksTheConnection() async throws {
        try await serving(change: { $0.faults = (try? [Fault(parsing: "reset=1")]) ?? [] }) { server, url in
            await #expect(throws: (any Error).self) { try await get("\(url)/api/v2/tickets", key: server.options.apiKey) }
            let (response, _) = try await get("\(url)/api/v2/tickets", key: server.options.apiKey)
            #expect(response.statusCode == 200)
        }
    }

    @Test func controlRequestsOverHTTP() async throws {
        try await serving { server, url in
            var request = URLRequest(url: try #require(URL(string: "\(url)/_sandbox/note")))
            request.httpMethod = "POST"
            request.httpBody = Data("{\"ticket_id\": 20, \"body\": \"<p>é 👍</p>\"}".utf8)
            let (data, response) = try await URLSession.shared.data(for: request)
            #expect((response as? HTTPURLResponse)?.statusCode == 200, "\(String(decoding: data, as: UTF8.self))")
            let (_, rows) = try await get("\(url)/api/v2/tickets/20/conversations?per_page=100", key: server.options.apiKey)
            #expect(String(decoding: rows, as: UTF8.self).contains("é 👍"))
        }
    }

    @Test func countsWhatRunsAtOnce() async throws {
        try await serving(change: { $0.latency = 100 }) { server, url in
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { _ = try await get("\(url)/api/v2/agents/me", key: server.options.apiKey) } }
                try await group.waitForAll()
            }
            let (_, data) = try await get("\(url)/_sandbox/stats", key: "")
            let stats = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
            #expect(stats.int("requests") == 4)
            #expect((1...4).contains(stats.int("concurrent_maximum") ?? 0))
            #expect(stats.int("concurrent") == 0)
        }
    }

    @Test func anOccupiedPortIsSaid() async throws {
        try await serving { server, _ in
            let second = SandboxServer(options: server.options, port: try await server.port)
            let error = await #expect(throws: SandboxError.self) { try await second.run() }
            #expect(error?.description.contains("already in use") == true)
            await #expect(throws: SandboxError.self) { try await second.port }
        }
    }

    @Test func stoppingBeforeRunningEndsAtOnce() async throws {
        let server = SandboxServer(options: SandboxOptions(seed: 1))
        server.stop()
        try await server.run()
        await #expect(throws: SandboxError.self) { try await server.port }
    }
}
