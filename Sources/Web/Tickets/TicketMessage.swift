import Domain
import Foundation
import Markup

/// One message of a ticket's thread, or its rating, as the page shows it.
struct TicketMessage {
    var detail: TicketDetail
    var images: ImagePolicy
    /// The ticket in Freshdesk, where its files are.
    var address: Link?

    /// A message's mail made safe; nil for what carries none. Done once: it is the costly part of the page.
    func mail(_ item: TicketThread.Item) -> SanitisedMail? {
        let html =
            switch item {
            case .description: detail.descriptionHTML
            case .entry(let entry): Self.kind(entry) == .system ? "" : entry.conversation.bodyHTML
            case .rating: ""
            }
        return html.trimmed.isEmpty ? nil : MailHTML.sanitise(html, images: images)
    }

    func html(_ item: TicketThread.Item, _ mail: SanitisedMail?) -> HTML {
        switch item {
        case .description(let attachments): description(attachments, mail)
        case .entry(let entry): html(entry, mail)
        case .rating(let rating): html(rating)
        }
    }

    private func description(_ attachments: [Attachment], _ mail: SanitisedMail?) -> HTML {
        let ticket = detail.summary
        // An outbound e-mail is ours: its first message goes to the requester.
        let isOurs = ticket.source == .outboundEmail
        let requester = ticket.requester
        let author = isOurs ? ticket.agent?.name ?? "Your team" : requester?.name.nilIfEmpty ?? requester?.email ?? "Unknown requester"
        return ThreadEntry(
            isOurs ? .agent : .customer, id: "description", author: author, authorDetail: isOurs ? nil : requester?.email,
            act: isOurs ? "wrote to \(requester?.name ?? "the requester")" : "opened the ticket", moment: ExactTime(ticket.createdAt).html,
            footer: files(attachments)
        ) {
            body(mail, text: detail.descriptionText)
        }.html
    }

    private func html(_ entry: Domain.ThreadEntry, _ mail: SanitisedMail?) -> HTML {
        let message = entry.conversation
        let kind = Self.kind(entry)
        // Who is neither agent nor contact has only what stood in the mail's head.
        let stranger = MailAddress.parts(entry.author.name)
        return ThreadEntry(
            kind, id: "entry-\(message.id)",
            author: stranger?.name ?? entry.author.name.nilIfEmpty ?? entry.author.email ?? "Unknown sender",
            authorDetail: stranger?.address ?? (kind == .customer ? entry.author.email : nil), act: Self.act(entry),
            moment: ExactTime(message.createdAt).html,
            footer: files(message.attachments)
        ) {
            if kind == .system { brief(message) } else { body(mail, text: message.bodyText) }
        }.html
    }

    private func html(_ rating: SatisfactionRating) -> HTML {
        ThreadEntry(
            .system, id: "rating", author: detail.summary.requester?.name.nilIfEmpty ?? "The requester", act: "rated the support",
            moment: ExactTime(rating.createdAt).html
        ) {
            div(.class("line")) {
                Icon.star.html
                RatingBadge(rating).html
                span(rating.label)
            }
            if let comment = rating.comment?.trimmed.nilIfEmpty { blockquote(comment, .class("quote"), .dir("auto")) }
        }.html
    }

    // MARK: Kinds

    /// Who it is from decides its colour; a private note is one whatever else it is, but a forward stays a forward.
    static func kind(_ entry: Domain.ThreadEntry) -> ThreadEntry.Kind {
        let message = entry.conversation
        switch message.kind {
        case .forward: return .forward
        case .automation, .feedback: return .system
        case .privateNote: return .note
        case .reply: return .customer
        case .agentReply, .bot: return message.isPrivate ? .note : .agent
        case .publicNote, .phone, .social, .other:
            if message.isPrivate { return .note }
            switch entry.author.kind {
            case .agent: return .agent
            case .contact: return .customer
            case .unknown: return message.isIncoming ? .customer : .agent
            }
        }
    }

    /// What the author did, in words.
    static func act(_ entry: Domain.ThreadEntry) -> String {
        let message = entry.conversation
        let copies = message.ccEmails.isEmpty ? "" : ", copy to " + few(message.ccEmails)
        switch message.kind {
        case .reply, .agentReply: return "replied" + copies
        case .privateNote:
            // An answer to a forward comes by mail and is kept as a note.
            return entry.author.kind == .unknown && entry.author.email != nil ? "wrote by mail" : "added a note"
        case .publicNote: return "added a public note"
        case .forward: return "forwarded" + (message.toEmails.isEmpty ? "" : " to " + few(message.toEmails)) + copies
        case .feedback: return "answered the survey"
        case .bot: return "replied as a bot"
        case .automation: return "ran an automation"
        case .phone: return "spoke on the phone"
        case .social: return "wrote on a social network"
        case .other: return message.isIncoming ? "wrote" : "replied"
        }
    }

    private static func few(_ addresses: [String]) -> String {
        addresses.prefix(2).joined(separator: ", ") + (addresses.count > 2 ? " and \(addresses.count - 2) more" : "")
    }

    // MARK: Bodies

    @HTMLBuilder private func body(_ mail: SanitisedMail?, text: String) -> HTML {
        if let mail {
            MailPaper(mail.html).html
            if mail.wasCut {
                p("This message is longer than what is shown. Open the ticket in Freshdesk to read the rest.", .class("hint"))
            }
        } else if !text.trimmed.isEmpty {
            MailPaper(plainText: text.trimmed).html
        } else {
            p("No text.", .class("muted"))
        }
    }

    /// An event in a line or two; what is longer is folded.
    @HTMLBuilder private func brief(_ message: Conversation) -> HTML {
        let text = message.bodyText.trimmed.nilIfEmpty ?? MailHTML.plainText(message.bodyHTML).trimmed
        if text.count > Self.briefLength {
            Disclosure("Show the text", id: "text-\(message.id)") { MailPaper(plainText: text).html }.html
        } else if !text.isEmpty {
            p(text, .class("event-text"), .dir("auto"))
        }
    }

    private static let briefLength = 240

    private func files(_ attachments: [Attachment]) -> HTML {
        if attachments.isEmpty { return .empty }
        return ul(.class("attachments"), .aria("label", "Files, kept in Freshdesk")) {
            for file in attachments { li { chip(file) } }
        }
    }

    private func chip(_ file: Attachment) -> HTML {
        let name = file.name.nilIfEmpty ?? "File"
        let content = HTML.joined([
            Icon.attachment.small, span(name, .class("chip-text"), .dir("auto")), span(FileSize.text(file.size), .class("muted", "nowrap"))
        ])
        guard let address else { return span(.class("chip")) { content } }
        return a(.class("chip"), .href(address), .outside, .title("Open in Freshdesk")) {
            content
            span("opens the ticket in Freshdesk", .class("said"))
        }
    }
}
