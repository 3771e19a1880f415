import Domain
import Foundation
import LanguageModel
import StandInModel
import Store
import Sync
import Testing
import TestSupport

@testable import Larry

/// Larry with a scripted model behind both protocols: whatever it says, figures are counted and the rules' answers stay.
@Suite struct ModelTests {
    /// Larry's turn with a scripted model, and what the model was asked.
    typealias Asking =
        @Sendable (
            String, ModelEndpoint.Kind, Allowance.Limits, @escaping StandInModel.Script
        ) async throws -> (turn: Larry.Turn, asked: [StandInModel.Asked])

    /// Several models one after the other in one synced world.
    private func withModels(_ body: @escaping @Sendable (Asking) async throws -> Void) async throws {
        try await withLarry { world, _ in
            try await body { question, kind, limits, script in
                let (turn, asked) = try await ScriptedModel.run(kind, script) { client in
                    try await Larry(database: world.database, model: client, limits: limits).answer(
                        question, after: nil, in: world.workspace, now: Date())
                }
                return (turn, asked)
            }
        }
    }

    private func turn(
        _ question: String, _ kind: ModelEndpoint.Kind = .openai, limits: Allowance.Limits = .init(),
        script: @escaping StandInModel.Script
    ) async throws -> (turn: Larry.Turn, asked: [StandInModel.Asked]) {
        let kept = Kept()
        try await withModels { ask in
            let (turn, asked) = try await ask(question, kind, limits, script)
            await kept.set(turn, asked)
        }
        return (try #require(await kept.turn), await kept.asked)
    }

    private actor Kept {
        var turn: Larry.Turn?
        var asked: [StandInModel.Asked] = []

        func set(_ turn: Larry.Turn, _ asked: [StandInModel.Asked]) {
            self.turn = turn
            self.asked = asked
        }
    }

    /// Words no rule knows.
    private static let strange = "How many gnarly tickets are there?"
    private static let urgent = ScriptedReply.calls([.init("ask_support", #"{"operation":"count","filter":{"priority":["urgent"]}}"#)])
    private static let urgentForm = ScriptedReply.text(ScriptedModel.strict(#""operation":"count","filter":{"priority":["urgent"]}"#))

    @Test(arguments: ModelEndpoint.Kind.allCases, ModelConversation.Way.allCases)
    func aTrustedModelReadsWhatTheRulesDoNot(_ kind: ModelEndpoint.Kind, _ way: ModelConversation.Way) async throws {
        let said = way == .tools ? Self.urgent : Self.urgentForm
        let (turn, asked) = try await turn(Self.strange, kind, script: ScriptedModel.good(said, by: way))
        let answer = turn.answer
        #expect(answer.status == .answered && answer.model == "stand-in" && answer.query?.filter.priority == .init([.urgent]))
        #expect(answer.link == "/tickets?priority=urgent")
        #expect(asked.allSatisfy { $0.isAnthropic == (kind == .anthropic) })
    }

    @Test func theRulesAnswerWhatTheyKnow() async throws {
        let (turn, asked) = try await turn("How many open tickets are there?") { _, _ in .text("There are 99999 tickets.") }
        #expect(turn.answer.model == "rules" && turn.answer.status == .answered && turn.answer.value != 99_999)
        #expect(asked.isEmpty)
    }

    private static let bad: [ScriptedReply] = [
        .text("There are 42 open tickets."), .empty, .raw("<html>busy</html>"), .status(500, message: "oops"), .declined,
        .status(429, message: "slow down"), .raw(#"{"choices":[{"message":{"tool_calls":[{"function":{}}]}}]}"#), .raw("{\"choices\":["),
        .hangs(after: "half"), .breaksOff(after: "half"), .cut("cut"), .calls([.init("drop_tables", "{}")]),
        .calls([.init("ask_support", "not json")]), .calls([.init("ask_support", "{}")]),
        .calls([.init("ask_support", #"{"operation":"count","filter":{"names":["n9"]}}"#)]),
        .calls([.init("ask_support", #"{"operation":"count","filter":{"names":["1 OR 1=1"]}}"#)]),
        .calls([.init("ask_support", #"{"operation":"delete"}"#)]),
        .calls([.init("ask_support", #"{"operation":"count","sql":"SELECT 1"}"#)]),
        .calls([.init("ask_support", #"{"operation":"count","filter":{"from":"2026-02-01","to":"2026-01-01"}}"#)]),
        .calls([.init("ask_support", #"{"operation":"count","filter":{"workspace":2}}"#)]),
        .calls([.init("find_name", #"{"name":"everybody"}"#)]), .calls((0..<40).map { _ in .init("find_name", #"{"name":"gnarly"}"#) })
    ]

    /// Bad, slow, empty, malformed and hostile: the rules' answer stands, whether the model never was any good or turned bad.
    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aBadModelChangesNothing(_ kind: ModelEndpoint.Kind) async throws {
        try await withModels { ask in
            for reply in Self.bad {
                var limits = Allowance.Limits()
                if case .hangs = reply { (limits.time, limits.examination) = (.milliseconds(300), .milliseconds(300)) }
                let always: StandInModel.Script = { _, _ in reply }
                for script in [always, ScriptedModel.good(reply), ScriptedModel.good(reply, by: .form)] {
                    let (turn, _) = try await ask(Self.strange, kind, limits, script)
                    #expect(turn.answer.status == .clarify && turn.answer.value == nil && turn.answer.model == "rules", "\(reply)")
                    #expect(turn.answer.answer.contains("gnarly") && !turn.trace.calls.isEmpty, "\(reply)")
                }
            }
        }
    }

    /// Valid queries that are wrong: the examination keeps such a model out.
    @Test(arguments: ModelEndpoint.Kind.allCases)
    func aModelThatIsNearlyAlwaysWrongIsNotAsked(_ kind: ModelEndpoint.Kind) async throws {
        let wrong = ScriptedReply.calls([.init("ask_support", #"{"operation":"count","filter":{"status":["closed"]}}"#)])
        let good = ScriptedModel.good(wrong)
        let (turn, asked) = try await turn(Self.strange, kind) { asked, number in
            asked.text.contains("Larkspur") || asked.text.contains("Oswin") || asked.text.contains("Quillfeather")
                ? wrong : try await good(asked, number)
        }
        #expect(turn.answer.status == .clarify && turn.answer.value == nil)
        #expect(!asked.contains { $0.text.contains("gnarly") })
    }

    @Test func aQueryThatDropsWhatWasUnderstoodIsNotUsed() async throws {
        let (turn, _) = try await turn("How many gnarly open tickets are there?", script: ScriptedModel.good(Self.urgent))
        #expect(turn.answer.status == .clarify && turn.answer.value == nil)
    }

    /// A model may not look for words of its own making.
    @Test(arguments: [
        ("tickets about the login page", "login page", true), ("tickets about the Login-Page", "login page", true),
        ("run ask_support with operation delete", "0", false), ("tickets about the login page", "password", false),
        ("how many?", "…", false)
    ])
    func wordsThatNobodySaidAreNotLookedFor(_ question: String, _ text: String, _ isSaid: Bool) {
        var filter = SupportFilter()
        filter.text = text
        var comparison = SupportQuery(.compare)
        comparison.sides = [.init("one", SupportFilter()), .init("other", filter)]
        #expect(ModelReader.isSaid(SupportQuery(.count, .tickets, filter), in: question, after: nil) == isSaid)
        #expect(ModelReader.isSaid(comparison, in: question, after: nil) == isSaid)
        #expect(ModelReader.isSaid(SupportQuery(.count, .tickets, filter), in: question, after: SupportQuery(.list, .tickets, filter)))
    }

    @Test func aPeriodNobodyNamedIsMadeUp() {
        var filter = SupportFilter()
        filter.set(SupportPeriod(.created, from: noon, to: nil, phrase: ""))
        #expect(!ModelReader.holds(SupportFilter(), filter))
        #expect(ModelReader.holds(SupportFilter(), SupportFilter()))
    }

    // MARK: Bounds

    /// Never more than four calls and two repairs, however long the model would go on.
    @Test func aQuestionIsBounded() async throws {
        let endless: [ScriptedReply] = [
            .calls([.init("find_name", #"{"name":"gnarly"}"#)]), .calls([.init("ask_support", "{}")]), .text("Let me think."),
            .calls((0..<3).map { _ in .init("find_name", #"{"name":"gnarly"}"#) })
        ]
        try await withModels { ask in
            for reply in endless {
                let (turn, asked) = try await ask(Self.strange, .openai, .init(), ScriptedModel.good(reply))
                let own = asked.filter { $0.text.contains("gnarly") }
                #expect((1...4).contains(own.count), "\(reply)")
                #expect(turn.trace.calls.filter { $0.contains("was called") }.count <= 4, "\(turn.trace.calls)")
                // Two are given back; the third ends it.
                #expect(turn.trace.calls.filter { $0.contains("sent back") || $0.contains("without a tool") }.count <= 3)
            }
        }
    }

    @Test func tokensAreBounded() async throws {
        var limits = Allowance.Limits()
        limits.tokens = 40
        let (turn, asked) = try await turn(
            Self.strange, limits: limits, script: ScriptedModel.good(.calls([.init("find_name", #"{"name":"gnarly"}"#)])))
        // The stand-in counts 18 tokens an answer.
        #expect(asked.filter { $0.text.contains("gnarly") }.count == 3 && turn.answer.model == "rules")
        #expect(turn.trace.calls.last == "Used up its tokens.")
    }

    /// The endpoint is probed and examined once, however many ask at the same time.
    @Test func oneExaminationServesAll() async throws {
        let (ways, asked) = try await ScriptedModel.run(.openai, ScriptedModel.good(Self.urgent)) { client in
            let reader = ModelReader(client: client)
            return try await withThrowingTaskGroup(of: ModelConversation.Way?.self) { group in
                for _ in 0..<8 { group.addTask { await reader.way(until: .now + .seconds(60)) } }
                var ways: [ModelConversation.Way?] = []
                for try await way in group { ways.append(way) }
                ways.append(await reader.way(until: .now))
                return ways
            }
        }
        #expect(ways == Array(repeating: .tools, count: 9))
        #expect(asked.filter { $0.text.contains("Report the word ready") }.count == 1)
        #expect(asked.filter { $0.text.contains("median first response") }.count == 1)
    }

    /// A question does not wait for a slow examination, which goes on behind it.
    @Test func aSlowExaminationHoldsUpNoQuestion() async throws {
        let good = ScriptedModel.good(Self.urgent)
        let gate = Gate()
        let (found, _) = try await ScriptedModel.run(
            .openai,
            { asked, number in
                await gate.wait()
                return try await good(asked, number)
            }
        ) { client in
            let reader = ModelReader(client: client)
            let early = await reader.way(until: .now + .milliseconds(50))
            await gate.open()
            let late = await reader.way(until: .now + .seconds(60))
            return [early, late]
        }
        #expect(found == [nil, .tools])
    }

    private actor Gate {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func wait() async {
            if isOpen { return }
            await withCheckedContinuation { waiting.append($0) }
        }

        func open() {
            isOpen = true
            for continuation in waiting { continuation.resume() }
            waiting = []
        }
    }

    // MARK: Wording

    @Test func aWordingIsFilledInByUs() async throws {
        let said = ScriptedReply.text(#"{"answer":"Right now {{value}} tickets are that urgent."}"#)
        let (turn, _) = try await turn(Self.strange, script: ScriptedModel.good(Self.urgent, wording: said))
        let value = try #require(turn.answer.value)
        #expect(turn.answer.answer.hasPrefix("Right now \(Figures.count(value)) tickets are that urgent."))
        #expect(turn.trace.text == turn.answer.answer)
    }

    /// Figures, names, dates, links and markup of the model's own: our sentence stays.
    @Test func aWordingWithFiguresOfItsOwnIsNotSaid() async throws {
        let wordings = [
            "There are 3 urgent tickets.", "There are {{value}} tickets, 9 of them new.", "There are twelve tickets, not {{value}}.",
            "There are {{value}} tickets since Monday.", "There are {{value}} %.", "Plenty of tickets.", "There are {{total}} tickets.",
            "{{value}} tickets, see https://evil.example", "{{value}} ![x](https://evil.example/?k=1)", "<b>{{value}}</b>",
            "{{value}} tickets {{value", "There are {{ticket.subject}} {{value}}"
        ]
        try await withModels { ask in
            for wording in wordings {
                let said = ScriptedReply.text(JSONValue.object(["answer": .string(wording)]).text)
                let (turn, _) = try await ask(Self.strange, .openai, .init(), ScriptedModel.good(Self.urgent, wording: said))
                let value = try #require(turn.answer.value)
                #expect(turn.answer.answer.hasPrefix("There ") && turn.answer.answer.contains("urgent ticket"), "\(wording)")
                #expect(Spoken(turn.answer.answer).numbers.isSubset(of: Spoken(Figures.count(value)).numbers), "\(wording)")
                #expect(turn.trace.calls.contains { $0.contains("sent back") }, "\(wording): \(turn.trace.calls)")
            }
        }
    }

    @Test func namesAndPeriodsAreReferences() throws {
        var query = try #require(understand("How many tickets did Acme open in April?").query)
        query.measure = .rows
        let result = SupportResult(value: 7, sample: 7, total: 7)
        let book = NameBook(testNames)
        var answer = LarryAnswer(status: .answered, answer: "", asOf: noon, coverageFrom: nil, isComplete: true, threadID: "", model: "m")
        (answer.value, answer.unit) = (7, .tickets)
        let sheet = try #require(ReferenceSheet(query, answer, result, book))
        #expect(!sheet.legend.contains("Acme") && !sheet.lines.joined().contains("Acme"))
        let period = try #require(query.filter.period(of: .created)).phrase
        #expect(try sheet.fill("{{name1}} has {{value}} tickets {{period1}}.") == "Acme Corporation has 7 tickets created \(period).")
        #expect(throws: ReferenceSheet.Fault.self) { try sheet.fill("{{value}} tickets {{period1}}.") }
        #expect(throws: ReferenceSheet.Fault.self) { try sheet.fill("{{name1}} has {{value}} tickets in May {{period1}}.") }
        query.operation = .list
        #expect(ReferenceSheet(query, answer, result, book) == nil)
    }
}
