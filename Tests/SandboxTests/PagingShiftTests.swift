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
        try await desk.control("events", #"[{"do": "note", "ticket_id": \#(mover), "after": {"pages": 1, "path": "/tickets"}}]"#)
        var seen: [Int] = []
        for page in 1...5 { seen += await desk.get("\(walk)&page=\(page)").ids }
        #expect(Set(before).subtracting(seen) == [before[20]], "the first row of the second page slid onto the first")
        #expect(seen.filter { $0 == mover }.count == 2)
        let record = await desk.get("/_sandbox/events").object
        #expect(record.int("waiting") == 0)
        #expect(record.list("applied").map { $0.text("failure") } == [nil])
    }

    @Test func newTicketsShiftTheDefaultOrderTheOtherWay() async throws {
        let desk = Desk(tickets: 400, companies: 8)
        let first = await desk.get("tickets?per_page=5")
        try await desk.control("events", #"[{"do": "create_ticket", "subject": "New"}]"#)
        let second = await desk.get("tickets?per_page=5&page=2")
        #expect(second.ids.first == first.ids.last)
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
