import Foundation
import Testing

@testable import Sandbox

/// Tags, groups, statuses and the key's rights change too.
@Suite struct SettingEventTests {
    let desk = Desk(tickets: 60, companies: 6) { $0.clockStands = true }

    @Test(arguments: [false, true])
    func aRenamedTag(moves: Bool) async throws {
        try await desk.control("policies", #"{"tag_rename_moves_ticket": \#(moves)}"#)
        try await desk.control("update", #"{"ticket_id": 9, "tags": ["urgent", "vip"]}"#)
        let before = await desk.get("tickets/9").object.text("updated_at")
        try await desk.control("clock", #"{"advance": 5}"#)
        try await desk.control("rename_tag", #"{"tag": "urgent", "to": "hot"}"#)
        let after = await desk.get("tickets/9").object
        #expect(after["tags"] as? [String] == ["vip", "hot"])
        #expect((after.text("updated_at") != before) == moves)
    }

    @Test(arguments: [false, true])
    func aDeletedGroup(moves: Bool) async throws {
        try await desk.control("policies", #"{"group_delete_moves_ticket": \#(moves)}"#)
        let group = try #require(await desk.get("groups").ids.first)
        try await desk.control("update", #"{"ticket_id": 9, "group_id": \#(group)}"#)
        let before = await desk.get("tickets/9").object.text("updated_at")
        try await desk.control("clock", #"{"advance": 5}"#)
        try await desk.control("delete_group", #"{"group_id": \#(group)}"#)
        let after = await desk.get("tickets/9").object
        #expect(after["group_id"] is NSNull)
        #expect((after.text("updated_at") != before) == moves)
        #expect(await !desk.get("groups").ids.contains(group))
        #expect(await desk.get("groups/\(group)").status == 404)
    }

    @Test func statusesComeAndGo() async throws {
        try await desk.control("create_status", #"{"status": 4711, "label": "Beim Kunden", "position": 1}"#)
        let form = await desk.get("ticket_fields?type=default_status").text
        let places = ["\"2\":", "\"4711\":", "\"3\":"].compactMap { form.range(of: $0)?.lowerBound }
        #expect(places.count == 3 && places == places.sorted())
        try await desk.control("status", #"{"ticket_id": 9, "status": 4711}"#)
        try await desk.control("clock", #"{"advance": 1000}"#)
        #expect(await desk.get("search/tickets?query=%22status:4711%22").total == 1)
        try await desk.control("delete_status", #"{"status": 4711}"#)
        #expect(await desk.get("search/tickets?query=%22status:4711%22").status == 400)
        #expect(await desk.get("search/tickets?query=%22status:%3E4000%22").ids.contains(9))
        #expect(await desk.get("tickets/9").object.int("status") == 4711)
        #expect(await desk.send("POST", "/_sandbox/delete_status", body: #"{"status": 5}"#).status == 400)
    }

    @Test(arguments: [2, 3])
    func aSmallerScopeHidesTickets(scope: Int) async throws {
        let all = await desk.all(Desk.everything).count
        let hidden = 9
        try await desk.control("update", #"{"ticket_id": 9, "group_id": null, "responder_id": null}"#)
        try await desk.control("scope", #"{"scope": \#(scope)}"#)
        #expect(await desk.get("agents/me").object.int("ticket_scope") == scope)
        #expect(await desk.all(Desk.everything).count < all)
        #expect(await desk.get("tickets/\(hidden)").status == 403)
        try await desk.control("scope", #"{"scope": 1}"#)
        #expect(await desk.all(Desk.everything).count == all)
    }

    @Test func faultsAndPoliciesInTheMiddleOfASync() async throws {
        try await desk.control(
            "events",
            #"[{"do": "faults", "set": ["bad_key"], "after": {"requests": 1}}, {"do": "faults", "clear": true, "after": {"requests": 2}},"#
                + #" {"do": "policies", "tie_order": "descending", "after": {"requests": 2}}]"#)
        var statuses: [Int] = []
        for _ in 0..<3 { statuses.append(await desk.get("agents/me").status) }
        #expect(statuses == [200, 401, 200])
        #expect(await desk.portal.world.policies.tieOrder == .descending)
    }
}
