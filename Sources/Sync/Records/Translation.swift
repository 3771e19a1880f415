import Domain
import Foundation
import Freshdesk
import Markup

/// Freshdesk's records as the product's. Upstream text is hostile: control characters go, sizes are bounded, missing values get a
/// harmless default; sanitising HTML is left to where it is shown, so that a better sanitiser needs no new sync.
enum Translation {
    /// Longest body that is kept, in characters; more is cut, and the ticket's link leads to the whole.
    static let longestBody = 1_000_000
    static let longestText = 100_000
    static let longestLine = 2_000

    static func company(_ record: Record<WireCompany>) -> Company {
        let wire = record.value
        return Company(
            id: ID(wire.id), name: line(wire.name) ?? "Company \(wire.id)", domains: wire.domains.compactMap { line($0) },
            healthScore: line(wire.healthScore), accountTier: line(wire.accountTier), renewalDate: wire.renewalDate,
            industry: line(wire.industry), createdAt: wire.createdAt ?? .unknown, updatedAt: wire.updatedAt ?? .unknown,
            raw: clean(record.raw))
    }

    static func contact(_ record: Record<WireContact>) -> Contact {
        let wire = record.value
        return Contact(
            id: ID(wire.id), name: line(wire.name) ?? line(wire.email) ?? "Contact \(wire.id)", email: line(wire.email),
            phone: line(wire.phone), mobile: line(wire.mobile), jobTitle: line(wire.jobTitle), isActive: wire.isActive ?? false,
            companyID: wire.companyID.map { ID($0) }, createdAt: wire.createdAt ?? .unknown, updatedAt: wire.updatedAt ?? .unknown,
            raw: clean(record.raw))
    }

    static func agent(_ record: Record<WireAgent>) -> Agent {
        let wire = record.value
        return Agent(
            id: ID(wire.id), name: line(wire.name) ?? line(wire.email) ?? "Agent \(wire.id)", email: line(wire.email),
            isActive: wire.isDeactivated != true, isOccasional: wire.isOccasional, createdAt: wire.createdAt, updatedAt: wire.updatedAt,
            raw: clean(record.raw))
    }

    static func group(_ record: Record<WireGroup>, agentIDs: [Int64]) -> Group {
        Group(
            id: ID(record.value.id), name: line(record.value.name) ?? "Group \(record.value.id)", agentIDs: agentIDs.map { ID($0) },
            raw: clean(record.raw))
    }

    static func ticket(_ record: Record<WireTicket>, hasStats: Bool) -> Ticket {
        let wire = record.value
        let html = bounded(wire.description ?? "", longestBody)
        // Freshdesk's own plain text loses line breaks in places (fact 155); ours is made from the HTML.
        let text = html.isEmpty ? bounded(wire.descriptionText ?? "", longestText) : bounded(MailHTML.plainText(html), longestText)
        return Ticket(
            id: ID(wire.id), subject: line(wire.subject) ?? "(no subject)", statusCode: wire.status ?? 2,
            priority: TicketPriority(code: wire.priority ?? 1), sourceCode: wire.source ?? 0, type: line(wire.type),
            tags: wire.tags.compactMap { line($0) }, requesterID: wire.requesterID.map { ID($0) }, agentID: wire.responderID.map { ID($0) },
            groupID: wire.groupID.map { ID($0) }, companyID: wire.companyID.map { ID($0) }, createdAt: wire.createdAt ?? .unknown,
            updatedAt: wire.updatedAt ?? wire.createdAt ?? .unknown, dueBy: wire.dueBy, isEscalated: wire.isEscalated,
            descriptionHTML: html, descriptionText: text, stats: hasStats ? stats(wire.stats) : nil,
            customFields: clean(wire.customFields ?? "{}"), attachments: nil, isDeleted: wire.isDeleted, isSpam: wire.isSpam,
            raw: clean(JSONText.dropping(Self.keptInColumns, from: record.raw)))
    }

    static func stats(_ wire: WireStats?) -> TicketStats {
        TicketStats(
            firstRespondedAt: wire?.firstRespondedAt, agentRespondedAt: wire?.agentRespondedAt,
            requesterRespondedAt: wire?.requesterRespondedAt, resolvedAt: wire?.resolvedAt, closedAt: wire?.closedAt)
    }

    /// - Parameter isAgent: whether a user id is an agent's (`incoming` alone does not say who wrote, fact 153).
    static func conversation(_ wire: WireConversation, raw: String, of ticket: ID<Ticket>, isAgent: (Int64) -> Bool) -> Conversation {
        let html = bounded(wire.body ?? "", longestBody)
        let text = html.isEmpty ? bounded(wire.bodyText ?? "", longestText) : bounded(MailHTML.plainText(html), longestText)
        return Conversation(
            id: ID(wire.id), ticketID: ticket,
            kind: ConversationKind(
                source: wire.source, isIncoming: wire.isIncoming, isPrivate: wire.isPrivate, userID: wire.userID,
                isAutomation: wire.automationID != nil, isAgent: wire.userID.map(isAgent) ?? false),
            isIncoming: wire.isIncoming, isPrivate: wire.isPrivate, userID: wire.userID, fromEmail: line(wire.fromEmail),
            toEmails: wire.toEmails.compactMap { line($0) }, ccEmails: wire.ccEmails.compactMap { line($0) }, bodyHTML: html,
            bodyText: text,
            attachments: attachments(wire.attachments), createdAt: wire.createdAt ?? .unknown,
            updatedAt: wire.lastEditedAt ?? wire.updatedAt ?? wire.createdAt ?? .unknown,
            raw: clean(JSONText.dropping(Self.keptInColumns, from: raw)))
    }

    static func attachments(_ wire: [WireAttachment]) -> [Attachment] {
        wire.map {
            Attachment(id: $0.id, name: line($0.name) ?? "Attachment", contentType: line($0.contentType) ?? "", size: $0.size ?? 0)
        }
    }

    static func rating(_ record: Record<WireSatisfactionRating>) -> SatisfactionRating? {
        let wire = record.value
        guard let ticket = wire.ticketID, let rating = wire.rating else { return nil }
        return SatisfactionRating(
            id: ID(wire.id), ticketID: ID(ticket), rating: SatisfactionRating.fromUpstream(rating),
            comment: wire.feedback.map { bounded(clean($0), longestText).trimmed }?.nilIfEmpty, contactID: wire.userID.map { ID($0) },
            agentID: wire.agentID.map { ID($0) }, createdAt: wire.createdAt ?? .unknown, updatedAt: wire.updatedAt ?? .unknown,
            raw: clean(record.raw))
    }

    // MARK: Text

    /// What has a column of its own, or is signed for minutes only, stays out of the kept upstream record.
    private static let keptInColumns: Set<String> = [
        "description", "description_text", "structured_description", "body", "body_text", "structured_body", "conversations", "attachments",
        "requester", "stats"
    ]

    /// One line of text: NUL and other control characters gone, bounded; nil when nothing is left.
    static func line(_ text: String?) -> String? {
        guard let text else { return nil }
        let cleaned =
            text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            ? String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 })) : text
        return bounded(cleaned, longestLine).trimmed.nilIfEmpty
    }

    private static func bounded(_ text: String, _ limit: Int) -> String {
        let text = clean(text)
        return text.utf8.count > limit ? String(text.prefix(limit)) : text
    }

    /// PostgreSQL's text has no NUL, so no text of ours has.
    private static func clean(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: "") : text
    }
}

extension Date {
    /// Stands for a time that upstream did not send.
    static let unknown = Date(timeIntervalSince1970: 0)
}
