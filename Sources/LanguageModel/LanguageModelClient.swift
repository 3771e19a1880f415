package import AsyncHTTPClient
import Foundation
package import Logging
import Synchronization

/// Asks one model at one endpoint.
///
/// It retries what is worth retrying within the request's timeout, and leaves out what the endpoint turns out not to take: a bound
/// form becomes a described one, a demanded tool an offered one. What it learns it keeps for the life of the process. Neither the key
/// nor the words of a conversation are ever logged.
package final class LanguageModelClient: Sendable {
    package struct Options: Sendable {
        /// Bytes of a request.
        package var requestLimit = 2 << 20
        /// Bytes of an answer.
        package var bodyLimit = 4 << 20
        /// Attempts after which a connection fault, a limit or a 5xx is final.
        package var attempts = 4
        /// Answers in the wrong form that are given back with what is wrong.
        package var repairs = 1
        /// Pause before the second attempt, doubled each time.
        package var firstPause = Duration.milliseconds(500)
        package var longestPause = Duration.seconds(8)
        package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        /// A number in 0..<1 for the pauses.
        package var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }

        package init() {}
    }

    private struct State {
        var capabilities = ModelCapabilities()
        var usage = TokenUsage()
        var probe: Task<ModelCapabilities, any Error>?
    }

    package let endpoint: ModelEndpoint
    let options: Options
    private let transport: ModelTransport
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameter http: follows no redirects; shared with whatever else the process asks.
    package init(endpoint: ModelEndpoint, http: HTTPClient, logger: Logger, options: Options = Options()) {
        self.endpoint = endpoint
        self.options = options
        self.logger = logger
        transport = ModelTransport(endpoint: endpoint, http: http, bodyLimit: options.bodyLimit)
    }

    /// What is known of the endpoint by now; `probe()` asks it.
    package var capabilities: ModelCapabilities { state.withLock { $0.capabilities } }

    /// Tokens spent since the process started.
    package var usage: TokenUsage { state.withLock { $0.usage } }

    /// Asks once and answers in one piece.
    ///
    /// With a form, `value` of the answer fits its schema; an answer that does not is given back once with what is wrong. Beside tools
    /// a form binds only the answer that calls none.
    /// - Throws: `LanguageModelError`, `CancellationError`.
    package func complete(_ request: ChatRequest) async throws -> ChatAnswer {
        try await within(request.timeout) { deadline in
            try await self.formed(request, deadline: deadline)
        }
    }

    /// Asks once and streams the answer's text, then the whole. Ending the iteration or cancelling its task cancels the request. An
    /// answer that must have a form, or an endpoint that does not stream, comes in one piece.
    package func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    let answer = try await self.within(request.timeout) { deadline in
                        if request.form != nil { return try await self.formed(request, deadline: deadline) }
                        return try await self.answered(request, deadline: deadline) { continuation.yield(.text($0)) }
                    }
                    continuation.yield(.finished(answer))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Finds out what the endpoint can do with three small requests, once for the life of the process: further calls answer what was
    /// found, calls at the same time wait for it. A failure is not kept.
    /// - Throws: `LanguageModelError` when the endpoint cannot be asked at all.
    package func probe() async throws -> ModelCapabilities {
        let task = state.withLock { state in
            if let running = state.probe { return running }
            let started = Task { try await self.measureCapabilities() }
            state.probe = started
            return started
        }
        do {
            return try await task.value
        } catch {
            state.withLock { $0.probe = nil }
            throw error
        }
    }

    func learn(_ change: (inout ModelCapabilities) -> Void) { state.withLock { change(&$0.capabilities) } }

    // MARK: Form

    private func formed(_ request: ChatRequest, deadline: ContinuousClock.Instant) async throws -> ChatAnswer {
        var asked = request
        var spent = TokenUsage()
        var repairs = 0
        while true {
            var answer = try await answered(asked, deadline: deadline, onText: nil)
            spent = spent + answer.usage
            answer.usage = spent
            answer.repairs = repairs
            guard let form = request.form else { return answer }
            let reader = FormReader(form: form)
            do {
                if let call = answer.calls.first(where: { $0.name == form.name && request.tools.isEmpty }) {
                    answer.value = try reader.value(checking: call.arguments)
                    answer.calls = []
                    answer.ending = .complete
                    return answer
                }
                if !answer.calls.isEmpty, !request.tools.isEmpty { return answer }
                answer.value = try reader.value(in: answer.text)
                return answer
            } catch {
                let reasons = error.reasons.prefix(5).joined(separator: "; ")
                guard repairs < options.repairs else {
                    throw LanguageModelError(.wrongForm, "\(answer.model) did not answer in the form it was asked for: \(reasons).")
                }
                repairs += 1
                let said = answer.text.isEmpty ? answer.calls.first?.arguments?.text ?? "{}" : answer.text
                asked.messages += [
                    .assistant(String(said.prefix(4_000))),
                    .user("That does not have the form asked for: \(reasons). Answer again with the JSON object alone.")
                ]
            }
        }
    }

    // MARK: Attempts

    private func answered(
        _ request: ChatRequest, deadline: ContinuousClock.Instant, onText: (@Sendable (String) -> Void)?
    ) async throws -> ChatAnswer {
        let known = capabilities
        var fit = known
        var attempts = 0
        var hasRetriedFault = false
        let said = Said()
        while true {
            let streams = onText != nil && fit.streams
            let started = ContinuousClock.now
            let pieces = streams ? onText.map(said.marking) : nil
            let outcome = try await transport.post(try body(of: request, fit, streams: streams), onText: pieces)
            attempts += 1
            let failure: LanguageModelError
            switch outcome {
            case .answered(let answer):
                note(answer, since: started)
                let found = fit
                if found != known { learn { $0.adopt(found) } }
                state.withLock { $0.usage = $0.usage + answer.usage }
                if onText != nil, !streams, !answer.text.isEmpty { onText?(answer.text) }
                return answer
            case .refused(let error, let upstream, let isFault):
                note(error, since: started)
                if isFault, !hasRetriedFault, attempts < options.attempts, !streams || error.kind != .garbage {
                    hasRetriedFault = true
                    failure = LanguageModelError(.unavailable, error.message, retryAfter: error.retryAfter)
                } else if streams, isFault {
                    fit.streams = false
                    continue
                } else if let next = fit.steppedDown(after: upstream, for: request, isFault: isFault) {
                    fit = next
                    continue
                } else {
                    failure = error
                }
            case .failed(let error):
                note(error, since: started)
                failure = error
            }
            // Text that somebody has read cannot be taken back.
            guard failure.isTransient, attempts < options.attempts, !said.isTrue else { throw failure }
            let pause = max(failure.retryAfter ?? .zero, pause(after: attempts))
            guard ContinuousClock.now + pause < deadline else { throw failure }
            try await options.sleep(pause)
        }
    }

    private func pause(after failures: Int) -> Duration {
        min(options.firstPause * (1 << min(failures - 1, 16)), options.longestPause) * (0.5 + options.jitter() / 2)
    }

    private func body(of request: ChatRequest, _ fit: ModelCapabilities, streams: Bool) throws -> [UInt8] {
        let body = endpoint.kind.wire.body(of: request, model: endpoint.model, capabilities: fit, streams: streams)
        let bytes = Array(body.text.utf8)
        guard bytes.count <= options.requestLimit else {
            throw LanguageModelError(.tooLong, "The conversation is longer than \(options.requestLimit) bytes.")
        }
        return bytes
    }

    /// Bounds the whole by the request's timeout; what runs on is cancelled.
    private func within<Value: Sendable>(
        _ timeout: Duration, _ operation: @escaping @Sendable (ContinuousClock.Instant) async throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + timeout
        let host = endpoint.host
        return try await withThrowingTaskGroup(of: Value.self) { group in
            group.addTask { try await operation(deadline) }
            group.addTask {
                try await Task.sleep(until: deadline)
                throw LanguageModelError(.timeout, "\(host) did not answer within \(timeout.components.seconds) seconds.")
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }

    // MARK: Log

    private func note(_ answer: ChatAnswer, since started: ContinuousClock.Instant) {
        logger.debug(
            "The language model answered",
            metadata: [
                "host": "\(endpoint.host)", "tokens": "\(answer.usage.total)", "duration_ms": "\(milliseconds(since: started))"
            ])
    }

    private func note(_ error: LanguageModelError, since started: ContinuousClock.Instant) {
        logger.info(
            "The language model gave no answer",
            metadata: [
                "host": "\(endpoint.host)", "reason": "\(error.kind.rawValue)", "duration_ms": "\(milliseconds(since: started))"
            ])
    }

    private func milliseconds(since started: ContinuousClock.Instant) -> Int {
        Int((ContinuousClock.now - started) / .milliseconds(1))
    }
}

/// Whether a piece of a streamed answer has been handed on.
private final class Said: Sendable {
    private let flag = Mutex(false)
    var isTrue: Bool { flag.withLock { $0 } }

    func marking(_ onText: @escaping @Sendable (String) -> Void) -> @Sendable (String) -> Void {
        { piece in
            self.flag.withLock { $0 = true }
            onText(piece)
        }
    }
}

extension LanguageModelClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "LanguageModelClient(\(endpoint))" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["endpoint": endpoint.description]) }
}
