import Domain
import Foundation
import Markup
import Testing

@testable import Web

@Suite("A ticket's page")
struct TicketPageTests {
    let samples = PageSamples()

    func page(
        _ ticket: TicketSummary? = nil, thread: [Domain.ThreadEntry]? = nil, html: String = "",
        change: (inout TicketPage) -> Void = { _ in }
    ) -> String {
        var page = TicketPage(
            detail: samples.detail(ticket ?? samples.ticket(), html: html), thread: thread ?? [samples.entry(1, .agentReply)],
            address: PageSamples.portal + "1234", lastSyncAt: PageSamples.ago(0.1), now: PageSamples.now)
        change(&page)
        return page.html.rendered
    }

    @Test("Head: subject, id, status, priority, account with its reason, and the way to Freshdesk")
    func head() {
        let html = page { $0.neighbours = .init(previous: .path("/tickets/1"), next: nil, position: "3 of 57") }
        #expect(html.contains("<h1 dir=\"auto\">Login loops</h1>"))
        #expect(html.occurrences(of: "<h1") == 1)
        #expect(html.contains("#1234") && html.contains("Being looked at") && html.contains("High"))
        #expect(html.contains("title=\"Matched by company domain, 97 % sure.\""))
        #expect(html.contains("href=\"https://acme.freshdesk.com/a/tickets/1234\" target=\"_blank\" rel=\"noopener noreferrer\""))
        #expect(html.contains("3 of 57") && html.contains("href=\"/tickets/1\" rel=\"prev\"") && !html.contains("rel=\"next\""))
    }

    @Test("Every link of the page remembers the list it was opened from, and the position leads back")
    func list() {
        let html = page {
            $0.neighbours = .init(previous: .path("/tickets/1"), position: "3 of 57")
            $0.list = TicketQuery().with { $0.status = .init([.open, .pending]) }
        }
        #expect(html.contains("href=\"/tickets?status=open,pending\" title=\"Back to the list\""))
        #expect(html.contains("/tickets/1234?order=newest&amp;list=status%3Dopen"))
        #expect(!page().contains("list="))
    }

    @Test("A stranger's mail in the thread: name and address apart, and no note of ours")
    func stranger() {
        var entry = samples.entry(1, .privateNote, by: .unknown, isPrivate: true)
        entry.author = Author(kind: .unknown, id: nil, name: "Partner desk <desk@partner.example>", email: "desk@partner.example")
        let html = page(thread: [entry])
        #expect(html.contains(">Partner desk</span>") && html.contains(">desk@partner.example</span>"))
        #expect(html.contains("wrote by mail") && !html.contains("added a note"))
        for odd in ["Ann", "ann@example.com", "<ann@example.com>", "Ann <x>", "Ann <a@b> x", ""] {
            #expect(MailAddress.parts(odd) == nil, "\(odd)")
        }
    }

    @Test("An address that leads elsewhere than the web is no link")
    func oddAddress() {
        let html = page { $0.address = "javascript:alert(1)" }
        #expect(!html.contains("javascript:") && !html.contains("Open in Freshdesk"))
    }

    @Test("The description is message 1; the newest may stand first")
    func order() throws {
        let thread = [samples.entry(1, .agentReply), samples.entry(2, .reply, by: .contact, isIncoming: true, daysAgo: 1)]
        let oldest = page(thread: thread)
        let places = try ["id=\"description\"", "id=\"entry-1\"", "id=\"entry-2\""].map { try #require(oldest.range(of: $0)).lowerBound }
        #expect(places == places.sorted())
        let newest = page(thread: thread) { $0.order = .newest }
        let reversed = try ["id=\"entry-2\"", "id=\"entry-1\"", "id=\"description\""].map { try #require(newest.range(of: $0)).lowerBound }
        #expect(reversed == reversed.sorted())
        #expect(oldest.contains("href=\"/tickets/1234?order=newest\"") && newest.contains("href=\"/tickets/1234\""))
    }

    @Test(
        "Whose message it is, and what kind",
        arguments: [
            (ConversationKind.reply, Author.Kind.contact, false, true, Web.ThreadEntry.Kind.customer),
            (.agentReply, .agent, false, false, .agent), (.privateNote, .agent, true, false, .note),
            (.publicNote, .agent, false, false, .agent), (.publicNote, .contact, false, false, .customer),
            (.forward, .agent, true, false, .forward), (.automation, .unknown, true, false, .system),
            (.feedback, .contact, false, true, .system), (.phone, .unknown, false, true, .customer), (.other, .agent, true, false, .note),
            (.bot, .unknown, false, false, .agent), (.social, .unknown, false, false, .agent)
        ])
    func kinds(kind: ConversationKind, author: Author.Kind, isPrivate: Bool, isIncoming: Bool, shown: Web.ThreadEntry.Kind) {
        #expect(TicketMessage.kind(samples.entry(1, kind, by: author, isPrivate: isPrivate, isIncoming: isIncoming)) == shown)
    }

    @Test("A private note says so; a forward names whom it went to")
    func notes() {
        let html = page(thread: [samples.entry(1, .privateNote, isPrivate: true), samples.entry(2, .forward, isPrivate: true)])
        #expect(html.occurrences(of: "Private note, not visible to the customer") == 1)
        #expect(html.contains("forwarded to platform@example.com, copy to it@example.com"))
    }

    @Test("A chat's first message is its description once more: shown once, its files kept")
    func chatDuplicate() {
        let repeated = samples.entry(1, .reply, by: .contact, text: "Since  this\nmorning.", isIncoming: true)
        let items = TicketThread(detail: samples.detail(samples.ticket(source: .chat)), entries: [repeated, samples.entry(2, .agentReply)])
            .items
        #expect(items.count == 2)
        guard case .description(let files) = items[0] else {
            Issue.record("the first item is not the description")
            return
        }
        #expect(files.map(\.id) == [1, 101])
        #expect(TicketThread(detail: samples.detail(samples.ticket(source: .email)), entries: [repeated]).items.count == 2)
        #expect(TicketThread(detail: samples.detail(samples.ticket(source: .chat)), entries: [samples.entry(1, .reply)]).items.count == 2)
    }

    @Test("The rating stands at its place in time, and the survey's answer is not told twice")
    func ratingPlace() {
        let ticket = samples.ticket(rating: samples.rating(103, comment: "Quick", daysAgo: 1.5))
        let entries = [
            samples.entry(1, .agentReply, daysAgo: 2), samples.entry(2, .feedback, by: .contact, text: "Survey: Quick", daysAgo: 1.4),
            samples.entry(3, .reply, by: .contact, daysAgo: 1)
        ]
        let kinds = TicketThread(detail: samples.detail(ticket), entries: entries).items.map { item in
            switch item {
            case .description: "description"
            case .entry(let entry): "\(entry.conversation.id)"
            case .rating: "rating"
            }
        }
        #expect(kinds == ["description", "1", "rating", "3"])
    }

    @Test("A long thread keeps its first message and the newest, and opens on request")
    func longThread() {
        let entries = (1...30).map { samples.entry(Int64($0), .agentReply, daysAgo: 2 - Double($0) / 100) }
        let thread = TicketThread(detail: samples.detail(samples.ticket()), entries: entries)
        let (items, hidden) = thread.shown(.oldest, all: false)
        #expect(items.count == 21 && hidden == 10)
        #expect(thread.shown(.newest, all: true).hidden == 0)
        let html = page(thread: entries)
        #expect(html.contains("Show 10 older messages") && html.contains("/tickets/1234?all=1") && !html.contains("id=\"entry-10\""))
        #expect(page(thread: entries) { $0.showsAll = true }.contains("id=\"entry-10\""))
        #expect(!page(thread: Array(entries.prefix(20))).contains("older message"))
    }

    @Test("Mail is sanitised; its pictures load only when asked for")
    func mail() {
        let mail = "<p onclick=\"x()\">Hi<script>alert(1)</script><img src=\"https://example.com/a.png\" alt=\"Chart\"></p>"
        let html = page(html: mail)
        #expect(!html.contains("alert(1)") && !html.contains("onclick") && !html.contains("https://example.com/a.png"))
        #expect(html.contains("href=\"/tickets/1234?images=1\""))
        let loaded = page(html: mail) { $0.showsImages = true }
        #expect(loaded.contains("https://example.com/a.png") && !loaded.contains("Load pictures"))
        #expect(!page().contains("Load pictures"))
    }

    @Test("An empty thread says why")
    func emptyThread() {
        #expect(page(thread: []).contains("Nobody has answered yet"))
        #expect(
            page(thread: []) { $0.detail.conversationsReadAt = nil }.contains("2 messages of this thread will be read with the next sync."))
    }

    @Test("Files lead to the ticket in Freshdesk and show name and size")
    func files() {
        let html = page()
        #expect(html.contains("log.txt") && html.contains("1 KB") && html.contains("Open in Freshdesk"))
        #expect(!page { $0.address = nil }.contains("target=\"_blank\""))
    }

    @Test("Facts link to what they name and tell what is missing")
    func facts() {
        let html = page()
        for address in ["/tickets?requester=9", "/tickets?company=7", "/agents/4", "/tickets?group=2", "/tickets?tag=sso", "/accounts/12"] {
            #expect(html.contains("href=\"\(address)\""), "\(address)")
        }
        #expect(html.contains("Overdue") && html.contains("Why this account?") && html.contains("The domain is the account"))
        let bare = page(samples.ticket(account: false, agent: false))
        #expect(bare.contains("Nobody") && bare.contains("Its company belongs to no account yet."))
    }

    @Test("Custom fields read like words; what is empty is left out")
    func customFields() {
        let json =
            #"{"cf_product_area":"Sign-in","cf_count":3,"cf_share":0.5,"cf_vip":true,"cf_flag":false,"cf_none":null,"cf_blank":" ","#
            + #""cf_list":["a",null,"b"],"cf_big":9007199254740993,"cf_deep":{"x":1}}"#
        let facts = CustomFields.facts(json).map { "\($0.name)=\($0.value)" }
        #expect(
            facts == [
                "Big=9007199254740993", "Count=3", "Deep=X: 1", "Flag=No", "List=a, b", "Product area=Sign-in", "Share=0.5", "Vip=Yes"
            ])
        #expect(CustomFields.facts("[1]").isEmpty && CustomFields.facts("").isEmpty)
    }
}
