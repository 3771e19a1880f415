import AsyncHTTPClient
import Foundation
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// One POST to the endpoint and what came of it. Redirects are never followed: the key goes to the configured address alone.
struct ModelTransport: Sendable {
    /// What one attempt brought.
    enum Outcome: Sendable {
        case answered(ChatAnswer)
        /// The endpoint did not take the request as it was, or answered with nothing: leaving something out may help.
        case refused(LanguageModelError, upstream: String, isFault: Bool)
        case failed(LanguageModelError)
    }

    let endpoint: ModelEndpoint
    let http: HTTPClient
    /// Bytes of an answer, streamed or not.
    let bodyLimit: Int

    private var wire: any ChatWire { endpoint.kind.wire }

    /// - Parameter onText: takes the pieces of a streamed answer; nil for an answer in one piece.
    /// - Throws: `CancellationError` alone.
    func post(_ body: [UInt8], onText: (@Sendable (String) -> Void)?) async throws -> Outcome {
        var request = HTTPClientRequest(url: endpoint.address)
        request.method = .POST
        request.headers = ["Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": "Clynto"]
        request.headers.add(name: "Accept", value: onText == nil ? "application/json" : "text/event-stream, application/json")
        for (name, value) in wire.headers(key: endpoint.key) { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            // The caller bounds the whole; this only keeps a dead connection from outliving it.
            let response = try await http.execute(request, timeout: .minutes(10))
            guard response.history.count <= 1 else {
                return .failed(LanguageModelError(.refused, "\(endpoint.host) answered with a redirect."))
            }
            guard response.status.code == 200 else { return try await refusal(response) }
            let isStream = response.headers.first(name: "Content-Type")?.lowercased().hasPrefix("text/event-stream") ?? false
            if let onText, isStream { return try await streamed(response.body, onText) }
            let whole = try await response.body.collect(upTo: bodyLimit)
            return answer(whole, onText)
        } catch is CancellationError {
            throw CancellationError()
        } catch is NIOTooManyBytesError {
            return .failed(LanguageModelError(.garbage, "\(endpoint.host) answered with more than can be read at once."))
        } catch {
            if Task.isCancelled { throw CancellationError() }
            return .failed(fault(error))
        }
    }

    // MARK: Answers

    private func answer(_ body: ByteBuffer, _ onText: (@Sendable (String) -> Void)?) -> Outcome {
        if body.readableBytesView.allSatisfy({ $0 <= 32 }) { return empty }
        guard let value = JSONValue(parsing: Data(buffer: body)) else { return garbage("answered with something that is not JSON") }
        if let message = value["error"].flatMap(Self.message) { return failedInside(message) }
        do {
            let answer = try wire.answer(value, model: endpoint.model)
            if !answer.text.isEmpty { onText?(answer.text) }
            return checked(answer)
        } catch {
            return garbage(error.reason)
        }
    }

    private func streamed(_ body: HTTPClientResponse.Body, _ onText: @Sendable (String) -> Void) async throws -> Outcome {
        var events = ServerSentEvents()
        var assembly = wire.assembly(model: endpoint.model)
        var read = 0
        var count = 0
        do {
            for try await buffer in body {
                try Task.checkCancellation()
                read += buffer.readableBytes
                if read > bodyLimit { throw ServerSentEvents.TooLong() }
                for event in try events.feed(buffer.readableBytesView) {
                    if let failed = try take(event, &assembly, &count, onText) { return failed }
                }
            }
            if let event = events.finish(), let failed = try take(event, &assembly, &count, onText) { return failed }
        } catch let fault as WireFault {
            return garbage(fault.reason)
        } catch is ServerSentEvents.TooLong {
            return .failed(LanguageModelError(.garbage, "\(endpoint.host) answered with more than can be read at once."))
        }
        if count == 0 { return empty }
        guard assembly.isComplete else {
            return .failed(LanguageModelError(.network, "\(endpoint.host) broke its answer off."))
        }
        return checked(assembly.answer)
    }

    private func take(
        _ event: String, _ assembly: inout any StreamAssembly, _ count: inout Int, _ onText: @Sendable (String) -> Void
    ) throws -> Outcome? {
        if event == "[DONE]" { return nil }
        guard let value = JSONValue(parsing: event) else { throw WireFault("streamed something that is not JSON") }
        if let message = value["error"].flatMap(Self.message) { return failedInside(message) }
        count += 1
        if let piece = try assembly.take(value) { onText(piece) }
        return nil
    }

    private func checked(_ answer: ChatAnswer) -> Outcome {
        if answer.ending == .declined { return .failed(LanguageModelError(.declined, "\(answer.model) declined to answer.")) }
        guard answer.text.isEmpty, answer.calls.isEmpty else { return .answered(answer) }
        if answer.ending == .tokenLimit {
            return .failed(LanguageModelError(.garbage, "\(endpoint.host) used up its tokens without an answer."))
        }
        return empty
    }

    private var empty: Outcome {
        .refused(LanguageModelError(.garbage, "\(endpoint.host) answered with nothing."), upstream: "", isFault: true)
    }

    private func garbage(_ reason: String) -> Outcome { .failed(LanguageModelError(.garbage, "\(endpoint.host) \(reason).")) }

    /// An error told inside an answer that began well.
    private func failedInside(_ message: String) -> Outcome {
        .failed(LanguageModelError(.unavailable, "\(endpoint.host) failed while answering: \(endpoint.shown(message))"))
    }

    // MARK: Refusals

    private func refusal(_ response: HTTPClientResponse) async throws -> Outcome {
        let body = try await response.body.collect(upTo: bodyLimit)
        let upstream = JSONValue(parsing: Data(buffer: body)).flatMap { $0["error"].flatMap(Self.message) ?? Self.message($0) } ?? ""
        let status = Int(response.status.code)
        let shown = endpoint.shown(upstream)
        let because = shown.isEmpty ? "." : ": \(shown)"
        let wait = retryAfter(response.headers)
        let host = endpoint.host
        switch status {
        case 401, 403:
            return .failed(LanguageModelError(.unauthorized, "\(host) did not accept the key for \(endpoint.model)\(because)"))
        case 404: return .failed(LanguageModelError(.notFound, "\(host) has no model \(endpoint.model) at this address\(because)"))
        case 413: return .failed(LanguageModelError(.tooLong, "The conversation is too long for \(host)\(because)"))
        case 429: return .failed(LanguageModelError(.rateLimited, "\(host) limits requests\(because)", retryAfter: wait))
        case 400 where Self.isLength(upstream), 422 where Self.isLength(upstream):
            return .failed(LanguageModelError(.tooLong, "The conversation is too long for \(endpoint.model)\(because)"))
        case 400, 422:
            return .refused(LanguageModelError(.refused, "\(host) did not take the request\(because)"), upstream: upstream, isFault: false)
        case 500, 501:
            let error = LanguageModelError(.unavailable, "\(host) failed (\(status))\(because)", retryAfter: wait)
            return .refused(error, upstream: upstream, isFault: true)
        case 408, 425, 502...:
            return .failed(LanguageModelError(.unavailable, "\(host) is not available (\(status))\(because)", retryAfter: wait))
        case 300..<400: return .failed(LanguageModelError(.refused, "\(host) answered with a redirect."))
        default: return .failed(LanguageModelError(.refused, "\(host) answered with status \(status)\(because)"))
        }
    }

    private static func isLength(_ message: String) -> Bool {
        let message = message.lowercased()
        return ["context length", "context_length", "context window", "prompt is too long", "too many tokens"].contains {
            message.contains($0)
        }
    }

    /// The words in an error, whose shape differs from server to server.
    private static func message(_ error: JSONValue) -> String? {
        guard error != .null, error != false else { return nil }
        return error.string ?? error["message"]?.string ?? error["detail"]?.string ?? (error.object == nil ? nil : error["type"]?.string)
    }

    private func retryAfter(_ headers: HTTPHeaders) -> Duration? {
        guard let text = headers.first(name: "Retry-After"), let seconds = Double(text.trimmingCharacters(in: .whitespaces)),
            seconds.isFinite
        else { return nil }
        return .seconds(min(86_400, max(0, seconds)))
    }

    private func fault(_ error: any Error) -> LanguageModelError {
        if let error = error as? HTTPClientError {
            return LanguageModelError(.network, "The connection to \(endpoint.host) failed: \(error.shortDescription).")
        }
        return LanguageModelError(.network, "\(endpoint.host) could not be reached: \(endpoint.shown(String(describing: error)))")
    }
}
