package import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
import TestTools

/// A language model that says what a test wrote down, over HTTP on a free port of this machine and in both protocols: the same
/// script answers Chat Completions and Messages, whole or streamed, as the client asks.
package struct StandInModel: Sendable {
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

    private let server: LoopbackServer<Asked>
    package var port: Int { server.port }
    package var asked: [Asked] { server.asked }
    /// The base address of either protocol.
    package var url: URL { URL(string: "http://127.0.0.1:\(port)/v1") ?? URL(fileURLWithPath: "/") }

    /// Starts the model, runs `body` and stops it.
    package static func run<Value: Sendable>(
        script: @escaping Script, _ body: @escaping @Sendable (StandInModel) async throws -> Value
    ) async throws -> Value {
        try await LoopbackServer<Asked>.run(
            read: { request in
                let buffer = try await request.body.collect(upTo: 16 << 20)
                return Asked(path: request.uri.path, headers: request.headersByName, body: Data(buffer: buffer))
            },
            answer: { asked, number in try await script(asked, number).response(to: asked) }
        ) { try await body(StandInModel(server: $0)) }
    }
}
