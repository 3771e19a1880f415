import Domain
import Foundation
import LanguageModel
import StandInModel
import Testing

@testable import Larry

/// A model's query where the workspace's days are not those of UTC, and where a question edits the one before.
@Suite struct ModelZoneTests {
    private static let index = NameIndex(testNames)

    private func understood(_ question: String, in zone: CivilZone, after frame: Frame? = nil) throws -> Interpreter.Interpretation {
        Interpreter(index: Self.index, now: noon, zone: zone).interpret(question, after: frame)
    }

    private func query(
        _ question: String, in zone: CivilZone, after frame: Frame? = nil, saying members: String
    ) async throws -> (query: SupportQuery?, asked: [StandInModel.Asked]) {
        let reading = try understood(question, in: zone, after: frame)
        let filter = try #require(reading.understood)
        let script = ScriptedModel.good(.calls([.init("ask_support", "{\(members)}")]))
        let (query, asked) = try await ScriptedModel.run(.openai, script) { client in
            await ModelReader(client: client).query(
                question, after: reading.previous, index: Self.index, understood: filter, now: noon, zone: zone
            ).query
        }
        return (query, asked)
    }

    /// April begins and ends at the zone's midnights, on both sides of a change of clocks.
    @Test(arguments: [
        ("America/New_York", "2026-04-01T04:00:00Z", "2026-05-01T04:00:00Z"),
        ("Asia/Tokyo", "2026-03-31T15:00:00Z", "2026-04-30T15:00:00Z"),
        ("UTC", "2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z")
    ])
    func aMonthIsTheWorkspaces(_ name: String, _ from: String, _ to: String) async throws {
        let zone = try #require(CivilZone(name: name))
        let (query, _) = try await query(
            "How many gnarly tickets were created in April?", in: zone,
            saying: #""operation":"count","filter":{"priority":["urgent"],"time_field":"created","from":"2026-04-01","to":"2026-05-01"}"#)
        let period = try #require(query?.filter.period(of: .created))
        #expect(period.from == Date(rfc3339: from) && period.to == Date(rfc3339: to))
        #expect(query?.filter.priority == .init([.urgent]))
    }

    /// A model names the day a window begins on; the time of day is ours.
    @Test func aRollingWindowBeginsAtThisTimeOfDay() async throws {
        let zone = try #require(CivilZone(name: "America/New_York"))
        let (query, _) = try await query(
            "How many gnarly tickets were created in the last 30 days?", in: zone,
            saying: #""operation":"count","filter":{"time_field":"created","from":"2026-04-13","to":"2026-05-14"}"#)
        let period = try #require(query?.filter.period(of: .created))
        #expect(period.from == noon.addingTimeInterval(-30 * 86_400) && period.to == noon)
        #expect(period.phrase == "in the last 30 days")
    }

    @Test(arguments: [
        #""operation":"count","filter":{"time_field":"created","from":"2026-03-31","to":"2026-05-01"}"#,
        #""operation":"count","filter":{"time_field":"created","from":"2026-04-01","to":"2026-06-01"}"#, #""operation":"count""#
    ])
    func anotherTimeIsNotUsed(_ members: String) async throws {
        let zone = try #require(CivilZone(name: "Asia/Tokyo"))
        let (query, _) = try await query("How many gnarly tickets were created in April?", in: zone, saying: members)
        #expect(query == nil)
    }

    // MARK: Follow-ups

    private static func frame() throws -> Frame {
        let query = try #require(understand("How many open tickets did Acme file last month?").query)
        return Frame(query: query, tickets: [], agents: [], accounts: [1])
    }

    @Test func aFollowUpKeepsWhatItEdits() async throws {
        let frame = try Self.frame()
        let (query, asked) = try await query(
            "and the gnarly ones?", in: .utc, after: frame, saying: #""operation":"count","filter":{"priority":["urgent"]}"#)
        let found = try #require(query)
        var wanted = frame.query.filter
        wanted.priority = .init([.urgent])
        #expect(found.filter == wanted)
        // The model knows what is edited, and no name that the question does not hold.
        let own = asked.filter { $0.text.contains("gnarly") }
        #expect(!own.isEmpty && own.allSatisfy { $0.text.contains("{{name1}}") && !$0.text.contains("Acme") })
    }

    @Test func aFollowUpCannotLoseItsNewWords() async throws {
        let (query, _) = try await query(
            "and the gnarly high ones?", in: .utc, after: try Self.frame(), saying: #""operation":"count","filter":{"priority":["urgent"]}"#
        )
        #expect(query == nil)
    }
}
