import Foundation
import Testing

@testable import Sandbox

@Suite struct TicketListTests {
    let desk = Desk()

    @Test func pagesAreDisjointAndLinked() async {
        let first = await desk.get("\(Desk.everything)&per_page=50&page=1")
        let second = await desk.get("\(Desk.everything)&per_page=50&page=2")
        let third = await desk.get("\(Desk.everything)&per_page=50&page=3")
        #expect(first.rows.count == 50)
        #expect(first.header("Link")?.contains("page=2>; rel=\"next\"") == true)
        #expect(first.header("Link")?.hasPrefix("<http://127.0.0.1:9000/api/v2/tickets?") == true)
        #expect(second.header("Link") != nil)
        #expect(third.rows.count == 20)
        #expect(third.header("Link") == nil)
        #expect(Set(first.ids + second.ids + third.ids).count == 120)
    }

    @Test func aPagePastTheEndIsEmpty() async {
        let reply = await desk.get("\(Desk.everything)&page=200")
        #expect(reply.status == 200)
        #expect(reply.text == "[]")
    }

    @Test(arguments: [
        ("per_page=101", "per_page", "It should be a Positive Integer less than or equal to 100"),
        ("per_page=0", "per_page", "It should be a Positive Integer less than or equal to 100"),
        ("page=0", "page", "It should be a Positive Integer"), ("page=x", "page", "It should be a Positive Integer"),
        ("page=301", "page", "You cannot access tickets beyond the 300th page. Please provide a smaller page number."),
        ("company_id=424242", "company_id", "There is no company matching the given company_id"),
        ("updated_since=soon", "updated_since", "It should be in the 'combined date and time ISO8601' format")
    ])
    func badValues(query: String, field: String, message: String) async {
        let reply = await desk.get("tickets?\(query)")
        #expect(reply.status == 400)
        #expect(reply.object.text("description") == "Validation failed")
        #expect(reply.error.field == field)
        #expect(reply.error.message == message)
        #expect(reply.error.code == "invalid_value")
    }

    @Test func page300IsServed() async {
        #expect(await desk.get("tickets?page=300").status == 200)
    }

    @Test(arguments: [
        "tickets?status=2", "tickets?updated_before=2026-01-01", "companies?order_by=name", "agents?updated_since=2026-01-01", "groups?x=1"
    ])
    func unknownParametersAreRefused(path: String) async {
        let reply = await desk.get(path)
        #expect(reply.status == 400)
        #expect(reply.error.code == "invalid_field")
    }

    @Test(arguments: ["assignee", "conversations", "stats,assignee"])
    func unknownIncludesAreRefused(include: String) async {
        let reply = await desk.get("tickets?include=\(include)")
        #expect(reply.status == 400)
        #expect(reply.error.field == "include")
    }

    @Test func includesAddKeys() async {
        let plain = await desk.get("\(Desk.everything)&per_page=5")
        let full = await desk.get("\(Desk.everything)&per_page=5&include=requester,stats,company,description")
        for row in plain.rows {
            for key in ["description", "description_text", "requester", "stats", "company", "deleted"] { #expect(row[key] == nil) }
        }
        for row in full.rows {
            for key in ["description", "description_text", "requester", "stats", "company"] { #expect(row[key] != nil) }
        }
    }

    @Test func someKeysStandOnSomeRowsOnly() async {
        let rows = await desk.all(Desk.everything)
        for key in ["form_id", "internal_agent_id", "sentiment_score"] {
            let count = rows.filter { $0[key] != nil }.count
            #expect(count > 0 && count < rows.count)
        }
        let nullArrays = rows.filter { $0["cc_emails"] is NSNull }
        #expect(nullArrays.count == 3)
        #expect(nullArrays.allSatisfy { $0["fwd_emails"] is NSNull && $0["reply_cc_emails"] is NSNull && $0["ticket_cc_emails"] is NSNull })
    }

    @Test func withoutUpdatedSinceOnlyThirtyDaysAreListed() async throws {
        let border = Moment(seconds: Int64(Desk.start.timeIntervalSince1970)) - 30 * Moment.day
        let all = await desk.all(Desk.everything)
        let young = all.filter { Moment($0.text("created_at") ?? "").map { $0 >= border } ?? false }
        let listed = await desk.all("tickets")
        #expect(Set(listed.compactMap { $0.int("id") }) == Set(young.compactMap { $0.int("id") }))
        #expect(listed.count < all.count)
        #expect(!listed.isEmpty)
    }

    @Test func theDefaultOrderIsNewestFirst() async {
        let created = await desk.all("tickets").compactMap { $0.text("created_at") }
        #expect(created == created.sorted(by: >))
    }

    @Test(arguments: [("updated_at", "asc"), ("updated_at", "desc"), ("due_by", "asc"), ("status", "desc"), ("created_at", "asc")])
    func orders(by: String, type: String) async {
        let rows = await desk.all("\(Desk.everything)&order_by=\(by)&order_type=\(type)")
        #expect(rows.count == 120)
        if by == "status" {
            let values = rows.compactMap { $0.int(by) }
            #expect(values == values.sorted(by: >))
        } else {
            let values = rows.compactMap { $0.text(by) }
            #expect(values == (type == "asc" ? values.sorted() : values.sorted(by: >)))
        }
    }

    @Test(arguments: [true, false])
    func theBoundOfUpdatedSince(isInclusive: Bool) async throws {
        try await desk.control("policies", "{\"updated_since_is_inclusive\": \(isInclusive)}")
        let rows = await desk.all("\(Desk.everything)&order_by=updated_at&order_type=asc")
        let bound = try #require(rows[60].text("updated_at"))
        let wanted = rows.filter { row in row.text("updated_at").map { isInclusive ? $0 >= bound : $0 > bound } ?? false }
        let listed = await desk.all("tickets?updated_since=\(bound)&order_by=updated_at&order_type=asc")
        #expect(listed.compactMap { $0.int("id") } == wanted.compactMap { $0.int("id") })
    }

    @Test func tiesComeInTheOrderOfThePolicy() async throws {
        try await desk.control("sla_batch", "{\"ticket_ids\": [10, 11, 12, 13, 14, 15, 16, 17]}")
        var orders: [String: [Int]] = [:]
        for order in ["ascending", "descending", "shuffled"] {
            try await desk.control("policies", "{\"tie_order\": \"\(order)\"}")
            orders[order] = await desk.get("\(Desk.everything)&order_by=updated_at&order_type=desc&per_page=8").ids
        }
        #expect(orders["ascending"] == [17, 16, 15, 14, 13, 12, 11, 10])
        #expect(orders["descending"] == [10, 11, 12, 13, 14, 15, 16, 17])
        #expect(orders["shuffled"]?.sorted() == Array(10...17))
        #expect(orders["shuffled"] != orders["ascending"])
    }

    @Test func filtersByRequesterAndCompany() async throws {
        let rows = await desk.all(Desk.everything)
        let row = try #require(rows.first { $0.int("company_id") != nil })
        let company = try #require(row.int("company_id"))
        let requester = try #require(row.int("requester_id"))
        let ofCompany = await desk.all("\(Desk.everything)&company_id=\(company)")
        #expect(
            Set(ofCompany.compactMap { $0.int("id") }) == Set(rows.filter { $0.int("company_id") == company }.compactMap { $0.int("id") }))
        let ofRequester = await desk.all("\(Desk.everything)&requester_id=\(requester)")
        #expect(!ofRequester.isEmpty && ofRequester.allSatisfy { $0.int("requester_id") == requester })
    }

    @Test func trashAndSpamAreSeparate() async throws {
        try await desk.control("delete", "{\"ticket_id\": 40}")
        try await desk.control("spam", "{\"ticket_id\": 41}")
        let live = await desk.all(Desk.everything)
        #expect(live.count == 118)
        let trashed = await desk.get("\(Desk.everything)&filter=deleted")
        let spam = await desk.get("\(Desk.everything)&filter=spam")
        #expect(trashed.ids == [40])
        #expect(trashed.rows.first?.flag("deleted") == true)
        #expect(spam.ids == [41])
        #expect(spam.rows.first?.flag("spam") == true)
        // The window of thirty days holds in the trash too.
        #expect(await desk.get("tickets?filter=deleted").ids.isEmpty)
        #expect(await desk.get("tickets/40").object.flag("deleted") == true)
        try await desk.control("restore", "{\"ticket_id\": 40}")
        try await desk.control("unspam", "{\"ticket_id\": 41}")
        #expect(await desk.all(Desk.everything).count == 120)
        try await desk.control("purge", "{\"ticket_id\": 40}")
        let gone = await desk.get("tickets/40")
        #expect(gone.status == 404)
        #expect(gone.text.isEmpty)
    }
}
