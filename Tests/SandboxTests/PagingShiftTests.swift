import Foundation
import Testing

@testable import Sandbox

/// Offset paging over rows that move loses tickets (S6); the portal keeps no snapshot between two pages.
@Suite struct PagingShiftTests {
    private let walk = "\(Desk.everything)&order_by=updated_at&order_type=asc&per_page=20"

    @Test func aTicketReadOnPageOneThatMovesHidesAnother() async throws {
        let desk = Desk(tickets: 100, companies: 8)
        let before = await desk.all("\(Desk.everything)&order_by=updated_at&order_type=asc").compactMap { $0.int("id") }
        let mover = before[3]
        try await desk.control(
            "script", "{\"steps\": [{\"request\": 2, \"path\": \"/tickets\", \"events\": [{\"do\": \"note\", \"ticket_id\": \(mover)}]}]}")
        var seen: [Int] = []
        for page in 1...5 { seen += await desk.get("\(walk)&page=\(page)").ids }
        #expect(Set(before).subtracting(seen) == [before[20]], "the first row of the second page slid onto the first")
        #expect(seen.filter { $0 == mover }.count == 2)
        let script = await desk.get("/_sandbox/script").object
        #expect(script.int("waiting") == 0)
        #expect((script["failures"] as? [String]) == [])
    }

    @Test func newTicketsShiftTheDefaultOrderTheOtherWay() async throws {
        let desk = Desk(tickets: 400, companies: 8)
        let first = await desk.get("tickets?per_page=5")
        let event = "{\"request\": 1, \"events\": [{\"do\": \"create_ticket\", \"subject\": \"New\"}]}"
        try await desk.control("script", "{\"steps\": [\(event)]}")
        let second = await desk.get("tickets?per_page=5&page=2")
        #expect(second.ids.first == first.ids.last)
    }

    @Test func aScriptThatCannotBeAppliedSaysSo() async throws {
        let desk = Desk(tickets: 30, companies: 4)
        try await desk.control("script", "{\"steps\": [{\"request\": 1, \"events\": [{\"do\": \"reply\", \"ticket_id\": 9999}]}]}")
        #expect(await desk.get("agents/me").status == 200)
        let failures = await desk.get("/_sandbox/script").object["failures"] as? [String]
        #expect(failures?.first?.contains("9999") == true)
    }

    @Test func theOrderByUpdateStaysRightUnderManyChanges() async throws {
        let desk = Desk(tickets: 80, companies: 6)
        var dice = Dice(11)
        _ = await desk.get(walk)
        for round in 0..<120 {
            let id = dice.roll(1...80)
            try await desk.control(dice.pick(["note", "bump", "reply"]), "{\"ticket_id\": \(id)}")
            if round % 4 == 0 { try await desk.control("clock", "{\"advance\": \(dice.roll(3))}") }
            if round % 9 == 0 { try await desk.control("create_ticket") }
        }
        let rows = await desk.all("\(Desk.everything)&order_by=updated_at&order_type=asc")
        let keys = rows.map { "\($0.text("updated_at") ?? "") \(100_000 + ($0.int("id") ?? 0))" }
        #expect(keys == keys.sorted())
        #expect(rows.count == 94)
    }
}
