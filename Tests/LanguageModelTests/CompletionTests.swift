import Foundation
import StandInModel
import Testing

@testable import LanguageModel

@Suite("Asking a model", .timeLimit(.minutes(2)))
struct CompletionTests {
    @Test(arguments: ModelEndpoint.Kind.allCases)
    func textComesBackWithItsUsage(kind: ModelEndpoint.Kind) async throws {
        let (answer, asked) = try await asking(kind, script: { _, _ in .text("Good morning") }) { client in
            let answer = try await client.complete(ChatRequest(system: "Be short.", messages: [.user("Hello")], tokenLimit: 50))
            #expect(client.usage == TokenUsage(input: 11, output: 7))
            return answer
        }
        #expect(answer == ChatAnswer(text: "Good morning", usage: TokenUsage(input: 11, output: 7), model: "stand-in"))
        let request = try #require(asked.first)
        let body = try #require(JSONValue(parsing: request.text))
        #expect(body["model"] == "small" && body["max_tokens"] == 50 && body["temperature"]?.number == 0)
        switch kind {
        case .openai:
            #expect(request.path == "/v1/chat/completions")
            #expect(request.headers["authorization"] == "Bearer \(modelKey)")
            #expect(body["messages"]?[0] == ["role": "system", "content": "Be short."])
            #expect(body["messages"]?[1] == ["role": "user", "content": "Hello"])
        case .anthropic:
            #expect(request.path == "/v1/messages")
            #expect(request.headers["x-api-key"] == modelKey && request.headers["anthropic-version"] == "2023-06-01")
            #expect(body["system"] == "Be short." && body["messages"]?[0] == ["role": "user", "content": "Hello"])
        }
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func toolsAreCalledAndTheirResultsGoBack(kind: ModelEndpoint.Kind) async throws {
        let script: StandInModel.Script = { _, number in
            number == 1 ? .calls([.init("weather", #"{"town":"Łódź"}"#)], text: "Let me look.") : .text("It rains.")
        }
        let (answers, asked) = try await asking(kind, script: script) { client in
            var request = ChatRequest(messages: [.user("Weather in Łódź?")], tools: [weather], toolChoice: .required)
            let first = try await client.complete(request)
            let call = try #require(first.calls.first)
            request.messages += [
                .assistant(first.text, calls: first.calls), .results([ToolResult(callID: call.id, content: "rain", isError: false)])
            ]
            return [first, try await client.complete(request)]
        }
        #expect(answers[0].ending == .toolCalls)
        #expect(answers[0].calls.first?.name == "weather" && answers[0].calls.first?.arguments == ["town": "Łódź"])
        #expect(answers[0].calls.first.map(weather.faults) == [])
        #expect(answers[1].text == "It rains.")
        let second = try #require(JSONValue(parsing: asked[1].text))
        switch kind {
        case .openai:
            #expect(second["tool_choice"] == "required")
            #expect(second["messages"]?[1]?["content"] == "Let me look.")
            #expect(second["messages"]?[1]?["tool_calls"]?[0]?["function"]?["arguments"] == #"{"town":"Łódź"}"#)
            #expect(second["messages"]?[2] == ["role": "tool", "tool_call_id": "call_1", "content": "rain"])
        case .anthropic:
            #expect(second["tool_choice"] == ["type": "any"])
            #expect(second["messages"]?[1]?["content"]?[1]?["input"] == ["town": "Łódź"])
            #expect(second["messages"]?[2]?["content"]?[0]?["tool_use_id"] == "toolu_1")
        }
    }

    @Test(
        "Arguments that are no object are told, not trusted", arguments: ModelEndpoint.Kind.allCases,
        [#"{"town":"#, "[1]", "drop table tickets", #""Paris""#])
    func badArguments(kind: ModelEndpoint.Kind, arguments: String) async throws {
        let script: StandInModel.Script = { _, _ in .calls([.init("weather", arguments)]) }
        let (answer, _) = try await asking(kind, script: script) { client in
            try await client.complete(ChatRequest(messages: [.user("Hello")], tools: [weather]))
        }
        let call = try #require(answer.calls.first)
        #expect(call.arguments == nil)
        #expect(weather.faults(of: call) == ["the arguments are not a JSON object"])
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aDemandedToolMayStayUncalled(kind: ModelEndpoint.Kind) async throws {
        let (answer, _) = try await asking(kind, script: { _, _ in .text("I would rather talk.") }) { client in
            try await client.complete(ChatRequest(messages: [.user("Hello")], tools: [weather], toolChoice: .named("weather")))
        }
        #expect(answer.calls.isEmpty && answer.text == "I would rather talk.")
    }

    @Test(
        "A limited or failing endpoint is asked again, and the answer is one", arguments: ModelEndpoint.Kind.allCases, [429, 500, 503, 529])
    func retries(kind: ModelEndpoint.Kind, status: Int) async throws {
        let script: StandInModel.Script = { _, number in
            number == 1 ? .status(status, message: "later", headers: ["Retry-After": "1"]) : .text("Here")
        }
        let (answer, asked) = try await asking(kind, script: script) { try await $0.complete(ChatRequest(messages: [.user("Hello")])) }
        #expect(answer.text == "Here" && asked.count == 2)
    }

    @Test("A wait longer than the request may take is not begun", arguments: ModelEndpoint.Kind.allCases)
    func waitBeyondTheDeadline(kind: ModelEndpoint.Kind) async throws {
        let script: StandInModel.Script = { _, _ in .status(429, message: "slow down", headers: ["Retry-After": "3600"]) }
        let (error, asked) = try await failing(kind, script: script)
        #expect(error?.kind == .rateLimited && error?.retryAfter == .seconds(3_600))
        #expect(asked.count == 1)
    }

    @Test(
        "Errors are sorted by what they mean", arguments: ModelEndpoint.Kind.allCases,
        [
            (401, "bad key \(modelKey)", LanguageModelError.Kind.unauthorized), (403, "no", .unauthorized),
            (404, "no such model", .notFound),
            (400, "unknown field", .refused), (400, "This model's maximum context length is 8192 tokens", .tooLong), (413, "", .tooLong),
            (302, "", .refused), (418, "", .refused)
        ])
    func sorted(kind: ModelEndpoint.Kind, expected: (status: Int, message: String, kind: LanguageModelError.Kind)) async throws {
        let script: StandInModel.Script = { _, _ in
            .status(expected.status, message: expected.message, headers: expected.status == 302 ? ["Location": "http://127.0.0.1:1/"] : [:])
        }
        let (error, asked) = try await failing(kind, script: script)
        #expect(error?.kind == expected.kind)
        #expect(asked.count == 1)
        let message = try #require(error?.message)
        #expect(message.contains("127.0.0.1") || message.contains("small"))
        #expect(!message.contains(modelKey))
    }

    @Test(
        "What is no answer is an error with a sentence", arguments: ModelEndpoint.Kind.allCases,
        [
            "<html>It works</html>", "{}", "[]", "null", "{\"choices\":[]}", "{\"choices\":[{}]}", "{\"content\":7}",
            "{\"choices\":\"x\",\"content\":\"y\"}", String(repeating: "[", count: 100_000)
        ])
    func garbage(kind: ModelEndpoint.Kind, body: String) async throws {
        let (error, _) = try await failing(kind, script: { _, _ in .raw(body) })
        #expect(error?.kind == .garbage)
        #expect(error?.message.hasSuffix(".") == true)
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func nothingIsNoAnswer(kind: ModelEndpoint.Kind) async throws {
        let (error, asked) = try await failing(kind, script: { _, _ in .empty })
        #expect(error?.kind == .garbage && error?.message.hasSuffix("answered with nothing.") == true)
        #expect(asked.count == 2)
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func anErrorInsideAnAnswerIsOne(kind: ModelEndpoint.Kind) async throws {
        let (error, _) = try await failing(
            kind, script: { _, _ in .raw(#"{"error":{"message":"model crashed"}}"#) })
        #expect(error?.kind == .unavailable && error?.message.contains("model crashed") == true)
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aFilterAndATokenLimitAreTold(kind: ModelEndpoint.Kind) async throws {
        #expect(try await failing(kind, script: { _, _ in .declined }).error?.kind == .declined)
        #expect(try await failing(kind, script: { _, _ in .cut("") }).error?.kind == .garbage)
        let (answer, _) = try await asking(kind, script: { _, _ in .cut("Half of") }) {
            try await $0.complete(ChatRequest(messages: [.user("Hello")]))
        }
        #expect(answer.ending == .tokenLimit && answer.text == "Half of")
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func sizesAreBounded(kind: ModelEndpoint.Kind) async throws {
        let long = try await failing(
            kind, options: { $0.bodyLimit = 1_000 }, script: { _, _ in .text(String(repeating: "x", count: 5_000)) })
        #expect(long.error?.kind == .garbage && long.error?.message.contains("more than can be read") == true)
        let asked = try await failing(
            kind, options: { $0.requestLimit = 1_000 }, script: { _, _ in .text("no") },
            { _ = try await $0.complete(ChatRequest(messages: [.user(String(repeating: "x", count: 5_000))])) })
        #expect(asked.error?.kind == .tooLong && asked.asked.isEmpty)
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func silenceEndsAtTheTimeout(kind: ModelEndpoint.Kind) async throws {
        let (error, _) = try await failing(kind, script: { _, _ in .hangs(after: "Well") }) { client in
            _ = try await client.complete(ChatRequest(messages: [.user("Hello")], timeout: .milliseconds(300)))
        }
        #expect(error?.kind == .timeout)
    }

    @Test func nobodyListens() async throws {
        let (error, _) = try await failing(.openai, script: { _, _ in .empty }) { client in
            let endpoint = ModelEndpoint(
                kind: .openai, url: try #require(URL(string: "http://127.0.0.1:1")), model: "small", key: modelKey)
            _ = client
            try await withHTTP { http in
                var options = LanguageModelClient.Options()
                options.sleep = { _ in }
                let other = LanguageModelClient(endpoint: endpoint, http: http, logger: silent, options: options)
                _ = try await other.complete(ChatRequest(messages: [.user("Hello")], timeout: .seconds(30)))
            }
        }
        #expect(error?.kind == .network)
    }

    @Test func theKeyIsNeverPrinted() throws {
        let endpoint = ModelEndpoint(
            kind: .anthropic, url: try #require(URL(string: "https://llm.example/")), model: "large", key: modelKey)
        var dumped = ""
        dump(endpoint, to: &dumped)
        for text in ["\(endpoint)", String(reflecting: endpoint), dumped, endpoint.shown("key \(modelKey)\nnext\u{7}")] {
            #expect(!text.contains(modelKey))
        }
        #expect(endpoint.address == "https://llm.example/v1/messages")
        #expect(endpoint.shown("key \(modelKey)\nnext\u{7}") == "key •••• next")
    }
}
