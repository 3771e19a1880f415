import HTTPTypes
import Hummingbird
import NIOCore
import TestTools

/// A portal that answers as a test says and remembers what it was asked.
struct PortalServer: Sendable {
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

    private let server: LoopbackServer<Asked>
    var port: Int { server.port }
    var asked: [Asked] { server.asked }

    static func run<Value: Sendable>(
        answer: @escaping @Sendable (Asked, Int) async throws -> Answer, _ body: @escaping @Sendable (PortalServer) async throws -> Value
    ) async throws -> Value {
        try await LoopbackServer<Asked>.run(
            read: { request in
                Asked(method: request.method.rawValue, target: request.uri.string, headers: request.headersByName)
            },
            answer: { asked, number in response(try await answer(asked, number)) }
        ) { try await body(PortalServer(server: $0)) }
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
