import Foundation
import StandInModel
import Synchronization
import Testing

@testable import LanguageModel

@Suite("Streamed answers", .timeLimit(.minutes(2)))
struct StreamTests {
    private static let request = ChatRequest(messages: [.user("Hello")])

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func piecesThenTheWhole(kind: ModelEndpoint.Kind) async throws {
        let (result, _) = try await asking(kind, script: { _, _ in .text("Grüße aus Łódź 👋🏽") }) {
            try await collect($0.stream(Self.request))
        }
        #expect(result.pieces.count > 1 && result.pieces.joined() == "Grüße aus Łódź 👋🏽")
        #expect(
            result.answer == ChatAnswer(text: "Grüße aus Łódź 👋🏽", usage: TokenUsage(input: 11, output: 7), model: "stand-in"))
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func toolCallsArriveInPieces(kind: ModelEndpoint.Kind) async throws {
        let script: StandInModel.Script = { _, _ in
            .calls([.init("weather", #"{"town":"Paris"}"#), .init("weather", #"{"town":"Lyon"}"#)], text: "Looking")
        }
        let (result, _) = try await asking(kind, script: script) { client in
            try await collect(client.stream(ChatRequest(messages: [.user("Hello")], tools: [weather])))
        }
        #expect(result.answer?.calls.map(\.arguments) == [["town": "Paris"], ["town": "Lyon"]])
        #expect(result.answer?.ending == .toolCalls && result.pieces.joined() == "Looking")
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func anEmptyStreamIsAskedForInOnePiece(kind: ModelEndpoint.Kind) async throws {
        let (result, asked) = try await asking(kind, script: { asked, _ in asked.streams ? .empty : .text("All of it") }) { client in
            let first = try await collect(client.stream(Self.request))
            #expect(!client.capabilities.streams)
            _ = try await collect(client.stream(Self.request))
            return first
        }
        #expect(result.pieces == ["All of it"] && result.answer?.text == "All of it")
        #expect(asked.map(\.streams) == [true, false, false])
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aFormComesInOnePiece(kind: ModelEndpoint.Kind) async throws {
        let script: StandInModel.Script = { _, _ in .text(#"{"choice":"no","reason":"Other firm"}"#) }
        let (result, _) = try await asking(kind, script: script) { client in
            try await collect(client.stream(ChatRequest(messages: [.user("Same?")], form: yesNo)))
        }
        #expect(result.pieces.isEmpty && result.answer?.value?["choice"] == "no")
    }

    @Test("A stream that breaks off after text is an error, not half an answer", arguments: ModelEndpoint.Kind.allCases)
    func breaksOff(kind: ModelEndpoint.Kind) async throws {
        let (error, asked) = try await failing(kind, script: { _, _ in .breaksOff(after: "Half") }) {
            _ = try await collect($0.stream(Self.request))
        }
        #expect(error?.kind == .network)
        #expect(asked.count == 1)
    }

    @Test("Ending the iteration ends the request", arguments: ModelEndpoint.Kind.allCases)
    func cancellation(kind: ModelEndpoint.Kind) async throws {
        let (piece, _) = try await asking(kind, script: { _, _ in .hangs(after: "Well") }) { client -> String? in
            let task = Task { () -> String? in
                for try await event in client.stream(Self.request) { if case .text(let piece) = event { return piece } }
                return nil
            }
            return try await task.value
        }
        #expect(piece == "Well")
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func silenceInAStreamEndsAtTheTimeout(kind: ModelEndpoint.Kind) async throws {
        let (error, _) = try await failing(kind, script: { _, _ in .hangs(after: "Well") }) { client in
            _ = try await collect(client.stream(ChatRequest(messages: [.user("Hello")], timeout: .milliseconds(300))))
        }
        #expect(error?.kind == .timeout)
    }

    @Test(
        "Hostile streams are errors", arguments: ModelEndpoint.Kind.allCases,
        [
            "data: not json\n\n", "data: {\"error\":{\"message\":\"overloaded\"}}\n\n", "data: " + String(repeating: "x", count: 2 << 20),
            "data: {\"type\":\"content_block_delta\",\"index\":99999999999,\"delta\":{\"partial_json\":\"1\"},"
                + "\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":99999999999}]}}]}\n\n",
            "event: x\n\n: ping\n\n"
        ])
    func hostile(kind: ModelEndpoint.Kind, stream: String) async throws {
        let (error, _) = try await failing(kind, script: { _, _ in .raw(stream, contentType: "text/event-stream") }) { client in
            _ = try await collect(client.stream(Self.request))
        }
        #expect(error != nil)
    }

    @Test(
        "Lines may end and be cut in any way",
        arguments: [
            "data: a\ndata: b\n\ndata:c\n\n", "data: a\r\ndata: b\r\n\r\ndata:c\r\n\r\n", "data: a\rdata: b\r\rdata:c\r\r",
            ": x\nid: 1\ndata: a\ndata: b\n\nretry: 5\ndata:c"
        ])
    func lines(text: String) throws {
        for size in 1...text.utf8.count {
            var events = ServerSentEvents()
            var found: [String] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                found += try events.feed(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            if let last = events.finish() { found.append(last) }
            #expect(found == ["a\nb", "c"])
        }
    }
}
