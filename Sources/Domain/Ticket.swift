package import Foundation

/// A ticket as Freshdesk keeps it.
package struct Ticket: Sendable, Equatable {
    package var id: ID<Ticket>
    package var subject: String
    package var status: TicketStatus
    /// Freshdesk's number of the status; 2, 4 and 5 are open, resolved and closed, all others the portal's own (fact 174).
    package var statusCode: Int
    package var priority: TicketPriority
    package var source: TicketSource
    package var sourceCode: Int
    package var type: String?
    package var tags: [String]
    package var requesterID: ID<Contact>?
    package var agentID: ID<Agent>?
    package var groupID: ID<Group>?
    package var companyID: ID<Company>?
    package var createdAt: Date
    package var updatedAt: Date
    package var dueBy: Date?
    package var isEscalated: Bool
    package var descriptionHTML: String
    package var descriptionText: String
    /// Nil when the record came from a list that carries no stats (fact 168).
    package var stats: TicketStats?
    /// Upstream's custom fields as a JSON object.
    package var customFields: String
    /// Nil where not read: Freshdesk's lists do not carry a ticket's own attachments.
    package var attachments: [Attachment]?
    package var isDeleted: Bool
    package var isSpam: Bool
    /// The rest of the upstream record, as JSON.
    package var raw: String

    package init(
        id: ID<Ticket>, subject: String, statusCode: Int, priority: TicketPriority = .low, sourceCode: Int = 1, type: String? = nil,
        tags: [String] = [], requesterID: ID<Contact>? = nil, agentID: ID<Agent>? = nil, groupID: ID<Group>? = nil,
        companyID: ID<Company>? = nil, createdAt: Date, updatedAt: Date, dueBy: Date? = nil, isEscalated: Bool = false,
        descriptionHTML: String = "", descriptionText: String = "", stats: TicketStats? = nil, customFields: String = "{}",
        attachments: [Attachment]? = nil, isDeleted: Bool = false, isSpam: Bool = false, raw: String = "{}"
    ) {
        self.id = id
        self.subject = subject
        self.status = TicketStatus(code: statusCode)
        self.statusCode = statusCode
        self.priority = priority
        self.source = TicketSource(code: sourceCode)
        self.sourceCode = sourceCode
        self.type = type
        self.tags = tags
        self.requesterID = requesterID
        self.agentID = agentID
        self.groupID = groupID
        self.companyID = companyID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.dueBy = dueBy
        self.isEscalated = isEscalated
        self.descriptionHTML = descriptionHTML
        self.descriptionText = descriptionText
        self.stats = stats
        self.customFields = customFields
        self.attachments = attachments
        self.isDeleted = isDeleted
        self.isSpam = isSpam
        self.raw = raw
    }

    /// When the customer began to wait for us, or nil when nobody waits: the requester wrote last, or nobody has answered yet.
    package var waitingSince: Date? {
        guard status.isUnresolved else { return nil }
        guard let stats else { return nil }
        if let asked = stats.requesterRespondedAt, asked > stats.agentRespondedAt ?? .distantPast { return asked }
        if stats.agentRespondedAt == nil && stats.firstRespondedAt == nil { return createdAt }
        return nil
    }
}

/// The moments in a ticket's life that Freshdesk counts by (fact 117).
package struct TicketStats: Sendable, Equatable {
    package var firstRespondedAt: Date?
    package var agentRespondedAt: Date?
    package var requesterRespondedAt: Date?
    /// The latest resolution; a reopened ticket shows its next one (fact 119).
    package var resolvedAt: Date?
    package var closedAt: Date?

    package init(
        firstRespondedAt: Date? = nil, agentRespondedAt: Date? = nil, requesterRespondedAt: Date? = nil, resolvedAt: Date? = nil,
        closedAt: Date? = nil
    ) {
        self.firstRespondedAt = firstRespondedAt
        self.agentRespondedAt = agentRespondedAt
        self.requesterRespondedAt = requesterRespondedAt
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
    }
}

/// The four groups every status of a portal falls into. `open` means the status open, everywhere in the product.
package enum TicketStatus: String, Sendable, CaseIterable, Codable {
    case open, pending, resolved, closed

    /// Freshdesk's 2, 4 and 5 are open, resolved and closed; every other number is pending with its own label.
    package init(code: Int) {
        switch code {
        case 2: self = .open
        case 4: self = .resolved
        case 5: self = .closed
        default: self = .pending
        }
    }

    package var isUnresolved: Bool { self == .open || self == .pending }

    package var label: String {
        switch self {
        case .open: "Open"
        case .pending: "Pending"
        case .resolved: "Resolved"
        case .closed: "Closed"
        }
    }

    /// The label of a status number the portal does not name: a deleted custom status stays on old tickets (fact 177).
    package static func fallbackLabel(code: Int) -> String {
        switch code {
        case 2: "Open"
        case 3: "Pending"
        case 4: "Resolved"
        case 5: "Closed"
        default: "Status \(code)"
        }
    }
}

/// One of a portal's statuses, with the label its agents see.
package struct StatusLabel: Sendable, Equatable {
    package var code: Int
    package var label: String

    package init(code: Int, label: String) {
        self.code = code
        self.label = label
    }
}

package enum TicketPriority: String, Sendable, CaseIterable, Codable {
    case low, medium, high, urgent

    /// Freshdesk's 1 to 4; a number it does not document counts as low.
    package init(code: Int) {
        switch code {
        case 4: self = .urgent
        case 3: self = .high
        case 2: self = .medium
        default: self = .low
        }
    }

    package var code: Int {
        switch self {
        case .low: 1
        case .medium: 2
        case .high: 3
        case .urgent: 4
        }
    }

    package var label: String {
        switch self {
        case .low: "Low"
        case .medium: "Medium"
        case .high: "High"
        case .urgent: "Urgent"
        }
    }
}

/// How a ticket came in, in nine kinds. Freshdesk's numbers are an open set (facts of section 2.13).
package enum TicketSource: String, Sendable, CaseIterable, Codable {
    case email, portal, phone, chat, feedback
    case outboundEmail = "outbound_email"
    case social, ecommerce, other

    package init(code: Int) {
        switch code {
        case 1: self = .email
        case 2, 16: self = .portal
        case 3: self = .phone
        case 7, 12, 14, 15, 21: self = .chat
        case 9: self = .feedback
        case 10: self = .outboundEmail
        case 5, 6, 13, 17, 18, 19, 20: self = .social
        case 11: self = .ecommerce
        default: self = .other
        }
    }

    package var label: String {
        switch self {
        case .email: "E-mail"
        case .portal: "Portal"
        case .phone: "Phone"
        case .chat: "Chat"
        case .feedback: "Feedback widget"
        case .outboundEmail: "Outbound e-mail"
        case .social: "Social"
        case .ecommerce: "E-commerce"
        case .other: "Other"
        }
    }
}

/// A file that hangs on a ticket or conversation. Its address is signed for minutes only, so it is never kept (fact 138).
package struct Attachment: Sendable, Equatable, Codable {
    package var id: Int64
    package var name: String
    package var contentType: String
    /// In bytes.
    package var size: Int64

    package init(id: Int64, name: String, contentType: String, size: Int64) {
        self.id = id
        self.name = name
        self.contentType = contentType
        self.size = size
    }
}

/// A ticket with the names of everything it points to, as lists show it.
package struct TicketSummary: Sendable, Equatable {
    package var id: ID<Ticket>
    package var subject: String
    package var status: TicketStatus
    package var statusLabel: String
    package var priority: TicketPriority
    package var source: TicketSource
    package var type: String?
    package var tags: [String]
    package var requester: Requester?
    package var agent: Named<Agent>?
    package var group: Named<Group>?
    package var company: Named<Company>?
    package var account: MatchedAccount?
    package var createdAt: Date
    package var updatedAt: Date
    package var dueBy: Date?
    package var firstRespondedAt: Date?
    package var resolvedAt: Date?
    package var closedAt: Date?
    package var waitingSince: Date?
    package var isEscalated: Bool
    package var conversationCount: Int
    package var satisfaction: SatisfactionRating?

    package init(
        id: ID<Ticket>, subject: String, status: TicketStatus, statusLabel: String, priority: TicketPriority, source: TicketSource,
        type: String?, tags: [String], requester: Requester?, agent: Named<Agent>?, group: Named<Group>?, company: Named<Company>?,
        account: MatchedAccount?, createdAt: Date, updatedAt: Date, dueBy: Date?, firstRespondedAt: Date?, resolvedAt: Date?,
        closedAt: Date?, waitingSince: Date?, isEscalated: Bool, conversationCount: Int, satisfaction: SatisfactionRating?
    ) {
        self.id = id
        self.subject = subject
        self.status = status
        self.statusLabel = statusLabel
        self.priority = priority
        self.source = source
        self.type = type
        self.tags = tags
        self.requester = requester
        self.agent = agent
        self.group = group
        self.company = company
        self.account = account
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.dueBy = dueBy
        self.firstRespondedAt = firstRespondedAt
        self.resolvedAt = resolvedAt
        self.closedAt = closedAt
        self.waitingSince = waitingSince
        self.isEscalated = isEscalated
        self.conversationCount = conversationCount
        self.satisfaction = satisfaction
    }
}

/// One ticket whole: the summary, its first message, and what only the detail shows.
package struct TicketDetail: Sendable, Equatable {
    package var summary: TicketSummary
    /// As upstream sent it: hostile until sanitised.
    package var descriptionHTML: String
    package var descriptionText: String
    /// Upstream's custom fields as a JSON object.
    package var customFields: String
    package var attachments: [Attachment]?
    /// When this ticket's thread was last read from Freshdesk; nil while it never was.
    package var conversationsReadAt: Date?

    package init(
        summary: TicketSummary, descriptionHTML: String, descriptionText: String, customFields: String, attachments: [Attachment]?,
        conversationsReadAt: Date?
    ) {
        self.summary = summary
        self.descriptionHTML = descriptionHTML
        self.descriptionText = descriptionText
        self.customFields = customFields
        self.attachments = attachments
        self.conversationsReadAt = conversationsReadAt
    }
}
