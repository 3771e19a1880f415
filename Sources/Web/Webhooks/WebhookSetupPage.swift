import Domain
import Foundation
import Markup
import Store

/// `/integrations/freshdesk/webhooks`: how to make Freshdesk report changes, and whether it does.
struct WebhookSetupPage: ShellPage {
    /// Nil while nothing is connected.
    var url: String?
    var deliveries: DeliveryList
    var csrf: String

    var pageTitle: String { "Webhooks" }
    var section: Section? { .integrations }

    var html: HTML {
        PageHeader("Webhooks from Freshdesk", lede: "A changed ticket is read again within seconds instead of with the daily sync.").html
        if let url {
            deliveries.html
            Card("Set up in Freshdesk") { WebhookRecipe(url: url).html }.html
            Card("Secret") { rotation }.html
        } else {
            Card {
                EmptyState(.sync, "Freshdesk is not connected", "The webhook's address appears here once it is.") {
                    LinkButton("Open integrations", to: Route.integrations.link).html
                }.html
            }.html
        }
    }

    private var rotation: HTML {
        div(.class("stack", "tight")) {
            p("If somebody saw the address who should not have, make a new secret. Calls with the old one are refused at once.")
            PostButton(
                .webhookRotate, csrf: csrf,
                Button(
                    "Make a new secret", .danger,
                    question: "Make a new secret? Both rules in Freshdesk must be changed before events arrive again.",
                    attributes: [.data("confirm-verb", "Make a new secret")])
            ).html
        }
    }
}

/// The last deliveries; asked for again and again by a page that is open, so that the first event is seen as it comes.
struct DeliveryList: Sendable {
    var rows: [WebhookDelivery]
    var now: Date

    var html: HTML {
        section(
            .class("stack"), .id("deliveries"), .data("polled", Route.webhookDeliveries.path), .aria("label", "Deliveries"),
            .aria("live", "polite")
        ) {
            if let latest = rows.first { arrived(latest) } else { waiting }
        }
    }

    private var waiting: HTML {
        Banner(.info, heading: "Waiting for the first event") {
            span("Follow the steps below, then change any ticket in Freshdesk. What arrives is shown here by itself.")
        }.html
    }

    @HTMLBuilder private func arrived(_ latest: WebhookDelivery) -> HTML {
        Banner(latest.state == .refused ? .warning : .positive) {
            span {
                latest.state == .refused ? "An event arrived that could not be used: the last one " : "Events arrive: the last one "
                RelativeTime(latest.receivedAt, now: now).html
                "."
            }
        }.html
        DataTable(
            "The last deliveries, newest first",
            columns: [.init("Received", .lead), .init("Ticket"), .init("Result"), .init("Note", isNamedOnCards: true)],
            rows: rows.map(row)
        ).html
    }

    private func row(_ delivery: WebhookDelivery) -> DataTable.Row {
        DataTable.Row([
            RelativeTime(delivery.receivedAt, now: now).html,
            delivery.ticket.map { a("#\($0)", .href(Route.ticket($0).link)) } ?? span("–", .class("muted")), state(delivery).html,
            .text(note(delivery))
        ])
    }

    private func state(_ delivery: WebhookDelivery) -> StateWord {
        switch delivery.state {
        case .queued: StateWord(.busy, .clock, "Waiting to be read")
        case .applied: StateWord(.good, .check, "Applied")
        case .refused: StateWord(.bad, .danger, "Refused")
        }
    }

    private func note(_ delivery: WebhookDelivery) -> String {
        if let note = delivery.note { return note }
        guard let settledAt = delivery.settledAt else { return "" }
        return "after \(Span.text(max(0, settledAt.timeIntervalSince(delivery.receivedAt))))"
    }
}
