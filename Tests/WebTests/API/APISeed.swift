import Domain
import Foundation
import Store
import Sync

@testable import Web

/// Rows of every kind: account 1 (Acme) with company 7, company 8 of nobody, tickets 101…112, a thread, a rating, an ended run.
struct APISeed: Sendable {
    let site: Site
    let scope: MirrorScope

    static let tickets = 12
    /// Above 2^53, as Freshdesk's ids may be.
    static let largeID: Int64 = 9_007_199_254_740_993

    func save() async throws {
        let workspace = scope.workspace
        let scope = scope
        _ = try await site.accounts.create(
            workspace,
            AccountDraft(
                name: "Acme", domains: ["acme.example"], aliases: ["ACME Group"], externalID: "A-1", ownerEmail: "cs@northwind.example",
                arr: Decimal(string: "1200.10"), renewalDate: Day("2026-12-31"), tags: ["gold"]), now: apiNow
        ) { _, _ in }
        try await site.database.write { db in
            let mirror = MirrorStore(db, scope: scope)
            _ = try mirror.save(Self.companies, run: 1)
            _ = try mirror.save(Self.contacts, run: 1)
            _ = try mirror.save(Self.agents, run: 1)
            try mirror.replace(groups: [Group(id: 5, name: "Support", agentIDs: [21])], run: 1)
            try mirror.replace(statuses: [StatusLabel(code: 2, label: "Open"), StatusLabel(code: 6, label: "Waiting on Customer")])
            _ = try mirror.save((1...Self.tickets).map(Self.ticket))
            _ = try mirror.replace([.init(ticketID: 101, conversations: Self.thread, version: apiNow, readAt: apiNow)])
            _ = try mirror.save([
                SatisfactionRating(
                    id: 900, ticketID: 101, rating: 103, comment: "Great", contactID: 31, agentID: 21, createdAt: apiNow, updatedAt: apiNow),
                SatisfactionRating(id: 901, ticketID: 102, rating: -103, contactID: 31, createdAt: apiNow, updatedAt: apiNow)
            ])
            try AccountMatching.apply(workspace, db)
            try ConnectionStore.recount(scope, windowEnd: apiNow, db)
        }
        let started = try await site.runs.start(scope, trigger: .first, actor: "Olga", windowEnd: apiNow)
        guard let claim = try await site.runs.claim(owner: "test", lease: 60, startedAt: apiNow, workspace: workspace),
            claim.run == started.id
        else { throw Failure(.internal, "The run was not claimed.") }
        try await site.database.write { db in
            try RunStore.begin(.companies, expected: 2, claim, now: apiNow, db)
            try RunStore.end(.companies, as: .done, claim, now: apiNow, db)
            try RunStore.finish(claim, as: .succeeded, problem: nil, now: apiNow.addingTimeInterval(60), db)
            try ConnectionStore.settle(scope, warnings: [], syncedAt: apiNow.addingTimeInterval(60), db)
        }
    }

    static let companies = [
        Company(
            id: 7, name: "Acme", domains: ["acme.example"], healthScore: "Happy", accountTier: "Premium",
            renewalDate: Date(rfc3339: "2026-12-31T00:00:00Z"), industry: "Metal", createdAt: apiNow, updatedAt: apiNow),
        Company(id: 8, name: "Nobody's", domains: ["nobody.example"], createdAt: apiNow, updatedAt: apiNow)
    ]

    static let contacts = [
        Contact(
            id: 31, name: "Ann", email: "ann@acme.example", phone: "1", mobile: "2", jobTitle: "CTO", isActive: true, companyID: 7,
            createdAt: apiNow, updatedAt: apiNow),
        Contact(id: ID(largeID), name: "Ben", email: "ben@nobody.example", createdAt: apiNow, updatedAt: apiNow)
    ]

    static let agents = [
        Agent(id: 21, name: "Uma", email: "uma@northwind.example"), Agent(id: 22, name: "Vic", isActive: false, isOccasional: true)
    ]

    /// Every third ticket was updated in the same second, so that a walk has ties to get over.
    static func ticket(_ number: Int) -> Ticket {
        let updated = apiNow.addingTimeInterval(-Double(number / 3) * 3600)
        let isFirst = number == 1
        return Ticket(
            id: ID(Int64(100 + number)), subject: isFirst ? "Cannot sign in \u{1F511}" : "Question \(number)",
            statusCode: [2, 3, 4, 6][(number - 1) % 4], priority: [.urgent, .low, .medium, .high][(number - 1) % 4], sourceCode: 1,
            type: isFirst ? "Incident" : nil, tags: isFirst ? ["login", "a,b"] : [], requesterID: isFirst ? 31 : ID(largeID),
            agentID: isFirst ? 21 : nil, groupID: isFirst ? 5 : nil, companyID: isFirst ? 7 : 8,
            createdAt: apiNow.addingTimeInterval(-86_400), updatedAt: updated, dueBy: isFirst ? apiNow.addingTimeInterval(3600) : nil,
            isEscalated: isFirst,
            descriptionHTML: isFirst ? "<p onclick=\"x()\">Help<script>alert(1)</script></p>" : "<p>Hello</p>",
            descriptionText: isFirst ? "Help" : "Hello",
            stats: TicketStats(firstRespondedAt: isFirst ? apiNow.addingTimeInterval(-82_800) : nil),
            customFields: isFirst ? "{\"cf_level\":3,\"cf_exact\":1.10,\"cf_big\":\(largeID),\"cf_none\":null}" : "{}")
    }

    static let thread = [
        Conversation(
            id: 501, ticketID: 101, kind: .agentReply, userID: 21, fromEmail: "support@northwind.example",
            bodyHTML: "<p>Try <img src=\"https://pixel.example/a.png\" width=\"20\">this<script>x()</script></p>", bodyText: "Try this",
            attachments: [Attachment(id: 1, name: "log.txt", contentType: "text/plain", size: 12)],
            createdAt: apiNow.addingTimeInterval(-7200), updatedAt: apiNow.addingTimeInterval(-7200)),
        Conversation(
            id: 502, ticketID: 101, kind: .reply, isIncoming: true, userID: 31, bodyHTML: "<p>Thanks</p>", bodyText: "Thanks",
            createdAt: apiNow.addingTimeInterval(-3600), updatedAt: apiNow.addingTimeInterval(-3600)),
        Conversation(
            id: 503, ticketID: 101, kind: .privateNote, isPrivate: true, userID: 99, fromEmail: "ghost@example.com", bodyHTML: "Note",
            bodyText: "Note", createdAt: apiNow.addingTimeInterval(-3600), updatedAt: apiNow.addingTimeInterval(-1800))
    ]
}
