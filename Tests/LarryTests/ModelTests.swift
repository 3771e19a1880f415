import AsyncHTTPClient
import Domain
import Foundation
import LanguageModel
import Logging
import StandInModel
import Store
import Sync
import Testing
import TestSupport

@testable import Larry

/// Larry with a scripted model behind both protocols: whatever it says, figures are counted and the rules' answers stay.
@Suite struct ModelTests {
    /// What a good model would call for a question of the examination.
    private static let right: [String: (names: [String], query: String)] = [
        "How many open tickets does Larkspur Dairy have?": (
            ["Larkspur Dairy"], #""operation":"count","measure":"rows","names":["n1"],"status":["open"]"#
        ),
        "How many urgent tickets are assigned to Oswin Tarrant?": (
            ["Oswin Tarrant"], #""operation":"count","measure":"rows","names":["n1"],"priority":["urgent"]"#
        ),
        "How many tickets did Quillfeather Press open in April 2026?": (
            ["Quillfeather Press"],
            #""operation":"count","measure":"rows","names":["n1"],"time_field":"created","from":"2026-04-01","to":"2026-05-01""#
        ),
        "Which accounts have pending tickets?": ([], #""operation":"group","measure":"rows","by":"account","status":["pending"]"#),
        "What is the median first response time?": ([], #""operation":"aggregate","measure":"first_response","statistic":"median""#),
        "How many escalated tickets does Quillfeather Press have?": (
            ["Quillfeather Press"], #""operation":"count","measure":"rows","names":["n1"],"escalated":true"#
        )
    ]

    /// The members a call leaves out, as nulls.
    private static func arguments(_ given: String) -> String {
        let all = [
            "operation", "measure", "statistic", "by", "names", "status", "priority", "source", "escalated", "overdue", "assigned",
            "answered", "text", "time_field", "from", "to", "order", "limit"
        ]
        let rest = all.filter { !given.contains("\"\($0)\":") }.map { "\"\($0)\":null" }
        return "{" + ([given] + rest).joined(separator: ",") + "}"
    }

    /// Passes the examination; answers `question` with `reply`.
    private static func good(_ reply: ScriptedReply) -> StandInModel.Script {
        { asked, _ in
            guard let (_, wanted) = right.first(where: { asked.text.contains($0.key) }) else { return reply }
            // The code that the find tool gave stands in the conversation once it was called.
            if let name = wanted.names.first, !asked.text.contains("n1") { return .calls([.init("find_name", "{\"name\":\"\(name)\"}")]) }
            return .calls([.init("ask_support", arguments(wanted.query))])
        }
    }

    private func client(_ model: StandInModel, _ kind: ModelEndpoint.Kind, _ http: HTTPClient) -> LanguageModelClient {
        var logger = Logger(label: "larry.test")
        logger.logLevel = .critical
        var options = LanguageModelClient.Options()
        options.attempts = 1
        return LanguageModelClient(
            endpoint: ModelEndpoint(kind: kind, url: model.url, model: "stand-in", key: nil), http: http, logger: logger, options: options)
    }

    /// Larry's answer with the scripted model.
    private func answer(
        _ question: String, _ kind: ModelEndpoint.Kind, _ script: @escaping StandInModel.Script
    ) async throws -> LarryAnswer {
        let http = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            let found = try await StandInModel.run(script: script) { model in
                let client = client(model, kind, http)
                let box = Box()
                try await withLarry { world, _ in
                    let turn = try await Larry(database: world.database, model: client).answer(
                        question, after: nil, in: world.workspace, now: Date())
                    await box.set(turn.answer)
                }
                return await box.value
            }
            try await http.shutdown()
            return try #require(found)
        } catch {
            try await http.shutdown()
            throw error
        }
    }

    private actor Box {
        var value: LarryAnswer?
        func set(_ answer: LarryAnswer) { value = answer }
    }

    /// Words no rule knows.
    private static let strange = "How many gnarly tickets are there?"

    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aTrustedModelReadsWhatTheRulesDoNot(_ kind: ModelEndpoint.Kind) async throws {
        let said = ScriptedReply.calls([
            .init("ask_support", Self.arguments(#""operation":"count","measure":"rows","priority":["urgent"]"#))
        ])
        let answer = try await answer(Self.strange, kind, Self.good(said))
        #expect(answer.status == .answered && answer.model == "stand-in" && answer.query?.filter.priority == .init([.urgent]))
        #expect(answer.link == "/tickets?priority=urgent")
    }

    @Test func theRulesAnswerWhatTheyKnow() async throws {
        let answer = try await answer("How many open tickets are there?", .openai) { _, _ in .text("There are 99999 tickets.") }
        #expect(answer.model == "rules" && answer.status == .answered && answer.value != 99_999)
    }

    /// Bad, slow, empty, malformed and hostile: the rules' answer stands.
    @Test(arguments: [
        ScriptedReply.text("There are 42 open tickets."), .empty, .raw("<html>busy</html>"), .status(500, message: "oops"), .declined,
        .calls([.init("drop_tables", "{}")]), .calls([.init("ask_support", "not json")]), .calls([.init("ask_support", "{}")]),
        .calls([.init("ask_support", #"{"operation":"count","names":["n9"]}"#)]), .breaksOff(after: "half"), .cut("cut")
    ])
    func aBadModelChangesNothing(_ reply: ScriptedReply) async throws {
        for script in [{ _, _ in reply } as StandInModel.Script, Self.good(reply)] {
            let answer = try await answer(Self.strange, .openai, script)
            #expect(answer.status == .clarify && answer.value == nil && answer.model == "rules")
            #expect(answer.answer.contains("gnarly"))
        }
    }

    /// Valid queries that are wrong: the examination keeps such a model out.
    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aModelThatIsNearlyAlwaysWrongIsNotAsked(_ kind: ModelEndpoint.Kind) async throws {
        let wrong = ScriptedReply.calls([.init("ask_support", Self.arguments(#""operation":"count","measure":"rows","status":["closed"]"#))]
        )
        let answer = try await answer(Self.strange, kind) { _, _ in wrong }
        #expect(answer.status == .clarify && answer.value == nil)
    }

    @Test func aQueryThatDropsWhatWasUnderstoodIsNotUsed() async throws {
        let said = ScriptedReply.calls([
            .init("ask_support", Self.arguments(#""operation":"count","measure":"rows","priority":["urgent"]"#))
        ])
        let answer = try await answer("How many gnarly open tickets are there?", .openai, Self.good(said))
        #expect(answer.status == .clarify && answer.value == nil)
    }

    @Test func aPeriodNobodyNamedIsMadeUp() {
        var filter = SupportFilter()
        filter.set(SupportPeriod(.created, from: noon, to: nil, phrase: ""))
        #expect(!ModelReader.holds(SupportFilter(), filter))
        #expect(ModelReader.holds(SupportFilter(), SupportFilter()))
    }
}
