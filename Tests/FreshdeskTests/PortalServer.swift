import Hummingbird
import Logging
import NIOCore

/// A server on a free port that answers as a test says and remembers what it was asked.
final class PortalServer: Sendable {
    struct Asked: Sendable {
        var method: String
        var target: String
        var headers: [String: String]
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body = "[]"
        /// Stops the body after its first half and closes the connection.
        var breaksOff = false
        /// Never sends the second half.
        var hangs = false
    }

    private struct BrokenOff: Error {}

    private let log = Locked<[Asked]>([])
    let port: Int
    var asked: [Asked] { log.withLock { $0 } }

    private init(port: Int) { self.port = port }

    static func run<Value: Sendable>(
        answer: @escaping @Sendable (Asked, Int) async throws -> Answer, _ body: @escaping @Sendable (PortalServer) async throws -> Value
    ) async throws -> Value {
        let (ports, portSource) = AsyncStream<Int>.makeStream()
        let current = Locked<PortalServer?>(nil)
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let asked = Asked(method: request.method.rawValue, target: request.uri.string, headers: headers)
            let count = (current.withLock { $0 })?.log.withLock { log in
                log.append(asked)
                return log.count
            }
            return PortalServer.response(try await answer(asked, count ?? 0))
        }
        var logger = Logger(label: "portal server")
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
                let server = PortalServer(port: await iterator.next() ?? 0)
                current.withLock { $0 = server }
                return try await body(server)
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }

    private static func response(_ answer: Answer) -> Response {
        var response = Response(status: .init(code: answer.status))
        for (name, value) in answer.headers {
            response.headers.append(.init(name: .init(name)!, value: value))
        }
        if answer.breaksOff || answer.hangs {
            let half = String(answer.body.prefix(answer.body.count / 2))
            response.body = ResponseBody(contentLength: answer.body.utf8.count) { writer in
                try await writer.write(ByteBuffer(string: half))
                if answer.hangs { try await Task.sleep(for: .seconds(60)) }
                throw BrokenOff()
            }
        } else {
            response.body = ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
        }
        return response
    }
}
