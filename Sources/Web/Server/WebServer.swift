import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// The web side as a service: listens, answers, and ends with its service group.
package final class WebServer: Service, Sendable {
    private let site: Site
    private let host: String
    private let requestedPort: Int
    private let constantPage: Int?
    private let bound = BoundAddress()

    /// - Parameters:
    ///   - host: an address of this machine, such as `127.0.0.1`.
    ///   - port: 0 takes any free one; see `port`.
    ///   - constantPage: bytes of a page for the benchmarks alone; nil, as usual, for none.
    package init(site: Site, host: String, port: Int, constantPage: Int? = nil) {
        self.site = site
        self.host = host
        self.requestedPort = port
        self.constantPage = constantPage
    }

    /// The port listened on, as soon as there is one; throws what kept the server from listening.
    package var port: Int {
        get async throws { try await bound.port() }
    }

    /// Serves until the group shuts down or the task is cancelled.
    ///
    /// Throws `unavailable` with code `port_taken`, `port_refused` or `address_unknown` when it cannot listen there.
    package func run() async throws {
        var quiet = site.logger
        // Hummingbird's own lines repeat ours.
        quiet.logLevel = max(quiet.logLevel, .warning)
        let application = Application(
            router: makeRouter(site: site, constantPage: constantPage),
            server: .http1(configuration: HTTP1Channel.Configuration(idleTimeout: Self.idleTimeout)),
            configuration: ApplicationConfiguration(address: .hostname(host, port: requestedPort)),
            onServerRunning: { [site, host, bound] channel in
                let port = channel.localAddress?.port ?? 0
                site.logger.info("Listening", metadata: ["host": .string(host), "port": .stringConvertible(port)])
                bound.resolve(.success(port))
            },
            logger: quiet)
        do {
            try await application.run()
        } catch {
            let reason = failure(error)
            bound.resolve(.failure(reason))
            throw reason
        }
        bound.resolve(.failure(Failure(.unavailable, code: "stopped", "The web server has stopped.")))
    }

    /// A connection on which nothing moves for so long is closed; event streams send a line more often than that.
    private static let idleTimeout = TimeAmount.seconds(75)

    private func failure(_ error: any Error) -> any Error {
        guard let error = error as? IOError else { return error }
        let cause = String(describing: error)
        switch error.errnoCode {
        case EADDRINUSE:
            return Failure(
                .unavailable, code: "port_taken",
                "Port \(requestedPort) on \(host) is already in use. Stop what listens there, or choose another with --port or CLYNTO_PORT.",
                cause: cause)
        case EACCES, EPERM:
            return Failure(
                .unavailable, code: "port_refused",
                "This system does not let Clynto listen on port \(requestedPort). Choose a port above 1023 with --port or CLYNTO_PORT.",
                cause: cause)
        case EADDRNOTAVAIL:
            return Failure(
                .unavailable, code: "address_unknown", "This machine has no address \(host). Choose another with --host or CLYNTO_HOST.",
                cause: cause)
        default: return error
        }
    }
}

/// The port once it is known; whoever asks early waits.
private final class BoundAddress: Sendable {
    private struct State {
        var result: Result<Int, any Error>?
        var waiting: [CheckedContinuation<Int, any Error>] = []
    }

    private let state = Mutex(State())

    func port() async throws -> Int {
        try await withCheckedThrowingContinuation { continuation in
            let known = state.withLock { state -> Result<Int, any Error>? in
                if state.result == nil { state.waiting.append(continuation) }
                return state.result
            }
            if let known { continuation.resume(with: known) }
        }
    }

    /// The first answer counts.
    func resolve(_ result: Result<Int, any Error>) {
        let waiting = state.withLock { state -> [CheckedContinuation<Int, any Error>] in
            guard state.result == nil else { return [] }
            state.result = result
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(with: result) }
    }
}
