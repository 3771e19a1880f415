import Foundation
import Testing

@testable import Sandbox

@Suite struct ConversationTests {
    let desk = Desk(tickets: 300, companies: 20)

    /// The ticket with the most entries.
    private func longest() async throws -> (id: Int, count: Int) {
        let tickets = try await desk.dump().list("tickets")
        let longest = try #require(tickets.max { $0.list("conversations").count < $1.list("conversations").count })
        return (longest.int("id") ?? 0, longest.list("conversations").count)
    }

    @Test func pagesOfAHundredInOrder() async throws {
        let (id, count) = try await longest()
        #expect(count > 100)
        let standard = await desk.get("tickets/\(id)/conversations")
        #expect(standard.rows.count == 30)
        let first = await desk.get("tickets/\(id)/conversations?per_page=100")
        let second = await desk.get("tickets/\(id)/conversations?per_page=100&page=2")
        #expect(first.rows.count == 100)
        #expect(first.header("Link") != nil)
        #expect(second.rows.count == count - 100)
        #expect(second.header("Link") == nil)
        let created = (first.rows + second.rows).compactMap { $0.text("created_at") }
        #expect(created == created.sorted())
        #expect(Set(first.ids + second.ids).count == count)
    }

    @Test func theIncludeHoldsTheOldestTen() async throws {
        let (id, _) = try await longest()
        let included = await desk.get("tickets/\(id)?include=conversations").object.list("conversations").compactMap { $0.int("id") }
        let listed = await desk.get("tickets/\(id)/conversations").ids
        #expect(included == Array(listed.prefix(10)))
        #expect(await desk.get("tickets/\(id)").object["conversations"] == nil)
    }

    @Test func everyKindHasItsMarks() async throws {
        let entries = try await desk.dump().list("tickets").flatMap { $0.list("conversations") }
        let marks = Set(
            entries.map {
                "\($0.int("source") ?? -1)/\($0.int("category") ?? -1)/\($0.flag("incoming") == true)/\($0.flag("private") == true)"
            })
        let wanted: Set = [
            "0/3/false/false", "0/1/true/false", "2/2/false/true", "8/2/false/true", "6/7/true/false", "15/5/false/false",
            "20/1/true/false",
            "2/3/false/false", "0/6/true/true"
        ]
        #expect(wanted.subtracting(marks).isEmpty)
        #expect(entries.contains { $0["user_id"] == nil || $0.int("user_id") == nil })
        #expect(entries.contains { $0.flag("auto_response") == true })
        #expect(entries.contains { $0.int("automation_id") != nil })
        #expect(entries.contains { $0.text("last_edited_at") != nil })
        for entry in entries { #expect(entry.text("created_at") == entry.text("updated_at")) }
        let notes = entries.filter { $0.int("category") == 2 }
        #expect(notes.allSatisfy { ($0["bcc_emails"] as? [String]) == nil })
        let replies = entries.filter { $0.int("category") == 3 && $0.int("source") == 0 }
        #expect(replies.allSatisfy { ($0["bcc_emails"] as? [String]) != nil })
    }

    @Test func aWebChatRepeatsItsFirstMessage() async throws {
        let chats = try await desk.dump().list("tickets").filter { $0.int("source") == 15 && !$0.list("conversations").isEmpty }
        let repeated = chats.filter { chat in
            chat.list("conversations").contains {
                $0.text("body_text") == chat.text("description_text") && $0.text("created_at") == chat.text("created_at")
            }
        }
        #expect(!repeated.isEmpty)
        #expect(repeated.allSatisfy { $0.list("conversations").first?.int("source") == 15 })
    }

    @Test func attachmentsAreGoodForFiveMinutes() async throws {
        let entries = try await desk.dump().list("tickets").flatMap { $0.list("conversations") }
        let attachment = try #require(entries.flatMap { $0.list("attachments") }.first)
        let url = try #require(attachment.text("attachment_url"))
        let path = try #require(url.range(of: "/_sandbox").map { String(url[$0.lowerBound...]) })
        #expect(await desk.get(path).status == 200)
        #expect(await desk.get(path + "0").status == 403)
        try await desk.control("clock", "{\"advance\": 301}")
        #expect(await desk.get(path).status == 403)
    }
}
