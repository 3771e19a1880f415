package import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOFoundationCompat
import Synchronization

/// A language model that says what a test wrote down, over HTTP on a free port of this machine and in both protocols: the same
/// script answers Chat Completions and Messages, whole or streamed, as the client asks.
package final class StandInModel: Sendable {
    /// One request as it came.
    package struct Asked: Sendable {
        package var path: String
        /// Names in lower case.
        package var headers: [String: String]
        package var body: Data

        package var isAnthropic: Bool { path.hasSuffix("/messages") }
        package var text: String { String(decoding: body, as: UTF8.self) }
        package var streams: Bool { (member("stream") as? Bool) ?? false }

        /// A member of the request's JSON.
        package func member(_ name: String) -> Any? { (try? JSONSerialization.jsonObject(with: body) as? [String: Any])?[name] }
    }

    /// The script: called with each request and its number, from 1.
    package typealias Script = @Sendable (Asked, Int) async throws -> ScriptedReply

    private let log = Mutex<[Asked]>([])
    package let port: Int
    package var asked: [Asked] { log.withLock { $0 } }
    /// The base address of either protocol.
    package var url: URL { URL(string: "http://127.0.0.1:\(port)/v1") ?? URL(fileURLWithPath: "/") }

    private init(port: Int) { self.port = port }

    /// Starts the model, runs `body` and stops it.
    package static func run<Value: Sendable>(
        script: @escaping Script, _ body: @escaping @Sendable (StandInModel) async throws -> Value
    ) async throws -> Value {
        let (ports, portSource) = AsyncStream<Int>.makeStream()
        let current = Current()
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let buffer = try await request.body.collect(upTo: 16 << 20)
            let asked = Asked(path: request.uri.path, headers: headers, body: Data(buffer: buffer))
            let number = current.model.withLock { $0 }?.log.withLock { log in
                log.append(asked)
                return log.count
            }
            return try await script(asked, number ?? 0).response(to: asked)
        }
        var logger = Logger(label: "stand-in model")
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
                let model = StandInModel(port: await iterator.next() ?? 0)
                current.model.withLock { $0 = model }
                return try await body(model)
            }
            defer { group.cancelAll() }
            while let value = try await group.next() { if let value { return value } }
            throw CancellationError()
        }
    }

    private final class Current: Sendable {
        let model = Mutex<StandInModel?>(nil)
    }
}
