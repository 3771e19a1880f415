package import Foundation

/// One entry of a ticket's thread, as Freshdesk keeps it. The ticket's first message is its description, not a conversation (fact 146).
package struct Conversation: Sendable, Equatable {
    package var id: ID<Conversation>
    package var ticketID: ID<Ticket>
    package var kind: ConversationKind
    package var isIncoming: Bool
    package var isPrivate: Bool
    /// Freshdesk's user id: a contact's or an agent's, nil for bots (fact 152).
    package var userID: Int64?
    package var fromEmail: String?
    package var toEmails: [String]
    package var ccEmails: [String]
    /// As upstream sent it: hostile until sanitised.
    package var bodyHTML: String
    package var bodyText: String
    package var attachments: [Attachment]
    package var createdAt: Date
    package var updatedAt: Date
    package var raw: String

    package init(
        id: ID<Conversation>, ticketID: ID<Ticket>, kind: ConversationKind, isIncoming: Bool = false, isPrivate: Bool = false,
        userID: Int64? = nil, fromEmail: String? = nil, toEmails: [String] = [], ccEmails: [String] = [], bodyHTML: String = "",
        bodyText: String = "", attachments: [Attachment] = [], createdAt: Date, updatedAt: Date, raw: String = "{}"
    ) {
        self.id = id
        self.ticketID = ticketID
        self.kind = kind
        self.isIncoming = isIncoming
        self.isPrivate = isPrivate
        self.userID = userID
        self.fromEmail = fromEmail
        self.toEmails = toEmails
        self.ccEmails = ccEmails
        self.bodyHTML = bodyHTML
        self.bodyText = bodyText
        self.attachments = attachments
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.raw = raw
    }
}

/// What an entry of the thread is. Raw values are the API's words.
package enum ConversationKind: String, Sendable, CaseIterable, Codable {
    /// From the customer.
    case reply
    case agentReply = "agent_reply"
    case privateNote = "private_note"
    case publicNote = "public_note"
    case forward
    case feedback
    case bot
    case automation
    case phone
    case social
    case other

    /// Facts 150–153: the source number says what it is; `incoming` alone does not say who wrote it.
    package init(source: Int?, isIncoming: Bool, isPrivate: Bool, userID: Int64?, isAutomation: Bool, isAgent: Bool) {
        if isAutomation {
            self = .automation
            return
        }
        switch source {
        case 8: self = .forward
        case 6: self = .feedback
        case 15: self = .bot
        case 9: self = .phone
        case 5, 7: self = .social
        default:
            if isPrivate {
                self = .privateNote
            } else if source == 2 {
                self = isIncoming && !isAgent ? .reply : .publicNote
            } else if isIncoming && !isAgent {
                self = .reply
            } else if userID == nil && !isIncoming {
                self = .bot
            } else {
                self = .agentReply
            }
        }
    }
}

/// Who wrote an entry of the thread.
package struct Author: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case contact, agent, unknown
    }

    package var kind: Kind
    package var id: Int64?
    package var name: String
    package var email: String?

    package init(kind: Kind, id: Int64?, name: String, email: String?) {
        self.kind = kind
        self.id = id
        self.name = name
        self.email = email
    }
}

/// An entry of the thread with its author's name.
package struct ThreadEntry: Sendable, Equatable {
    package var conversation: Conversation
    package var author: Author

    package init(conversation: Conversation, author: Author) {
        self.conversation = conversation
        self.author = author
    }
}
