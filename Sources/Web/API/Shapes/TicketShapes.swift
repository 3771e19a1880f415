import Domain
import Foundation
import Markup

extension TicketSummary {
    /// A ticket as lists show it. `url` leads to it in Freshdesk.
    func json(url: String?) -> JSON {
        [
            "id": .id(id), "url": .text(url), "subject": .string(subject), "status": .string(status.rawValue),
            "status_label": .string(statusLabel), "priority": .string(priority.rawValue), "source": .string(source.rawValue),
            "type": .text(type), "tags": .texts(tags), "requester": .optional(requester) { $0.json }, "agent": .named(agent),
            "group": .named(group), "company": .named(company), "account": .optional(account) { $0.json },
            "created_at": .time(createdAt), "updated_at": .time(updatedAt), "due_by": .time(dueBy),
            "first_responded_at": .time(firstRespondedAt), "resolved_at": .time(resolvedAt), "closed_at": .time(closedAt),
            "is_escalated": .bool(isEscalated), "conversation_count": .number(conversationCount),
            "satisfaction": .optional(satisfaction) { $0.json }
        ]
    }
}

extension TicketDetail {
    /// The summary, and what only the detail reads. HTML from upstream is made safe here; pictures stay, as a program decides for
    /// itself whether to load them.
    func json(url: String?) -> JSON {
        summary.json(url: url).adding([
            "description_html": .string(MailHTML.sanitise(descriptionHTML, images: .allowed).html.rendered),
            "description_text": .string(descriptionText), "custom_fields": JSON.customFields(customFields),
            "attachments": .optional(attachments) { .list($0) { $0.json } }
        ])
    }
}

extension JSON {
    /// Upstream's custom fields, kept as text; an empty object when they cannot be read.
    static func customFields(_ text: String) -> JSON {
        guard let value = JSON(parsing: text.utf8), value.members != nil else { return .object([]) }
        return value
    }
}

extension Domain.ThreadEntry {
    var json: JSON {
        [
            "id": .id(conversation.id), "kind": .string(conversation.kind.rawValue), "incoming": .bool(conversation.isIncoming),
            "private": .bool(conversation.isPrivate), "author": author.json,
            "body_html": .string(MailHTML.sanitise(conversation.bodyHTML, images: .allowed).html.rendered),
            "body_text": .string(conversation.bodyText), "created_at": .time(conversation.createdAt),
            "updated_at": .time(conversation.updatedAt), "attachments": .list(conversation.attachments) { $0.json }
        ]
    }
}

extension Author {
    var json: JSON {
        [
            "type": .string(kind.rawValue), "id": id.map(JSON.integer) ?? .null, "name": .string(name), "email": .text(email)
        ]
    }
}

extension Attachment {
    var json: JSON {
        ["id": .integer(id), "name": .string(name), "content_type": .string(contentType), "size": .integer(size)]
    }
}

extension Requester {
    var json: JSON { ["id": .id(id), "name": .string(name), "email": .text(email)] }
}

extension MatchedAccount {
    /// An account with the reason it is there.
    var json: JSON {
        [
            "id": .id(account.id), "name": .string(account.name),
            "match": ["layer": .string(layer.rawValue), "confidence": .double(confidence)]
        ]
    }
}

extension SatisfactionRating {
    /// A rating as its ticket shows it.
    var json: JSON {
        [
            "rating": .number(rating), "label": .string(label), "score": .double(score), "comment": .text(comment),
            "created_at": .time(createdAt)
        ]
    }
}
