import Foundation
import Testing

@testable import Sandbox

/// The portal looks like a help desk of two years, and holds what breaks careless mirrors.
@Suite struct PortalTruthTests {
    private static let desk = Desk(tickets: 800, companies: 60, seed: 1)

    private var now: Moment { Moment(seconds: Int64(Desk.start.timeIntervalSince1970)) }

    private static let dumped = Task { await desk.get("/_sandbox/dump") }

    private func truth() async throws -> [String: Any] { await Self.dumped.value.object }

    @Test func aboutATenthIsUnresolvedAndSomeOfItIsOld() async throws {
        let tickets = try await truth().list("tickets")
        let unresolved = tickets.filter { ![4, 5].contains($0.int("status") ?? 0) }
        #expect((64...104).contains(unresolved.count))
        let old = unresolved.filter { Moment($0.text("created_at") ?? "").map { $0 < now - 90 * Moment.day } ?? false }
        #expect(old.count >= 10)
        #expect(Set(unresolved.compactMap { $0.int("status") }).isSuperset(of: [2, 3, 6, 7, 8, 9_000]))
    }

    @Test func ticketsGrowAndRestAtWeekends() async throws {
        let created = try await truth().list("tickets").compactMap { $0.text("created_at").flatMap { Moment($0) } }
        let border = now - 365 * Moment.day
        #expect(created.filter { $0 > border }.count > created.filter { $0 <= border }.count * 13 / 10)
        let weekend = created.filter { $0.weekday > 4 }.count
        #expect(weekend < created.count / 8)
        #expect(created.allSatisfy { $0 < now && $0 > now - 740 * Moment.day })
    }

    @Test func nothingHappensBeforeItsTimeOrInTheFuture() async throws {
        for ticket in try await truth().list("tickets") {
            let created = try #require(ticket.text("created_at"))
            let updated = try #require(ticket.text("updated_at"))
            #expect(created <= updated && updated <= now.description)
            let entries = ticket.list("conversations").compactMap { $0.text("created_at") }
            #expect(entries == entries.sorted())
            #expect(entries.allSatisfy { $0 >= created && $0 <= updated }, "ticket \(ticket.int("id") ?? 0)")
            let stats = ticket["stats"] as? [String: Any] ?? [:]
            if ticket.int("status") == 5 { #expect(stats.text("closed_at") != nil) }
            if ticket.int("status") == 4 { #expect(stats.text("resolved_at") != nil) }
        }
    }

    @Test func batchesShareOneSecond() async throws {
        let updates = try await truth().list("tickets").compactMap { $0.text("updated_at") }
        let largest = Dictionary(grouping: updates, by: { $0 }).values.map(\.count).max() ?? 0
        #expect(largest >= 12)
    }

    @Test func everybodyNamedExists() async throws {
        let truth = try await truth()
        let companies = Set(truth.list("companies").compactMap { $0.int("id") })
        let people = Set((truth.list("contacts") + truth.list("agents")).compactMap { $0.int("id") })
        let tickets = truth.list("tickets")
        #expect(tickets.allSatisfy { $0.int("company_id").map(companies.contains) ?? true })
        #expect(tickets.allSatisfy { $0.int("requester_id").map(people.contains) ?? false })
        let contacts = Set(truth.list("contacts").compactMap { $0.int("id") })
        #expect(tickets.contains { $0.int("requester_id").map { !contacts.contains($0) } ?? false }, "an agent may be a requester")
        // A few old tickets name agents nobody knows any more.
        let unknown = tickets.filter { $0.int("responder_id").map { !people.contains($0) } ?? false }
        #expect(!unknown.isEmpty && unknown.count < tickets.count / 10)
        #expect(tickets.filter { $0.int("company_id") == nil }.count > 40)
    }

    @Test func agentsOfEveryStanding() async throws {
        let truth = try await truth()
        let agents = truth.list("agents")
        #expect(agents.contains { $0.flag("occasional") == true })
        #expect(agents.contains { $0.flag("deactivated") == true })
        let downgraded = await Self.desk.portal.world.agents.filter { $0.standing == .becameContact }
        #expect(downgraded.count == 1)
        #expect(truth.list("contacts").contains { $0.int("id") == downgraded.first.map { Int($0.id) } })
        #expect(!agents.contains { $0.int("id") == downgraded.first.map { Int($0.id) } })
    }

    @Test func domainsOfEveryForm() async throws {
        let companies = try await truth().list("companies")
        let domains = companies.map { $0["domains"] as? [String] ?? [] }
        let all = domains.flatMap(\.self)
        #expect(domains.contains { $0.isEmpty })
        #expect(domains.contains { $0.count > 2 })
        #expect(all.contains { $0.hasPrefix("www.") })
        #expect(all.contains { $0 != $0.lowercased() })
        #expect(all.contains { $0.hasPrefix("https://") })
        #expect(all.contains { $0.hasSuffix(".") })
        #expect(all.contains { $0.contains("ü") })
        #expect(all.contains("gmail.com"))
        #expect(companies.contains { $0.text("org_company_id") != nil })
    }

    @Test func contactsWithoutCompany() async throws {
        let truth = try await truth()
        let alone = truth.list("contacts").filter { $0.int("company_id") == nil }
        let domains = Set(truth.list("companies").flatMap { $0["domains"] as? [String] ?? [] })
        let mails = alone.compactMap { $0.text("email")?.lowercased().split(separator: "@").last.map(String.init) }
        #expect(mails.contains { domains.contains($0) && $0 != "gmail.com" })
        #expect(
            mails.contains {
                ["gmail.com", "outlook.com", "gmx.de", "icloud.com", "web.de", "yahoo.co.uk", "proton.me", "hotmail.com"].contains($0)
            })
        #expect(alone.contains { $0.text("email") == nil })
        #expect(alone.allSatisfy { $0["other_companies"] == nil })
        #expect(truth.list("contacts").contains { ($0["other_companies"] as? [Int])?.isEmpty == false })
        #expect(truth.list("contacts").contains { ($0["org_contact_id"] as? Int).map { $0 > 9_007_199_254_740_992 } ?? false })
    }

    @Test func ratingsOfEveryValueAndLateComments() async throws {
        let ratings = try await truth().list("satisfaction_ratings")
        let values = Set(ratings.compactMap { ($0["ratings"] as? [String: Int])?["default_question"] })
        #expect(values == [103, 102, 101, 100, -101, -102, -103])
        #expect(ratings.contains { ($0.text("updated_at") ?? "") > ($0.text("created_at") ?? "") && $0.text("feedback") != nil })
        #expect(ratings.contains { $0.text("feedback") == nil })
        let created = await Self.desk.get("surveys/satisfaction_ratings?per_page=100").rows.compactMap { $0.text("created_at") }
        let since = try #require(created.dropFirst(50).first)
        let later = await Self.desk.all("surveys/satisfaction_ratings?created_since=\(since)")
        #expect(later.count == ratings.filter { ($0.text("created_at") ?? "") >= since }.count)
    }

    @Test func hostileTextIsThere() async throws {
        let tickets = try await truth().list("tickets")
        let subjects = tickets.compactMap { $0.text("subject") }
        #expect(subjects.contains { $0.unicodeScalars.contains { $0.value > 0x1F000 } })
        #expect(subjects.contains { $0.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\t" } })
        #expect(!subjects.contains { $0.unicodeScalars.contains("\0") })
        #expect(subjects.contains { $0.count > 250 })
        #expect(subjects.contains(""))
        #expect(tickets.contains { $0.text("description")?.contains("<script>") == true })
        let bodies = tickets.flatMap { $0.list("conversations") }.compactMap { $0.text("body") }
        #expect(bodies.filter { $0.utf8.count > 1_000_000 }.count == 1)
    }

    @Test func statusesStandInDisplayOrderWithForeignLabels() async throws {
        let text = await Self.desk.get("ticket_fields?type=default_status").text
        let positions = ["\"2\":", "\"3\":", "\"4\":", "\"5\":", "\"8\":", "\"6\":", "\"7\":", "\"9000\":"].map {
            text.range(of: $0)?.lowerBound
        }
        let found = positions.compactMap(\.self)
        #expect(found.count == 8)
        #expect(found == found.sorted())
        #expect(text.contains("Wartet auf Entwicklung"))
        #expect(await Self.desk.get("ticket_fields").rows.count > 12)
    }

    @Test func groupsAndProductsCarryAnOffset() async throws {
        let groups = await Self.desk.get("groups").rows
        #expect(groups.allSatisfy { $0.text("created_at")?.hasSuffix("+05:30") == true && $0["agent_ids"] == nil })
        let names = groups.compactMap { $0.text("name") }
        #expect(names == names.sorted())
        let view = await Self.desk.get("groups/\(groups[0].int("id") ?? 0)").object
        #expect((view["agent_ids"] as? [Int])?.isEmpty == false)
    }

    @Test func namesAreSortedWithoutRegardToPunctuation() {
        let names = ["Abbott, Brown", "Abbott-Davis", "Abbott Group", "abbott Zeta", "Éclair", "Eclat", "Zoo", "1st Choice"]
        let sorted = Collation.sorted(names.shuffled().map { ($0, Int64(names.firstIndex(of: $0) ?? 0)) }).map { names[Int($0)] }
        #expect(sorted == ["1st Choice", "Abbott Group", "abbott Zeta", "Abbott-Davis", "Abbott, Brown", "Éclair", "Eclat", "Zoo"])
    }

    @Test func trashOnlyWhenAskedFor() async throws {
        #expect(try await truth()["trashed_ticket_ids"] as? [Int] == [])
        let desk = Desk(tickets: 400, companies: 20) { $0.trash = true }
        let truth = try await desk.dump()
        #expect((truth["trashed_ticket_ids"] as? [Int])?.isEmpty == false)
        #expect((truth["spam_ticket_ids"] as? [Int])?.isEmpty == false)
    }
}
