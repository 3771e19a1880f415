import Foundation
import Testing

@testable import Sandbox

@Suite struct SearchTests {
    private func path(_ query: String, page: Int? = nil) -> String {
        let encoded = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "search/tickets?query=%22\(encoded)%22" + (page.map { "&page=\($0)" } ?? "")
    }

    @Test func findsWhatTheTruthHolds() async throws {
        let desk = Desk(tickets: 400, companies: 20)
        let truth = try await desk.dump().list("tickets")
        let cases: [(String, ([String: Any]) -> Bool)] = [
            ("status:2", { $0.int("status") == 2 }),
            ("status:<3 OR status:>6", { [2, 3, 6, 7, 8, 9_000, 11].contains($0.int("status") ?? 0) }),
            ("priority:4 OR priority:3", { ($0.int("priority") ?? 0) >= 3 }),
            ("type:'Incident' AND priority:>2", { $0.text("type") == "Incident" && ($0.int("priority") ?? 0) >= 2 }),
            ("type:null", { $0["type"] is NSNull }),
            ("agent_id:null AND status:2", { $0["responder_id"] is NSNull && $0.int("status") == 2 }),
            ("tag:'login'", { ($0["tags"] as? [String])?.contains("login") == true }),
            ("created_at:>'2026-06-01' AND created_at:<'2026-06-30'", { $0.text("created_at")?.hasPrefix("2026-06") == true }),
            ("cf_product_area:'Billing'", { ($0["custom_fields"] as? [String: Any])?.text("cf_product_area") == "Billing" })
        ]
        for (query, condition) in cases {
            let wanted = Set(truth.filter(condition).compactMap { $0.int("id") })
            let first = await desk.get(path(query))
            #expect(first.status == 200, "\(query)")
            #expect(first.total == wanted.count, "\(query)")
            var found: Set<Int> = []
            for page in 1...10 { found.formUnion(await desk.get(path(query, page: page)).ids) }
            #expect(found == wanted || wanted.count > 300, "\(query)")
            #expect(!wanted.isEmpty, "\(query) finds nothing, which tests nothing")
        }
    }

    @Test func threehundredAtMost() async {
        let desk = Desk(tickets: 400, companies: 20)
        var found: Set<Int> = []
        for page in 1...10 {
            let reply = await desk.get(path("priority:>1", page: page))
            #expect(reply.total == 400)
            #expect(reply.results.count == 30)
            found.formUnion(reply.ids)
        }
        #expect(found.count == 300)
        let eleventh = await desk.get(path("priority:>1", page: 11))
        #expect(eleventh.status == 400)
        #expect(eleventh.error.field == "page")
        #expect(eleventh.error.message == "It should be a Positive Integer less than or equal to 10")
    }

    @Test func aPagePastTheEndIsEmpty() async {
        let reply = await Desk(tickets: 40, companies: 4).get(path("status:2 OR status:5", page: 9))
        #expect(reply.status == 200)
        #expect(reply.results.isEmpty)
    }

    @Test(
        arguments: [
            ("status:12", "status", "It should be one of these values: '2,3,4,5,6,7,8,9000'"),
            ("subject:'x'", "subject", "Unexpected/invalid field in request"),
            ("Status:2", "Status", "Unexpected/invalid field in request"),
            ("status:'open'", "status", nil), ("status:2 AND", "query", nil)
        ] as [(String, String, String?)])
    func refusals(query: String, field: String, message: String?) async {
        let reply = await Desk(tickets: 30, companies: 4).get(path(query))
        #expect(reply.status == 400)
        #expect(reply.error.field == field)
        if let message { #expect(reply.error.message == message) }
    }

    @Test func needsQuotesAndIsAtMost512Long() async {
        let desk = Desk(tickets: 30, companies: 4)
        #expect(await desk.get("search/tickets?query=status:2").status == 400)
        #expect(await desk.get("search/tickets").status == 400)
        let long = (0..<60).map { _ in "status:2" }.joined(separator: " OR ")
        #expect(await desk.get(path(long)).status == 400)
        #expect(await desk.get(path("status:2") + "&per_page=100").status == 400)
    }

    @Test func rowsCarryTheDescriptionButNoStats() async {
        let row = await Desk(tickets: 60, companies: 4).get(path("status:5")).results.first ?? [:]
        #expect(row["description"] != nil && row["description_text"] != nil)
        #expect(row["stats"] == nil && row["requester"] == nil)
    }

    @Test func newestFirst() async {
        let ids = await Desk(tickets: 60, companies: 4).get(path("status:5")).ids
        #expect(ids == ids.sorted(by: >))
    }

    @Test func theIndexNoticesAChangeLater() async throws {
        let desk = Desk(tickets: 60, companies: 4)
        let before = await desk.get(path("priority:4 AND status:2")).total ?? -1
        try await desk.control("update", "{\"ticket_id\": 30, \"priority\": 4, \"status\": 2}")
        let created = try #require(try await desk.control("create_ticket", "{\"priority\": 4}").object.int("id"))
        #expect(await desk.get(path("priority:4 AND status:2")).total == before)
        try await desk.control("clock", "{\"advance\": 119}")
        #expect(await desk.get(path("priority:4 AND status:2")).total == before)
        try await desk.control("clock", "{\"advance\": 2}")
        let after = await desk.get(path("priority:4 AND status:2"))
        #expect(after.total == before + 2)
        #expect(after.ids.contains(30) && after.ids.contains(created))
    }

    @Test func trashIsNotFoundUnlessThePolicySaysSo() async throws {
        let desk = Desk(tickets: 60, companies: 4) { $0.policies.searchLag = 0 }
        let id = try #require(await desk.get(path("status:5")).ids.first)
        try await desk.control("delete", "{\"ticket_id\": \(id)}")
        #expect(await !desk.get(path("status:5")).ids.contains(id))
        try await desk.control("policies", "{\"search_shows_trash\": true}")
        #expect(await desk.get(path("status:5")).ids.contains(id))
    }

    @Test func contactsAndCompanies() async throws {
        let desk = Desk(tickets: 30, companies: 12)
        let company = try #require(await desk.all("companies").first { ($0["domains"] as? [String])?.isEmpty == false })
        let domain = try #require((company["domains"] as? [String])?.first)
        let encoded = domain.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        #expect(await desk.get("search/companies?query=%22domain:%27\(encoded)%27%22").ids == [company.int("id")])
        let contacts = await desk.get("search/contacts?query=%22company_id:\(company.int("id") ?? 0)%22")
        #expect(contacts.total.map { $0 > 0 } == true)
    }

    @Test func moreThanThreeHundredOfOneDay() async throws {
        let desk = Desk(tickets: 30, companies: 3)
        try await desk.control("create_ticket", "{\"count\": 350, \"days_ago\": 200}")
        let day = Moment(seconds: Int64(Desk.start.timeIntervalSince1970) - 200 * Moment.day).description.prefix(10)
        let query = "search/tickets?query=%22created_at:'\(day)'%22"
        #expect(await (desk.get(query).total ?? 0) >= 350)
        #expect(await desk.get(query + "&page=10").results.count == 30)
        #expect(await desk.get(query + "&page=11").status == 400)
    }

    @Test func ticketsOfLongAgoStandWhereTheyWereMade() async throws {
        let desk = Desk(tickets: 60, companies: 3)
        try await desk.control("create_ticket", "{\"days_ago\": 200}")
        let created = await desk.all("\(Desk.everything)&order_by=created_at&order_type=desc").compactMap { $0.text("created_at") }
        #expect(created == created.sorted(by: >))
    }
}
