import AsyncHTTPClient
import Foundation
import LanguageModel
import Logging
import StandInModel

@testable import Larry

/// A model behind real HTTP that passes probe and examination by the way it is given, and says what a test wants to anything else.
enum ScriptedModel {
    /// What a right answer to each question of the examination holds.
    static let right: [String: (name: String?, query: String)] = [
        "How many open tickets does Larkspur Dairy have?": (
            "Larkspur Dairy", #""operation":"count","filter":{"names":["n1"],"status":["open"]}"#
        ),
        "How many urgent tickets are assigned to Oswin Tarrant?": (
            "Oswin Tarrant", #""operation":"count","filter":{"names":["n1"],"priority":["urgent"]}"#
        ),
        "How many tickets did Quillfeather Press open in April 2026?": (
            "Quillfeather Press",
            #""operation":"count","filter":{"names":["n1"],"time_field":"created","from":"2026-04-01","to":"2026-05-01"}"#
        ),
        "Which accounts have pending tickets?": (nil, #""operation":"group","by":["account"],"filter":{"status":["pending"]}"#),
        "What is the median first response time?": (nil, #""operation":"aggregate","measure":"first_response","statistic":"median""#),
        "How many escalated tickets does Quillfeather Press have?": (
            "Quillfeather Press", #""operation":"count","filter":{"names":["n1"],"escalated":true}"#
        )
    ]

    /// Passes by tools, or by form alone; then says `reply`, and `wording` where a wording is asked for.
    static func good(
        _ reply: ScriptedReply, wording: ScriptedReply = .text("no"), by way: ModelConversation.Way = .tools
    ) -> StandInModel.Script {
        { asked, _ in
            if let probed = probe(asked, way) { return probed }
            if asked.text.contains("You word the answer") { return wording }
            guard let (_, wanted) = right.first(where: { asked.text.contains($0.key) }) else { return reply }
            switch way {
            case .tools:
                // The code that the find tool gave stands in the conversation once it was called.
                if let name = wanted.name, !asked.text.contains("n1") { return .calls([.init("find_name", "{\"name\":\"\(name)\"}")]) }
                return .calls([.init("ask_support", "{\(wanted.query)}")])
            case .form: return .text(strict(wanted.query))
            }
        }
    }

    private static func probe(_ asked: StandInModel.Asked, _ way: ModelConversation.Way) -> ScriptedReply? {
        if asked.text.contains("Answer with the word ready") { return .text(#"{"word":"ready"}"#) }
        if asked.text.contains("Report the word ready") {
            return way == .tools ? .calls([.init("report", #"{"word":"ready"}"#)]) : .text("I would rather talk.")
        }
        return asked.text.contains("Say ready.") ? .text("ready") : nil
    }

    /// A query with every member that a strict form wants, those not given as null.
    static func strict(_ members: String) -> String {
        guard let given = JSONValue(parsing: "{\(members)}") else { return "{}" }
        return filled(given, QueryTool.form.schema.definition).text
    }

    private static func filled(_ value: JSONValue, _ schema: JSONValue) -> JSONValue {
        let schema = schema["anyOf"]?[0] ?? schema
        guard let properties = schema["properties"]?.object, case .object(var members) = value else { return value }
        for (name, property) in properties { members[name] = members[name].map { filled($0, property) } ?? .null }
        return .object(members)
    }

    static func client(
        _ model: StandInModel, _ kind: ModelEndpoint.Kind, _ http: HTTPClient
    ) -> LanguageModelClient {
        var logger = Logger(label: "larry.test")
        logger.logLevel = .critical
        var options = LanguageModelClient.Options()
        options.attempts = 1
        return LanguageModelClient(
            endpoint: ModelEndpoint(kind: kind, url: model.url, model: "stand-in", key: nil), http: http, logger: logger, options: options)
    }

    /// What `body` makes of a client of such a model, and everything the model was asked.
    static func run<Value: Sendable>(
        _ kind: ModelEndpoint.Kind, _ script: @escaping StandInModel.Script,
        _ body: @escaping @Sendable (LanguageModelClient) async throws -> Value
    ) async throws -> (value: Value, asked: [StandInModel.Asked]) {
        let http = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            let result = try await StandInModel.run(script: script) { model in
                let value = try await body(client(model, kind, http))
                return (value, model.asked)
            }
            try await http.shutdown()
            return result
        } catch {
            try await http.shutdown()
            throw error
        }
    }
}
