import Foundation
import Testing

@testable import Sandbox

@Suite struct PeopleTests {
    let desk = Desk(tickets: 80, companies: 20)

    @Test func meIsReadableAndKnowsItsScope() async throws {
        let me = await desk.get("agents/me").object
        #expect(me.int("ticket_scope") == 1)
        #expect((me["group_ids"] as? [Int])?.isEmpty == false)
        try await desk.control("faults", "{\"set\": [\"scope\"]}")
        #expect(await desk.get("agents/me").object.int("ticket_scope") == 2)
        let all = await desk.all(Desk.everything)
        let groups = Set(me["group_ids"] as? [Int] ?? [])
        #expect(!all.isEmpty && all.count < 80)
        #expect(all.allSatisfy { $0.int("group_id").map(groups.contains) ?? false })
        let hidden = try #require((1...80).first { id in !all.contains { $0.int("id") == id } })
        #expect(await desk.get("tickets/\(hidden)").status == 403)
    }

    @Test func agentListsLackWhatTheViewHas() async throws {
        let rows = await desk.get("agents").rows
        #expect(rows.allSatisfy { $0["group_ids"] == nil && $0["role_ids"] == nil })
        let names = rows.compactMap { ($0["contact"] as? [String: Any])?.text("name") }
        #expect(names == names.sorted())
        #expect(await desk.get("agents/\(rows[0].int("id") ?? 0)").object["group_ids"] != nil)
        #expect(await desk.get("agents?state=occasional").rows.count == 1)
    }

    @Test(arguments: ["updated_since", "_updated_since"])
    func bothNamesOfTheFilterWork(name: String) async throws {
        let company = try #require(await desk.all("companies").compactMap { $0.text("updated_at") }.sorted().dropFirst(10).first)
        let wanted = await desk.all("companies").filter { ($0.text("updated_at") ?? "") >= company }
        #expect(await desk.all("companies?\(name)=\(company)").count == wanted.count)
        #expect(await desk.get("contacts?\(name)=2020-01-01").rows.count == 30)
        try await desk.control("policies", "{\"since_parameter\": \"\(name == "updated_since" ? "underscored" : "plain")\"}")
        #expect(await desk.get("contacts?\(name)=2020-01-01").error.code == "invalid_field")
    }

    @Test func contactsByState() async throws {
        let listed = await desk.all("contacts")
        let verified = await desk.all("contacts?state=verified")
        let unverified = await desk.all("contacts?state=unverified")
        #expect(listed.count == verified.count + unverified.count)
        #expect(!verified.isEmpty && !unverified.isEmpty)
        let deleted = await desk.all("contacts?state=deleted")
        #expect(!deleted.isEmpty && deleted.allSatisfy { $0.flag("deleted") == true })
        #expect(await !desk.all("contacts?state=blocked").isEmpty)
        #expect(await desk.get("contacts?state=nice").status == 400)
    }

    @Test func aCompanysContacts() async throws {
        let company = try #require(await desk.all("companies").first?.int("id"))
        let people = await desk.all("contacts?company_id=\(company)")
        #expect(!people.isEmpty && people.allSatisfy { $0.int("company_id") == company })
        #expect(people.allSatisfy { ($0["other_companies"] as? [Any]) != nil })
    }

    @Test func deletingACompanyLeavesThePeople() async throws {
        let company = try #require(await desk.all(Desk.everything).compactMap { $0.int("company_id") }.first)
        let people = await desk.all("contacts?company_id=\(company)").compactMap { $0.int("id") }
        try await desk.control("delete_company", "{\"company_id\": \(company)}")
        #expect(await desk.get("companies/\(company)").status == 404)
        for id in people { #expect(await desk.get("contacts/\(id)").object.int("company_id") == nil) }
        #expect(await !desk.all(Desk.everything).contains { $0.int("company_id") == company })
    }

    @Test func mergingContactsMovesTheirTickets() async throws {
        let rows = await desk.all(Desk.everything)
        let secondary = try #require(rows.last?.int("requester_id"))
        let primary = try #require(rows.compactMap { $0.int("requester_id") }.first { $0 != secondary })
        let before = rows.filter { $0.int("requester_id") == secondary }
        try await desk.control("merge_contacts", "{\"primary_id\": \(primary), \"contact_ids\": [\(secondary)]}")
        let after = await desk.all(Desk.everything)
        for ticket in before {
            let now = try #require(after.first { $0.int("id") == ticket.int("id") })
            #expect(now.int("requester_id") == primary)
            #expect(now.text("updated_at") == ticket.text("updated_at"))
        }
        #expect(await desk.all("contacts?state=deleted").contains { $0.int("id") == secondary })
    }

    @Test func hardDeletionTakesTheTicketsAlong() async throws {
        let rows = await desk.all(Desk.everything)
        let contact = try #require(rows.last?.int("requester_id"))
        let lost = rows.filter { $0.int("requester_id") == contact }.compactMap { $0.int("id") }
        try await desk.control("hard_delete_contact", "{\"contact_id\": \(contact)}")
        #expect(await desk.get("contacts/\(contact)").status == 404)
        for id in lost { #expect(await desk.get("tickets/\(id)").status == 404) }
        #expect(await desk.get("\(Desk.everything)&filter=deleted").ids.isEmpty)
    }

    @Test func aDeletedAgentBecomesAContact() async throws {
        let agent = try #require(await desk.get("agents").rows.last { $0.int("id") != 70_013_469_900 }?.int("id"))
        try await desk.control("delete_agent", "{\"agent_id\": \(agent)}")
        #expect(await desk.get("agents/\(agent)").status == 404)
        #expect(await desk.get("contacts/\(agent)").status == 200)
    }

    @Test(arguments: [
        "settings/helpdesk", "account", "business_hours", "sla_policies", "email_configs", "roles", "products", "skills", "surveys",
        "surveys?state=active", "time_entries", "ticket-forms", "solutions/categories"
    ])
    func otherLists(path: String) async {
        let reply = await desk.get(path)
        #expect(reply.status == 200)
        #expect(!reply.rows.isEmpty || !reply.object.isEmpty || reply.text == "[]")
    }
}
