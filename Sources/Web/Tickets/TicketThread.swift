import Domain
import Foundation
import Markup

/// What a ticket's thread shows, in order: its first message, what came after it, and the rating at its place in time.
struct TicketThread {
    enum Order: String, Sendable, CaseIterable {
        case oldest, newest
    }

    enum Item {
        case description([Attachment])
        case entry(Domain.ThreadEntry)
        case rating(SatisfactionRating)
    }

    var detail: TicketDetail
    /// Oldest first, as the store gives them.
    var entries: [Domain.ThreadEntry]

    /// Newer messages that are always shown; a longer thread hides those between them and the first one.
    static let mostShown = 20

    /// Every item, oldest first.
    var items: [Item] {
        var (entries, attachments) = (entries, detail.attachments ?? [])
        if let first = entries.first, repeatsDescription(first.conversation) {
            // A chat's first message is its description once more; its files are kept.
            attachments += first.conversation.attachments.filter { file in !attachments.contains { $0.id == file.id } }
            entries.removeFirst()
        }
        let rating = detail.summary.satisfaction
        if let comment = rating?.comment?.trimmed.nilIfEmpty {
            // The survey's answer is an entry of the thread as well; the rating shows it with its figure.
            entries.removeAll { $0.conversation.kind == .feedback && $0.conversation.bodyText.contains(comment) }
        }
        var items: [Item] = entries.map(Item.entry)
        if let rating {
            let place = entries.firstIndex { $0.conversation.createdAt > rating.createdAt } ?? entries.endIndex
            items.insert(.rating(rating), at: place)
        }
        return [.description(attachments)] + items
    }

    /// The items on the page, in the order asked for, and how many between the first and the newer ones are left out.
    func shown(_ order: Order, all: Bool) -> (items: [Item], hidden: Int) {
        let items = items
        let hidden = all ? 0 : max(0, items.count - 1 - Self.mostShown)
        let kept = items.prefix(1) + items.dropFirst(1 + hidden)
        return (order == .oldest ? Array(kept) : kept.reversed(), hidden)
    }

    private func repeatsDescription(_ conversation: Conversation) -> Bool {
        guard detail.summary.source == .chat else { return false }
        let text = Self.words(conversation.bodyText, conversation.bodyHTML)
        return !text.isEmpty && text == Self.words(detail.descriptionText, detail.descriptionHTML)
    }

    private static func words(_ text: String, _ html: String) -> String {
        let text = text.trimmed.isEmpty ? MailHTML.plainText(html) : text
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
