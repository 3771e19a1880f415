import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A server on a free port of this machine that answers as a test says and remembers what it was asked.
package final class LoopbackServer<Asked: Sendable>: Sendable {
    private let log = Mutex<[Asked]>([])
    package let port: Int
    package var asked: [Asked] { log.withLock { $0 } }

    private init(port: Int) { self.port = port }

    /// Starts the server, runs `body` and stops it.
    ///
    /// - Parameters:
    ///   - read: what is remembered of a request.
    ///   - answer: called with each request and its number, from 1.
    package static func run<Value: Sendable>(
        read: @escaping @Sendable (Request) async throws -> Asked, answer: @escaping @Sendable (Asked, Int) async throws -> Response,
        _ body: @escaping @Sendable (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let (ports, portSource) = AsyncStream<Int>.makeStream()
        let current = Current()
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            let asked = try await read(request)
            let number = current.server.withLock { $0 }?.log.withLock { log in
                log.append(asked)
                return log.count
            }
            return try await answer(asked, number ?? 0)
        }
        var logger = Logger(label: "loopback")
        logger.logLevel = .critical
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                portSource.yield(channel.localAddress?.port ?? 0)
                portSource.finish()
            }, logger: logger)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                var iterator = ports.makeAsyncIterator()
                let server = LoopbackServer(port: await iterator.next() ?? 0)
                current.server.withLock { $0 = server }
                return try await body(server)
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }

    private final class Current: Sendable {
        let server = Mutex<LoopbackServer?>(nil)
    }
}

extension Request {
    /// By their names in lower case.
    package var headersByName: [String: String] {
        var headers: [String: String] = [:]
        for field in self.headers { headers[field.name.canonicalName] = field.value }
        return headers
    }
}
