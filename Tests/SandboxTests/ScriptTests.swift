import Foundation
import Testing

@testable import Sandbox

/// Events that wait for requests, the record of what happened, and events drawn by chance.
@Suite struct ScriptTests {
    let desk = Desk(tickets: 60, companies: 6)

    private func applied() async -> [[String: Any]] { await desk.get("/_sandbox/events").object.list("applied") }

    private func names() async -> [String] {
        await applied().compactMap { ($0["event"] as? [String: Any])?.text("do") }
    }

    @Test func afterSoManyRequests() async throws {
        try await desk.control("events", #"[{"do": "bump", "ticket_id": 9, "after": {"requests": 2}}, {"do": "note", "ticket_id": 9}]"#)
        #expect(await names() == ["note"])
        _ = await desk.get("agents/me")
        #expect(await names() == ["note"])
        _ = await desk.get("agents/me")
        #expect(await names() == ["note", "bump"])
        #expect(await applied().map { $0.int("request") } == [0, 2])
    }

    @Test func afterSoManyPagesOfALists() async throws {
        try await desk.control(
            "events",
            #"[{"do": "bump", "ticket_id": 9, "after": {"pages": 2}}, {"do": "note", "ticket_id": 9, "after": {"pages": 1, "path": "/tickets"}}]"#
        )
        for path in ["agents/me", "tickets/9", "tickets/9/conversations", "companies"] { _ = await desk.get(path) }
        #expect(await names() == [])
        _ = await desk.get("contacts")
        #expect(await names() == ["bump"])
        _ = await desk.get("tickets?page=1")
        #expect(await names() == ["bump", "note"])
    }

    @Test func whatCannotBeAppliedSaysSo() async throws {
        try await desk.control("events", #"[{"do": "reply", "ticket_id": 9999, "after": {"requests": 1}}]"#)
        #expect(await desk.get("agents/me").status == 200)
        #expect(await applied().first?.text("failure")?.contains("9999") == true)
        #expect(await desk.send("POST", "/_sandbox/events", body: #"[{"do": "reply", "ticket_id": 9999}]"#).status == 400)
        for bad in [#"[{"do": "bump", "after": {"requests": -1}}]"#, #"[{"do": "bump", "after": {"days": 1}}]"#, "[{}]", "{}"] {
            #expect(await desk.send("POST", "/_sandbox/events", body: bad).status == 400, "\(bad)")
        }
    }

    @Test func theRecordSaysWhatWasTouched() async throws {
        try await desk.control("clock", #"{"advance": 5}"#)
        let company = try #require(await desk.get("companies").ids.first)
        try await desk.control("events", #"[{"do": "note", "ticket_id": 9}, {"do": "delete_company", "company_id": \#(company)}]"#)
        let touched = await applied().compactMap { $0["touched"] as? [String: [Int]] }
        #expect(touched.first == ["ticket": [9], "moved": [9]])
        #expect(touched.last?["company"] == [company])
        try await desk.control("events/reset")
        #expect(await applied().isEmpty)
    }

    @Test func lastPageOfLiveTickets() async throws {
        for path in ["agents/me", "tickets", "companies", "tickets?filter=spam", "tickets/9"] { _ = await desk.get(path) }
        let record = await desk.get("/_sandbox/events").object
        #expect(record.int("requests") == 5)
        #expect(record.int("last_ticket_page") == 2)
    }

    @Test func randomEventsAreTheSameForTheSameSeed() async throws {
        let other = Desk(tickets: 60, companies: 6)
        for portal in [desk, other] {
            for seed in 1...150 { _ = await portal.send("POST", "/_sandbox/random", body: #"{"seed": \#(seed)}"#) }
        }
        let (one, two) = await (desk.get("/_sandbox/dump").text, other.get("/_sandbox/dump").text)
        let clock = /"(now|[a-z_]+_at)":"[^"]*"/
        #expect(one.replacing(clock, with: "") == two.replacing(clock, with: ""))
        let happened = Set(await names())
        #expect(happened.count > 25, "\(happened.sorted())")
        #expect(await applied().allSatisfy { $0.text("failure") == nil })
        #expect(!happened.contains("random"))
    }

    @Test func aStandingClockMovesOnlyWhenTold() async throws {
        let desk = Desk(tickets: 20, companies: 3) { $0.clockStands = true }
        let before = await desk.get("/_sandbox/clock").text
        for _ in 0..<20 { _ = await desk.get("tickets") }
        #expect(await desk.get("/_sandbox/clock").text == before)
        try await desk.control("events", #"[{"do": "clock", "advance": 7, "after": {"requests": 1}}]"#)
        _ = await desk.get("tickets")
        #expect(
            await desk.get("/_sandbox/clock").object.text("now") == Moment(seconds: Int64(Desk.start.timeIntervalSince1970) + 7).description
        )
    }
}
