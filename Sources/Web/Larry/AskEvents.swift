import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Larry
import Logging
import Markup
import NIOCore

/// An answer as server-sent events: `stage` while it is worked out, then `turn` with the answer's markup, or `fault`.
///
/// Whoever leaves stops the work: a line goes out twice a second, and once it cannot be written any more, what was being asked is
/// cancelled, in the database and at the language model, and nothing is kept.
struct AskEvents: Sendable {
    static let pace: Duration = .milliseconds(500)

    let act: LarryAct
    let larry: Larry
    let asker: Larry.Asker
    let now: Date
    let logger: Logger
    /// The markup of a kept turn.
    let draw: @Sendable (LarryAnswer) async throws -> HTML

    private enum Event: Sendable {
        case stage(String)
        case answered(LarryAnswer)
        case failed(Failure)
        case ping
    }

    static func isWanted(_ request: Request) -> Bool {
        request.headers[.accept]?.lowercased().contains("text/event-stream") == true
    }

    var response: Response {
        var headers: HTTPFields = [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store"]
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        return Response(status: .ok, headers: headers, body: ResponseBody { try await write(to: &$0) })
    }

    private func write(to writer: inout any ResponseBodyWriter) async throws {
        let (events, source) = AsyncStream<Event>.makeStream()
        let work = Task {
            do {
                let answer = try await act.answer(from: larry, by: asker, now: now) { source.yield(.stage($0.text)) }
                source.yield(.answered(answer))
            } catch let failure as Failure {
                source.yield(.failed(failure))
            } catch is CancellationError {
                // Nobody is listening any more, or the server stops.
            } catch {
                source.yield(.failed(Failure(.internal, "This went wrong on our side. Ask again.", cause: "\(error)")))
            }
            source.finish()
        }
        let clock = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: Self.pace)
                source.yield(.ping)
            }
        }
        defer {
            work.cancel()
            clock.cancel()
        }
        do {
            for await event in events { try await writer.write(ByteBuffer(string: try await text(of: event))) }
        } catch {
            // The work is waited for, so that nothing of it outlives its request.
            work.cancel()
            await work.value
            throw error
        }
        try await writer.finish(nil)
    }

    private func text(of event: Event) async throws -> String {
        switch event {
        case .ping: return ": ping\n\n"
        case .stage(let text): return Self.event("stage", ["text": .string(text)])
        case .failed(let failure):
            if let cause = failure.cause { logger.error("An answer failed", metadata: ["cause": .string(cause)]) }
            return Self.event("fault", ["message": .string(failure.message)])
        case .answered(let answer):
            let place = Route.larry.link(["thread": answer.threadID], fragment: "turn-\(answer.turn)").destination
            let markup = try await draw(answer).rendered
            return Self.event(
                "turn",
                [
                    "turn": .string(String(answer.turn)), "thread": .string(answer.threadID), "place": .string(place),
                    "said": .string(answer.answer), "html": .string(markup)
                ])
        }
    }

    /// JSON has no line ends of its own, so that it is one line of data.
    private static func event(_ name: String, _ data: JSON) -> String {
        "event: \(name)\ndata: \(String(decoding: data.bytes, as: UTF8.self))\n\n"
    }
}
