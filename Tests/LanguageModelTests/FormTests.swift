import StandInModel
import Testing

@testable import LanguageModel

@Suite("Answers in a form", .timeLimit(.minutes(2)))
struct FormTests {
    private static let good = #"{"choice":"yes","reason":"The names are equal"}"#
    private static let request = ChatRequest(messages: [.user("Same firm?")], form: yesNo)

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func theEndpointIsBoundToTheSchema(kind: ModelEndpoint.Kind) async throws {
        let script: StandInModel.Script = { asked, _ in asked.isAnthropic ? .calls([.init("choice", Self.good)]) : .text(Self.good) }
        let (answer, asked) = try await asking(kind, script: script) { try await $0.complete(Self.request) }
        #expect(answer.value == ["choice": "yes", "reason": "The names are equal"])
        #expect(answer.calls.isEmpty)
        let body = try #require(JSONValue(parsing: asked.first?.text ?? ""))
        switch kind {
        case .openai: #expect(body["response_format"]?["json_schema"]?["schema"] == yesNo.schema.definition)
        case .anthropic: #expect(body["tool_choice"] == ["type": "tool", "name": "choice"])
        }
    }

    @Test(
        "JSON is found in what models put around it", arguments: ModelEndpoint.Kind.allCases,
        [
            "```json\n\(FormTests.good)\n```", "Sure! \(FormTests.good) Anything else?",
            "<think>{maybe} {\"a\":1}</think>\n\(FormTests.good)",
            "\n\n  \(FormTests.good)"
        ])
    func wrapped(kind: ModelEndpoint.Kind, text: String) async throws {
        let (answer, asked) = try await asking(kind, script: { _, _ in .text(text) }) { try await $0.complete(Self.request) }
        #expect(answer.value?["choice"] == "yes")
        #expect(asked.count == 1)
    }

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aWrongAnswerIsGivenBackOnce(kind: ModelEndpoint.Kind) async throws {
        let script: StandInModel.Script = { _, number in .text(number == 1 ? #"{"choice":"maybe","reason":""}"# : Self.good) }
        let (answer, asked) = try await asking(kind, script: script) { try await $0.complete(Self.request) }
        #expect(answer.value?["choice"] == "yes")
        #expect(answer.usage == TokenUsage(input: 22, output: 14))
        #expect(asked.count == 2 && asked[1].text.contains("choice must be one of"))
    }

    @Test(
        "A form that is never met is an error", arguments: ModelEndpoint.Kind.allCases,
        [
            "I cannot say.", #"{"choice":"yes"}"#, #"{"choice":"yes","reason":"ok","account":7}"#, #"{"choice":7,"reason":"ok"}"#,
            #"["yes"]"#, #"{"choice":"yes","reason":"ok""#, String(repeating: "{", count: 20_000)
        ])
    func neverMet(kind: ModelEndpoint.Kind, text: String) async throws {
        let (error, asked) = try await failing(kind, script: { _, _ in .text(text) }) { _ = try await $0.complete(Self.request) }
        #expect(error?.kind == .wrongForm)
        #expect(asked.count == 2)
    }

    @Test("An endpoint that takes no schema is asked for JSON, then by words, and this is remembered", arguments: [400, 422, 500])
    func stepsDown(status: Int) async throws {
        let script: StandInModel.Script = { asked, _ in
            asked.text.contains("response_format") ? .status(status, message: "response_format is not supported") : .text(Self.good)
        }
        let (forms, asked) = try await asking(.openai, script: script) { client in
            _ = try await client.complete(Self.request)
            let before = client.capabilities.form
            _ = try await client.complete(Self.request)
            return [before, client.capabilities.form]
        }
        #expect(forms == [.prompt, .prompt])
        // A 500 may pass by itself, so it is tried once more as it was.
        #expect(asked.count == (status == 500 ? 5 : 4))
        #expect(asked.last?.text.contains("It must fit this JSON schema") == true)
    }

    @Test func aMessagesEndpointWithoutToolsIsAskedByWords() async throws {
        let script: StandInModel.Script = { asked, _ in
            asked.text.contains("tool_choice") ? .status(400, message: "tools: Extra inputs are not permitted") : .text(Self.good)
        }
        let (answer, _) = try await asking(.anthropic, script: script) { try await $0.complete(Self.request) }
        #expect(answer.value?["choice"] == "yes")
    }

    @Test(
        "Parameters that an endpoint names in its refusal are left out",
        arguments: [
            ("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.", "\"max_tokens\"", "\"max_completion_tokens\""),
            ("'temperature' does not support 0 with this model.", "\"temperature\"", "\"max_tokens\"")
        ])
    func leavesOut(message: String, refused: String, kept: String) async throws {
        let script: StandInModel.Script = { asked, _ in
            asked.text.contains(refused) ? .status(400, message: message) : .text("Fine")
        }
        let (answer, asked) = try await asking(.openai, script: script) { try await $0.complete(ChatRequest(messages: [.user("Hello")])) }
        #expect(answer.text == "Fine" && asked.count == 2)
        #expect(asked.last?.text.contains(kept) == true)
    }

    @Test func aDemandedToolThatIsRefusedIsOffered() async throws {
        let script: StandInModel.Script = { asked, _ in
            asked.text.contains("tool_choice") ? .status(500, message: "no") : .calls([.init("weather", #"{"town":"Bonn"}"#)])
        }
        let (answer, asked) = try await asking(.openai, script: script) { client in
            try await client.complete(ChatRequest(messages: [.user("Hello")], tools: [weather], toolChoice: .required))
        }
        #expect(answer.calls.count == 1 && asked.count == 3)
    }

    @Test("The probe asks once and finds out what works", arguments: ModelEndpoint.Kind.allCases, [true, false])
    func probe(kind: ModelEndpoint.Kind, isAble: Bool) async throws {
        let script: StandInModel.Script = { asked, _ in
            if asked.streams { return isAble ? .text("ready") : .empty }
            if asked.text.contains("\"tools\"") {
                let name = asked.text.contains("\"report\"") ? "report" : "answer"
                return isAble ? .calls([.init(name, #"{"word":"ready"}"#)]) : .text("Ready!")
            }
            return .text(isAble ? #"{"word":"ready"}"# : "Ready!")
        }
        let (found, asked) = try await asking(kind, script: script) { client in
            async let first = client.probe()
            async let second = client.probe()
            let both = try await [first, second]
            let again = try await client.probe()
            return both + [again]
        }
        for capabilities in found {
            #expect(capabilities.callsTools == isAble && capabilities.holdsForm == isAble && capabilities.streams == isAble)
        }
        #expect(asked.count == (isAble ? 3 : 5))
    }

    @Test func aProbeThatFailsIsNotKept() async throws {
        let script: StandInModel.Script = { _, number in number == 1 ? .status(401, message: "no") : .text(#"{"word":"ready"}"#) }
        let (found, _) = try await asking(.openai, script: script) { client in
            let error = await #expect(throws: LanguageModelError.self) { try await client.probe() }
            #expect(error?.kind == .unauthorized)
            return try await client.probe()
        }
        #expect(found.holdsForm == true && found.callsTools == false)
    }
}
