import AsyncHTTPClient
import Foundation
import Logging

@testable import Freshdesk

let apiKey = "s3cr3t-key"

/// A client whose waits pass at once.
func portalClient(
    port: Int, scheme: String = "http", timeout: Duration = .seconds(30), http: HTTPClient,
    clock: ManualClock = ManualClock(runsAhead: true),
    bodyLimit: Int = 64 << 20
) throws -> FreshdeskClient {
    let portal = try PortalAddress(typed: "acme", template: "\(scheme)://127.0.0.1:\(port)/{subdomain}")
    let options = FreshdeskClient.Options(timeout: timeout, bodyLimit: bodyLimit, clock: clock, jitter: { 0 })
    return FreshdeskClient(
        portal: portal, apiKey: apiKey, http: http, budget: RequestBudget(clock: clock, jitter: { 0 }),
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }), options: options)
}

func withHTTP<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
    let http = HTTPClient.forPortals()
    do {
        let value = try await body(http)
        try await http.shutdown()
        return value
    } catch {
        try? await http.shutdown()
        throw error
    }
}

/// Runs `call` against a server that answers each request with `answer`, and hands back what the server was asked.
func asking<Value: Sendable>(
    _ answer: @escaping @Sendable (PortalServer.Asked, Int) async throws -> PortalServer.Answer,
    timeout: Duration = .seconds(30), bodyLimit: Int = 64 << 20,
    clock: ManualClock = ManualClock(runsAhead: true), _ call: @escaping @Sendable (FreshdeskClient) async throws -> Value
) async throws -> (result: Result<Value, any Error>, asked: [PortalServer.Asked]) {
    try await PortalServer.run(answer: answer) { server in
        try await withHTTP { http in
            let client = try portalClient(port: server.port, timeout: timeout, http: http, clock: clock, bodyLimit: bodyLimit)
            do {
                return (.success(try await call(client)), server.asked)
            } catch {
                return (.failure(error), server.asked)
            }
        }
    }
}

func failure<Value>(_ result: Result<Value, any Error>) -> FreshdeskError? {
    if case .failure(let error) = result { return error as? FreshdeskError }
    return nil
}
