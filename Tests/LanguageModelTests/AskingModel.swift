import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import StandInModel
import Synchronization

@testable import LanguageModel

let modelKey = "sk-very-secret-0123456789"

/// Runs `call` with a client of a stand-in that follows `script`; pauses between attempts pass at once.
func asking<Value: Sendable>(
    _ kind: ModelEndpoint.Kind, options change: @escaping @Sendable (inout LanguageModelClient.Options) -> Void = { _ in },
    script: @escaping StandInModel.Script, _ call: @escaping @Sendable (LanguageModelClient) async throws -> Value
) async throws -> (value: Value, asked: [StandInModel.Asked]) {
    try await StandInModel.run(script: script) { model in
        try await withHTTP { http in
            var options = LanguageModelClient.Options()
            options.sleep = { _ in try Task.checkCancellation() }
            options.jitter = { 0 }
            change(&options)
            let client = LanguageModelClient(
                endpoint: ModelEndpoint(kind: kind, url: model.url, model: "small", key: modelKey), http: http, logger: silent,
                options: options)
            return (try await call(client), model.asked)
        }
    }
}

/// The error that `call` ends with.
func failing(
    _ kind: ModelEndpoint.Kind, options change: @escaping @Sendable (inout LanguageModelClient.Options) -> Void = { _ in },
    script: @escaping StandInModel.Script, _ call: @escaping @Sendable (LanguageModelClient) async throws -> Void = { try await say($0) }
) async throws -> (error: LanguageModelError?, asked: [StandInModel.Asked]) {
    let result = try await asking(kind, options: change, script: script) { client -> LanguageModelError? in
        do {
            try await call(client)
            return nil
        } catch let error as LanguageModelError {
            return error
        }
    }
    return (result.value, result.asked)
}

func say(_ client: LanguageModelClient) async throws { _ = try await client.complete(ChatRequest(messages: [.user("Hello")])) }

let yesNo = ChatRequest.AnswerForm(
    name: "choice", schema: .object(["choice": ["type": "string", "enum": ["yes", "no"]], "reason": ["type": "string", "maxLength": 80]]))

let weather = Tool(name: "weather", description: "The weather of a town.", parameters: .object(["town": ["type": "string"]]))

/// Text streamed so far and the whole at the end.
func collect(_ stream: AsyncThrowingStream<ChatEvent, any Error>) async throws -> (pieces: [String], answer: ChatAnswer?) {
    var pieces: [String] = []
    var answer: ChatAnswer?
    for try await event in stream {
        switch event {
        case .text(let piece): pieces.append(piece)
        case .finished(let whole): answer = whole
        }
    }
    return (pieces, answer)
}

let silent = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

func withHTTP<Value>(_ body: (HTTPClient) async throws -> Value) async throws -> Value {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .seconds(2))
    configuration.connectionPool.retryConnectionEstablishment = false
    let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
        let value = try await body(http)
        try await http.shutdown()
        return value
    } catch {
        try? await http.shutdown()
        throw error
    }
}
