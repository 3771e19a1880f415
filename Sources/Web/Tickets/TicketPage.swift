import Domain
import Foundation
import Larry
import Markup

/// One ticket: its thread, and the facts beside it.
struct TicketPage: ShellPage {
    /// The tickets before and after it in the list it was opened from.
    struct Neighbours: Sendable, Equatable {
        var previous: Link?
        var next: Link?
        /// Such as `3 of 57`.
        var position: String?

        init(previous: Link? = nil, next: Link? = nil, position: String? = nil) {
            self.previous = previous
            self.next = next
            self.position = position
        }
    }

    var detail: TicketDetail
    /// Oldest first.
    var thread: [Domain.ThreadEntry]
    /// `?order=newest`
    var order = TicketThread.Order.oldest
    /// `?images=1`
    var showsImages = false
    /// `?all=1`
    var showsAll = false
    var neighbours = Neighbours()
    /// `?list=…`: the list the ticket was opened from.
    var list: TicketQuery?
    /// The ticket in Freshdesk; nil when the portal is unknown.
    var address: String?
    var lastSyncAt: Date?
    var now: Date
    /// Where a language model is set up, its summary can be asked for; the session's token for that.
    var summaryToken: String?

    var pageTitle: String { "#\(ticket.id) \(subject)" }
    var section: Section? { .tickets }
    var topic: LarryTopic? { LarryTopic(.ticket(ticket.id), "ticket #\(ticket.id)") }

    @HTMLBuilder var html: HTML {
        top
        div(.class("sides", "ticket")) {
            // On a narrow window the facts are folded above the thread; beside it they come second to the eye.
            Fold("Details and times", id: "show-facts").html
            aside(.class("stack", "folded"), .aria("label", "Facts")) { TicketFacts(detail: detail, lastSyncAt: lastSyncAt, now: now).html }
            Markup.section(.class("stack"), .aria("labelledby", "thread-heading")) { conversation }
        }
    }

    private var ticket: TicketSummary { detail.summary }
    private var subject: String { ticket.subject.trimmed.nilIfEmpty ?? "No subject" }
    private var outside: Link? { address.flatMap(Link.external) }

    private var top: HTML {
        div(.class("stack", "tight")) {
            PageHeader(subject) { actions }.html
            div(.class("line", "loose")) {
                span("#\(ticket.id)", .class("mono", "muted"))
                StatusBadge(ticket.status, label: ticket.statusLabel).html
                PriorityBadge(ticket.priority).html
                if ticket.isEscalated { Tag("Escalated", .warning).html }
                if let matched = ticket.account {
                    a(.class("chip"), .href(Route.account(matched.account.id).link), .title(MatchReason.sentence(matched))) {
                        Icon.accounts.small
                        span(matched.account.name, .class("chip-text"), .dir("auto"))
                        span(matched.layer.label, .class("muted", "nowrap"))
                    }
                } else {
                    span("No account", .class("muted"))
                }
            }
        }
    }

    @HTMLBuilder private var actions: HTML {
        if let position = neighbours.position {
            if let list {
                a(position, .class("button", "quiet"), .href(Route.tickets(list).link), .title("Back to the list"))
            } else {
                span(position, .class("muted", "position"))
            }
        }
        if let previous = neighbours.previous { LinkButton("Previous", to: previous, attributes: [.rel("prev")]).html }
        if let next = neighbours.next { LinkButton("Next", to: next, attributes: [.rel("next")]).html }
        if let summaryToken {
            PostForm(.larry, csrf: summaryToken, .class("inline-form"), .data("asks", "panel")) {
                HiddenField("summary", ticket.id.description).html
                HiddenField("about", Larry.Topic.ticket(ticket.id).text).html
                Button("Summarise", icon: .chat).html
            }.html
        }
        if let outside {
            LinkButton("Open in Freshdesk", to: outside, icon: .outside, attributes: [.outside, .data("outside", "")]).html
        }
    }

    // MARK: Thread

    @HTMLBuilder private var conversation: HTML {
        let thread = TicketThread(detail: detail, entries: thread)
        let (items, hidden) = thread.shown(order, all: showsAll)
        let messages = thread.items.count { if case .rating = $0 { false } else { true } }
        let message = TicketMessage(detail: detail, images: showsImages ? .allowed : .blocked, address: outside)
        div(.class("thread-head")) {
            h2("Conversation", .id("thread-heading"))
            span(messages.counted("message"), .class("muted"))
            a(
                order == .oldest ? "Newest first" : "Oldest first", .class("button", "quiet", "push"),
                .href(link(order: order == .oldest ? .newest : .oldest)))
        }
        let mails = items.map(message.mail)
        if mails.contains(where: { $0?.hasBlockedImages == true }) { blocked }
        div(.class("thread")) {
            for (index, item) in items.enumerated() {
                // The gap lies after the first message, or before it when the newest stand on top.
                if hidden > 0, index == (order == .oldest ? 1 : items.count - 1) { expander(hidden) }
                message.html(item, mails[index])
            }
            if let note { p(note, .class("thread-note")) }
        }
    }

    /// Why there is nothing after the first message.
    private var note: String? {
        guard thread.isEmpty else { return nil }
        if detail.conversationsReadAt == nil {
            return ticket.conversationCount > 0
                ? "\(ticket.conversationCount.counted("message")) of this thread will be read with the next sync."
                : "The thread was not read yet; the next sync reads it."
        }
        return "Nobody has answered yet, and there are no notes."
    }

    private var blocked: HTML {
        div(.class("hint", "line")) {
            span("Pictures from the web are left out: loading one tells its sender that the message was opened.")
            a("Load pictures", .href(link(images: true)))
        }
    }

    private func expander(_ hidden: Int) -> HTML {
        a("Show \(hidden.counted("older message"))", .class("button", "quiet", "expander"), .href(link(all: true)))
    }

    private func link(order: TicketThread.Order? = nil, images: Bool? = nil, all: Bool? = nil) -> Link {
        let order = order ?? self.order
        return Route.ticket(ticket.id).link([
            "order": order == .oldest ? nil : order.rawValue, "images": images ?? showsImages ? "1" : nil,
            "all": all ?? showsAll ? "1" : nil, "list": list.map(Route.listParameter)
        ])
    }
}
