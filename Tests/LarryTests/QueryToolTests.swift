import Domain
import Foundation
import LanguageModel
import Testing

@testable import Larry

/// What a model may fill in, and what becomes of it.
@Suite struct QueryToolTests {
    private let known: [String: Entity] = [
        "n1": Entity(kind: .account, id: 1, name: "Acme Corporation"), "n2": Entity(kind: .account, id: 2, name: "Globex GmbH"),
        "n3": Entity(kind: .agent, id: 11, name: "Priya Raman")
    ]

    private func query(_ text: String) throws -> SupportQuery {
        try QueryTool.query(try #require(JSONValue(parsing: text)), known: known)
    }

    /// Each says the same as a question that the rules read.
    @Test(arguments: [
        (#"{"operation":"count","filter":{"names":["n1"],"status":["open"]}}"#, "How many open tickets does Acme have?"),
        (
            #"{"operation":"count","filter":{"names":["n1","n3"],"not_status":["closed"]}}"#,
            "How many tickets of Acme assigned to Priya are not closed?"
        ),
        (#"{"operation":"count","filter":{"assigned":false}}"#, "How many tickets are unassigned?"),
        (#"{"operation":"count","filter":{"of_an_account":false}}"#, "How many tickets have no account?"),
        (#"{"operation":"count","filter":{"overdue":true,"answered":false}}"#, "How many overdue tickets are unanswered?"),
        (
            #"{"operation":"group","by":["account"],"filter":{"status":["open"]},"having":{"comparison":"more_than","number":5}}"#,
            "Which accounts have more than 5 open tickets?"
        ),
        (#"{"operation":"aggregate","measure":"satisfaction"}"#, "What is our CSAT?"),
        (
            #"{"operation":"aggregate","measure":"resolution","statistic":"average","filter":{"names":["n3"]}}"#,
            "average resolution time of Priya"
        ),
        (
            #"{"operation":"share","filter":{"names":["n1"]},"part":{"priority":["urgent"]}}"#,
            "What percentage of Acme's tickets are urgent?"
        ),
        (
            #"{"operation":"count","subject":"conversations","filter":{"message_kind":["private_note"]}}"#,
            "How many private notes are there?"
        )
    ])
    func meansWhatTheRulesMean(_ text: String, _ question: String) throws {
        let right = try #require(understand(question).query, "\(understand(question))")
        let given = try query(text)
        #expect(Examination.isSame(given, right), "\(given) for \(right)")
        #expect(given.having == right.having && given.part == right.part)
    }

    @Test func labelsOfSidesAreOurs() throws {
        let compared = try query(#"{"operation":"compare","sides":[{"names":["n1"]},{"names":["n2"]}],"filter":{"status":["open"]}}"#)
        #expect(compared.sides?.map(\.label) == ["of Acme Corporation", "of Globex GmbH"])
        #expect(compared.sides?.map(\.filter.status) == [.init([.open]), .init([.open])])
    }

    @Test(arguments: [
        #"{"operation":"count","filter":{"names":["7"]}}"#, #"{"operation":"group"}"#, #"{"operation":"trend","by":["account"]}"#,
        #"{"operation":"share"}"#, #"{"operation":"share","part":{}}"#, #"{"operation":"compare","sides":[{"names":["n1"]}]}"#,
        #"{"operation":"compare","sides":[{"names":["n1"]},{"names":["n1"]}]}"#, #"{"operation":"count","filter":{"incoming":true}}"#,
        #"{"operation":"list","subject":"ratings"}"#, #"{"operation":"group","by":["agent","agent"]}"#,
        #"{"operation":"count","filter":{"status":["open"],"not_status":["closed"]}}"#, #"{"operation":"count","limit":100000}"#,
        #"{"operation":"count","filter":{"from":"yesterday"}}"#, #"{"operation":"count","filter":{"status":["OPEN"]}}"#, "[]", "null", "7"
    ])
    func whatHasNoMeaningIsSentBack(_ text: String) throws {
        let value = try #require(JSONValue(parsing: text))
        #expect(throws: QueryTool.Fault.self) { try QueryTool.query(value, known: known) }
    }

    /// Nulls and empty lists are how models say nothing.
    @Test func theStrictFormReadsAlike() throws {
        let text = ScriptedModel.strict(#""operation":"count","filter":{"names":["n1"],"status":["open"],"priority":[]}"#)
        #expect(QueryTool.form.schema.faults(of: try #require(JSONValue(parsing: text))).isEmpty)
        #expect(try query(text) == query(#"{"operation":"count","filter":{"names":["n1"],"status":["open"]}}"#))
    }
}
