import Domain
import Foundation
import Markup

/// What is known about a ticket besides its thread.
struct TicketFacts {
    var detail: TicketDetail
    /// When the workspace was last synced.
    var lastSyncAt: Date?
    var now: Date

    @HTMLBuilder var html: HTML {
        Card("Details") { FactList(details).html }.html
        Card("Times") { FactList(times).html }.html
        if let rating = ticket.satisfaction { Card("Satisfaction") { satisfaction(rating) }.html }
        let custom = CustomFields.facts(detail.customFields)
        if !custom.isEmpty {
            Card("Custom fields") {
                FactList(custom.map { (name: $0.name, value: span($0.value, .dir("auto"))) }, isStacked: true).html
            }.html
        }
    }

    private var ticket: TicketSummary { detail.summary }

    private var details: [(name: String, value: HTML)] {
        var facts: [(name: String, value: HTML)] = [("Requester", requester), ("Account", account)]
        if let company = ticket.company {
            facts.append(
                (
                    "Company",
                    a(company.name, .href(Route.tickets(.init().with { $0.company = .init([.id(company.id)]) }).link), .dir("auto"))
                ))
        }
        facts.append(("Agent", ticket.agent.map { a($0.name, .href(Route.agent($0.id).link), .dir("auto")) } ?? Self.none("Nobody")))
        if let group = ticket.group {
            facts.append(
                ("Group", a(group.name, .href(Route.tickets(.init().with { $0.group = .init([.id(group.id)]) }).link), .dir("auto"))))
        }
        facts.append(("Source", .text(ticket.source.label)))
        if let type = ticket.type?.nilIfEmpty { facts.append(("Type", span(type, .dir("auto")))) }
        if !ticket.tags.isEmpty { facts.append(("Tags", tags)) }
        facts.append(("Id", span("#\(ticket.id)", .class("mono"))))
        return facts
    }

    private var times: [(name: String, value: HTML)] {
        var facts: [(name: String, value: HTML)] = [("Created", RelativeTime(ticket.createdAt, now: now).html)]
        if let answered = ticket.firstRespondedAt {
            let after = Age.text(answered.timeIntervalSince(ticket.createdAt))
            facts.append(("First response", span("after \(after)", .title(DateText.exact(answered)))))
        } else {
            facts.append(("First response", Self.none("None yet")))
        }
        if let since = ticket.waitingSince {
            facts.append(
                ("Waiting for us", span(Age.text(now.timeIntervalSince(since)), .class("warning-text"), .title(DateText.exact(since)))))
        }
        if let due = ticket.dueBy, ticket.status.isUnresolved {
            facts.append(("Due", due < now ? overdue(due) : RelativeTime(due, now: now).html))
        }
        if let resolved = ticket.resolvedAt { facts.append(("Resolved", RelativeTime(resolved, now: now).html)) }
        if let closed = ticket.closedAt { facts.append(("Closed", RelativeTime(closed, now: now).html)) }
        facts.append(("Updated", RelativeTime(ticket.updatedAt, now: now).html))
        if ticket.isEscalated { facts.append(("Escalated", StateWord(.warn, .warning, "Yes").html)) }
        facts.append(("Thread read", detail.conversationsReadAt.map { RelativeTime($0, now: now).html } ?? Self.none("Not yet")))
        if let lastSyncAt { facts.append(("Last sync", RelativeTime(lastSyncAt, now: now).html)) }
        return facts
    }

    private func overdue(_ due: Date) -> HTML {
        time(
            "Overdue by \(Age.text(now.timeIntervalSince(due)))", .class("danger-text"), .datetime(due.rfc3339), .title(DateText.exact(due))
        )
    }

    @HTMLBuilder private var requester: HTML {
        if let requester = ticket.requester {
            a(
                requester.name.nilIfEmpty ?? requester.email ?? "Contact \(requester.id)", .dir("auto"),
                .href(Route.tickets(.init().with { $0.requester = .init([.id(requester.id)]) }).link))
            if let email = requester.email?.nilIfEmpty, email != requester.name { span(.class("fact-more")) { MailAddress(email).html } }
        } else {
            Self.none("Unknown")
        }
    }

    @HTMLBuilder private var account: HTML {
        if let matched = ticket.account {
            a(matched.account.name, .href(Route.account(matched.account.id).link), .dir("auto"))
            MatchReason(matched, id: "why-account").html
        } else {
            Self.none("None")
            if let company = ticket.company {
                span(.class("fact-more")) {
                    "Its company belongs to no account yet. "
                    a("Why?", .href(Route.matchingCompany(company.id).link), .aria("label", "Why its company belongs to no account"))
                }
            } else {
                span("The ticket has no company, and its requester's domain belongs to no account.", .class("fact-more"))
            }
        }
    }

    private var tags: HTML {
        span(.class("chips")) {
            for tag in ticket.tags { Chip(tag, link: Route.tickets(.init().with { $0.tag = .init([tag]) }).link).html }
        }
    }

    @HTMLBuilder private func satisfaction(_ rating: SatisfactionRating) -> HTML {
        div(.class("line")) {
            RatingBadge(rating).html
            span(rating.label)
            span(.class("muted", "push")) { RelativeTime(rating.createdAt, now: now).html }
        }
        if let comment = rating.comment?.trimmed.nilIfEmpty { blockquote(comment, .class("quote"), .dir("auto")) }
    }

    private static func none(_ text: String) -> HTML { span(text, .class("muted")) }
}
