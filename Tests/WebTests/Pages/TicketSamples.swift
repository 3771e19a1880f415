import Domain
import Foundation

@testable import Web

/// Values for pages. Every text passes through `say`, so that a test can make all of them hostile at once.
struct PageSamples {
    var say: (String) -> String = { $0 }

    static let now = Date(timeIntervalSince1970: 1_795_000_000)
    static func ago(_ days: Double) -> Date { now.addingTimeInterval(-days * 86_400) }
    static let portal = "https://acme.freshdesk.com/a/tickets/"

    func matched(_ layer: Match.Layer = .exactDomain) -> MatchedAccount {
        MatchedAccount(
            account: Named(id: 12, name: say("Acme")), layer: layer, confidence: 0.97, evidence: [say("The domain is the account's.")])
    }

    func rating(_ rating: Int = 103, comment: String? = "Quick and kind.", daysAgo: Double = 1) -> SatisfactionRating {
        SatisfactionRating(
            id: 5, ticketID: 1234, rating: rating, comment: comment.map(say), createdAt: Self.ago(daysAgo), updatedAt: Self.ago(daysAgo))
    }

    func ticket(
        _ id: Int64 = 1234, status: TicketStatus = .open, source: TicketSource = .email, account: Bool = true, waiting: Bool = true,
        rating: SatisfactionRating? = nil, agent: Bool = true
    ) -> TicketSummary {
        TicketSummary(
            id: ID(id), subject: say("Login loops"), status: status, statusLabel: say("Being looked at"), priority: .high, source: source,
            type: say("Incident"), tags: [say("sso")], requester: Requester(id: 9, name: say("Ana Souza"), email: say("ana@acme.com")),
            agent: agent ? Named(id: 4, name: say("Priya")) : nil, group: Named(id: 2, name: say("Tier 2")),
            company: Named(id: 7, name: say("Acme Inc")), account: account ? matched() : nil, createdAt: Self.ago(3),
            updatedAt: Self.ago(1),
            dueBy: Self.ago(0.5), firstRespondedAt: Self.ago(2.9), resolvedAt: status.isUnresolved ? nil : Self.ago(2), closedAt: nil,
            waitingSince: waiting && status.isUnresolved ? Self.ago(0.5) : nil, isEscalated: true, conversationCount: 2,
            satisfaction: rating)
    }

    func detail(_ ticket: TicketSummary, text: String = "Since this morning.", html: String = "", readAt: Date? = ago(0.1)) -> TicketDetail
    {
        let field = (try? JSONEncoder().encode([say("cf_area"): say("Sign-in")])).map { String(decoding: $0, as: UTF8.self) }
        return TicketDetail(
            summary: ticket, descriptionHTML: html, descriptionText: say(text), customFields: field ?? "{}",
            attachments: [Attachment(id: 1, name: say("log.txt"), contentType: "text/plain", size: 1200)], conversationsReadAt: readAt)
    }

    func entry(
        _ id: Int64, _ kind: ConversationKind, by author: Author.Kind = .agent, text: String = "Hello", html: String = "",
        isPrivate: Bool = false, isIncoming: Bool = false, daysAgo: Double = 2
    ) -> Domain.ThreadEntry {
        Domain.ThreadEntry(
            conversation: Conversation(
                id: ID(id), ticketID: 1234, kind: kind, isIncoming: isIncoming, isPrivate: isPrivate, userID: 4,
                toEmails: [say("platform@example.com")], ccEmails: [say("it@example.com")], bodyHTML: html, bodyText: say(text),
                attachments: [Attachment(id: id + 100, name: say("a.txt"), contentType: "text/plain", size: 640)],
                createdAt: Self.ago(daysAgo), updatedAt: Self.ago(daysAgo)),
            author: Author(kind: author, id: 4, name: say("Priya"), email: say("priya@example.com")))
    }

    var choices: TicketChoices {
        TicketChoices(
            agents: [Named(id: 4, name: say("Priya")), Named(id: 5, name: say("Bo"))], accounts: [Named(id: 12, name: say("Acme"))],
            groups: [Named(id: 2, name: say("Tier 2"))], companies: [Named(id: 7, name: say("Acme Inc"))],
            requesters: [Named(id: 9, name: say("Ana"))])
    }

    func page<Row>(_ rows: [Row], total: Int? = nil, isExact: Bool = true, offset: Int = 0) -> Page<Row> {
        Page(rows: rows, offset: offset, total: Total(count: total ?? rows.count, isExact: isExact))
    }

    func ticketsPage(
        _ query: TicketQuery = TicketQuery(), rows: [TicketSummary]? = nil, total: Total? = nil, standing: MirrorStanding = .filled,
        mayConnect: Bool = true, faults: [Failure.Field] = []
    ) -> TicketsPage {
        let rows = rows ?? [ticket(rating: rating()), ticket(1235, status: .closed, account: false, agent: false)]
        return TicketsPage(
            query: query, faults: faults, tickets: Page(rows: rows, total: total ?? Total(count: rows.count, isExact: true)),
            choices: choices,
            standing: standing, mayConnect: mayConnect, portal: Self.portal, now: Self.now)
    }
}

extension String {
    /// How often `part` stands in the text.
    func occurrences(of part: String) -> Int { components(separatedBy: part).count - 1 }
}
