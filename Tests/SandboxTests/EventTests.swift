import Foundation
import Testing

@testable import Sandbox

/// What moves `updated_at` and what does not (section 2.6), under both readings where nobody knows.
@Suite struct EventTests {
    let desk = Desk(tickets: 60, companies: 6)
    private let id = 30

    private func updatedAt(_ id: Int = 30) async -> String {
        await desk.get("tickets/\(id)").object.text("updated_at") ?? ""
    }

    private func entries() async -> [[String: Any]] {
        await desk.get("tickets/\(id)/conversations?per_page=100").rows
    }

    @Test(arguments: [
        ("reply", "\"from\": \"customer\""), ("reply", "\"from\": \"agent\""), ("note", "\"private\": true"),
        ("note", "\"private\": false"),
        ("status", "\"status\": 3"), ("update", "\"priority\": 4"), ("rate", "\"rating\": 101, \"feedback\": \"Fine\"")
    ])
    func moves(event: String, body: String) async throws {
        let before = await updatedAt()
        try await desk.control("clock", "{\"advance\": 5}")
        try await desk.control(event, "{\"ticket_id\": \(id), \(body)}")
        #expect(await updatedAt() > before)
    }

    @Test(arguments: [false, true])
    func byPolicy(moves: Bool) async throws {
        try await desk.control("note", "{\"ticket_id\": \(id)}")
        try await desk.control(
            "policies",
            "{\"note_edit_moves_ticket\": \(moves), \"note_delete_moves_ticket\": \(moves),"
                + " \"trash_moves_ticket\": \(moves), \"rating_moves_ticket\": \(moves)}"
        )
        for (event, body) in [
            ("edit_note", ", \"body\": \"<p>x</p>\""), ("delete_note", ""), ("rate", ", \"rating\": -103"), ("delete", ""), ("restore", "")
        ] {
            let before = await updatedAt()
            try await desk.control("clock", "{\"advance\": 5}")
            try await desk.control(event, "{\"ticket_id\": \(id)\(body)}")
            #expect((await updatedAt() > before) == moves, "\(event)")
        }
    }

    @Test(arguments: ["bounce", "time_entry"])
    func neverMoves(event: String) async throws {
        let note = try #require(try await desk.control("reply", "{\"ticket_id\": \(id)}").object.int("id"))
        let before = await updatedAt()
        try await desk.control("clock", "{\"advance\": 5}")
        try await desk.control(event, "{\"ticket_id\": \(id), \"conversation_id\": \(note)}")
        #expect(await updatedAt() == before)
    }

    @Test func anEditedNoteKeepsItsOwnTime() async throws {
        let note = try #require(try await desk.control("note", "{\"ticket_id\": \(id), \"body\": \"<p>before</p>\"}").object.int("id"))
        try await desk.control("clock", "{\"advance\": 60}")
        try await desk.control("edit_note", "{\"conversation_id\": \(note), \"body\": \"<p>after</p>\"}")
        let row = try #require(await entries().first { $0.int("id") == note })
        #expect(row.text("body_text") == "after")
        #expect(row.text("updated_at") == row.text("created_at"))
        #expect((row.text("last_edited_at") ?? "") > (row.text("created_at") ?? ""))
    }

    @Test func onlyNotesCanBeEdited() async throws {
        let reply = try #require(try await desk.control("reply", "{\"ticket_id\": \(id)}").object.int("id"))
        #expect(await desk.send("POST", "/_sandbox/edit_note", body: "{\"conversation_id\": \(reply)}").status == 400)
        try await desk.control("delete_note", "{\"conversation_id\": \(reply)}")
        #expect(await !entries().contains { $0.int("id") == reply })
    }

    @Test func aCustomersReplyOpensASolvedTicket() async throws {
        try await desk.control("status", "{\"ticket_id\": \(id), \"status\": 5}")
        try await desk.control("reply", "{\"ticket_id\": \(id), \"from\": \"customer\"}")
        let ticket = await desk.get("tickets/\(id)?include=stats").object
        #expect(ticket.int("status") == 2)
        #expect((ticket["stats"] as? [String: Any])?.text("reopened_at") != nil)
    }

    @Test func aBatchSharesOneSecondAndSaysNothing() async throws {
        let before = try await desk.dump().list("tickets").map { $0.list("conversations").count }
        try await desk.control("sla_batch", "{\"count\": 40, \"all\": true}")
        let rows = await desk.get("\(Desk.everything)&order_by=updated_at&order_type=desc&per_page=40").rows
        #expect(Set(rows.compactMap { $0.text("updated_at") }).count == 1)
        #expect(try await desk.dump().list("tickets").map { $0.list("conversations").count } == before)
    }

    @Test(arguments: [false, true])
    func mergedTickets(renumbers: Bool) async throws {
        try await desk.control("policies", "{\"merge_renumbers_conversations\": \(renumbers)}")
        let other = 31
        let moved = await desk.get("tickets/\(other)/conversations?per_page=100")
        let own = await entries()
        try await desk.control("merge_tickets", "{\"primary_id\": \(id), \"ticket_ids\": [\(other)]}")
        let merged = await entries()
        #expect(merged.count == own.count + moved.rows.count + 2)
        let created = merged.compactMap { $0.text("created_at") }
        #expect(created == created.sorted())
        #expect(Set(moved.ids).isSubset(of: Set(merged.compactMap { $0.int("id") })) == (!renumbers || moved.ids.isEmpty))
        let secondary = await desk.get("tickets/\(other)").object
        #expect(secondary.int("status") == 5)
        #expect(await desk.get("tickets/\(other)/conversations").rows.last?.text("body_text")?.contains("\(id)") == true)
    }

    @Test func aLateCommentUpdatesTheRating() async throws {
        let rating = try #require(try await desk.control("rate", "{\"ticket_id\": \(id), \"rating\": 102}").object.int("id"))
        try await desk.control("clock", "{\"advance\": 90}")
        try await desk.control("rate", "{\"ticket_id\": \(id), \"late\": true, \"feedback\": \"Second thoughts\"}")
        let rows = await desk.get("tickets/\(id)/satisfaction_ratings").rows.filter { $0.int("id") == rating }
        #expect(rows.count == 1)
        #expect(rows[0].text("feedback") == "Second thoughts")
        #expect((rows[0].text("updated_at") ?? "") > (rows[0].text("created_at") ?? ""))
        #expect(await entries().contains { $0.int("source") == 6 })
    }

    @Test func trashIsEmptiedAfterThirtyDays() async throws {
        try await desk.control("delete", "{\"ticket_id\": \(id)}")
        try await desk.control("clock", "{\"advance\": \(29 * 86_400)}")
        #expect(await desk.get("tickets/\(id)").status == 200)
        try await desk.control("clock", "{\"advance\": \(2 * 86_400)}")
        #expect(await desk.get("tickets/\(id)").status == 404)
        #expect(await desk.get("\(Desk.everything)&filter=deleted").ids.isEmpty)
    }

    @Test func aNewTicketHasNoDueDatesAtFirst() async throws {
        let ticket = try #require(
            try await desk.control("create_ticket", "{\"subject\": \"Fresh\", \"email\": \"new@example.com\"}").object.int("id"))
        #expect(await desk.get("tickets/\(ticket)").object.text("due_by") == nil)
        try await desk.control("clock", "{\"advance\": 5}")
        let row = await desk.get("tickets/\(ticket)?include=requester").object
        #expect(row.text("due_by") != nil)
        #expect(row.text("subject") == "Fresh")
        #expect((row["requester"] as? [String: Any])?.text("email") == "new@example.com")
    }

    @Test(arguments: [false, true])
    func fillingInDueDatesMovesByPolicy(moves: Bool) async throws {
        try await desk.control("policies", "{\"due_fill_moves_ticket\": \(moves), \"due_fill_delay\": 30}")
        let ticket = try #require(try await desk.control("create_ticket").object.int("id"))
        let before = await updatedAt(ticket)
        try await desk.control("clock", "{\"advance\": 31}")
        #expect((await updatedAt(ticket) > before) == moves)
    }

    @Test func eventsInOneList() async throws {
        let reply = try await desk.control(
            "events",
            "[{\"do\": \"create_company\", \"name\": \"Fresh Ltd\", \"domains\": [\"fresh.example\"]},"
                + " {\"do\": \"note\", \"ticket_id\": 12}]"
        )
        #expect(reply.object.list("results").count == 2)
        #expect(await desk.all("companies").contains { $0.text("name") == "Fresh Ltd" })
        let twice = await desk.send("POST", "/_sandbox/create_company", body: "{\"name\": \"Fresh Ltd\"}")
        #expect(twice.status == 400)
    }

    @Test func unknownPoliciesNameTheKnownOnes() async {
        let reply = await desk.send("POST", "/_sandbox/policies", body: "{\"nonsense\": true}")
        #expect(reply.status == 400)
        #expect(reply.object.text("error")?.contains("tie_order") == true)
    }
}
