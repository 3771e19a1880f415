import HTTPTypes
import Hummingbird
import NIOCore

/// What the stand-in says to one request.
package enum ScriptedReply: Sendable {
    package struct Call: Sendable {
        package var name: String
        /// Sent as it is, also when it is no JSON.
        package var arguments: String

        package init(_ name: String, _ arguments: String) {
            self.name = name
            self.arguments = arguments
        }
    }

    /// A good answer.
    case text(String)
    /// Tools it wants, with or without words before.
    case calls([Call], text: String = "")
    /// A refusal, with an error body in the protocol's shape.
    case status(Int, message: String = "", headers: [String: String] = [:])
    /// A body as it is, with status 200: malformed and hostile answers.
    case raw(String, contentType: String = "application/json")
    /// 200 and nothing.
    case empty
    /// The beginning of an answer, then silence for as long as the client holds on.
    case hangs(after: String = "")
    /// The beginning of an answer, then the connection ends.
    case breaksOff(after: String)
    /// It stopped because of its token limit.
    case cut(String)
    /// Its filter stepped in.
    case declined

    func response(to asked: StandInModel.Asked) -> Response {
        let shapes: any ProtocolShapes = asked.isAnthropic ? AnthropicShapes() : OpenAIShapes()
        switch self {
        case .text(let text): return whole(asked, shapes, text, [], shapes.complete)
        case .calls(let calls, let text): return whole(asked, shapes, text, calls, shapes.wantsTools)
        case .cut(let text): return whole(asked, shapes, text, [], shapes.cut)
        case .declined: return whole(asked, shapes, "", [], shapes.declined)
        case .status(let code, let message, let headers):
            var response = Response(status: .init(code: code), body: ResponseBody(byteBuffer: ByteBuffer(string: shapes.error(message))))
            response.headers[.contentType] = "application/json"
            for (name, value) in headers { if let name = HTTPField.Name(name) { response.headers[name] = value } }
            return response
        case .raw(let body, let type):
            return Response(status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
        case .empty:
            return Response(status: .ok, headers: [.contentType: asked.streams ? "text/event-stream" : "application/json"])
        case .hangs(let start): return unfinished(asked, shapes, start) { try await Task.sleep(for: .seconds(120)) }
        case .breaksOff(let start): return unfinished(asked, shapes, start) {}
        }
    }

    private func whole(
        _ asked: StandInModel.Asked, _ shapes: any ProtocolShapes, _ text: String, _ calls: [Call], _ ending: String
    ) -> Response {
        if asked.streams {
            let events = shapes.events(text: text, calls: calls, ending: ending)
            return Response(
                status: .ok, headers: [.contentType: "text/event-stream"],
                body: ResponseBody(
                    asyncSequence: AsyncStream { continuation in
                        for event in events { continuation.yield(ByteBuffer(string: event)) }
                        continuation.finish()
                    }))
        }
        let body = shapes.answer(text: text, calls: calls, ending: ending)
        return Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    private struct BrokenOff: Error {}

    private func unfinished(
        _ asked: StandInModel.Asked, _ shapes: any ProtocolShapes, _ start: String, then wait: @escaping @Sendable () async throws -> Void
    ) -> Response {
        let type = asked.streams ? "text/event-stream" : "application/json"
        let piece = asked.streams ? shapes.beginning(text: start) : "{\"content\":\"\(start)"
        return Response(
            status: .ok, headers: [.contentType: type],
            body: ResponseBody(contentLength: nil) { writer in
                if !piece.isEmpty { try await writer.write(ByteBuffer(string: piece)) }
                try await wait()
                throw BrokenOff()
            })
    }
}
