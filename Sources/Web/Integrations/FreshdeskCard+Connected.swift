import Domain
import Foundation
import Markup

/// With a key and no run going: what there is, what was wrong, and what can be done.
struct ConnectedPart {
    var card: FreshdeskCard

    private var isFailed: Bool { card.card.state == .error }

    @HTMLBuilder var html: HTML {
        if isFailed { problem }
        for warning in card.card.warnings { Banner(.warning, warning.message).html }
        if !isFailed, card.card.run?.state == .cancelled {
            Banner(.info, "The last sync was cancelled. What it had read is kept; the next one goes on from there.").html
        }
        RecordNumbers(card: card).html
        if !isFailed, card.card.records.tickets == 0, card.card.connection?.lastSyncAt != nil, !says("zero_tickets") { noTickets }
        if card.mayManage {
            actions
            folded
        }
    }

    private func says(_ code: String) -> Bool { card.card.warnings.contains { $0.code == code } }

    private var problem: HTML {
        Banner(.danger) {
            strong(card.card.error?.message ?? "The last sync failed.", .id("sync-error"))
            span(.class("small")) {
                if let error = card.card.error { code(error.code.rawValue) + .text(" · ") }
                if let run = card.card.run { a("run \(run.id)", .href(Route.run(run.id).link)) }
                if let at = card.card.run?.endedAt {
                    " · "
                    RelativeTime(at, now: card.now).html
                }
            }
            span(advice)
        }.html
    }

    private var advice: String {
        switch card.card.error?.code {
        case .invalidCredentials: "Freshdesk no longer accepts the stored key. Reconnect with a valid one; everything synced is kept."
        case .forbidden: "The key's owner may not read what the sync needs. Reconnect with the key of an agent who sees all tickets."
        case .network: "The portal could not be reached. The next sync goes on from where this one stopped."
        case .rateLimited: "The portal's request allowance did not suffice. The next sync goes on from where this one stopped."
        case .unexpected, nil: "What was read before is kept. The next sync goes on from where this one stopped."
        }
    }

    private var noTickets: HTML {
        Banner(
            .warning, heading: "The sync found no tickets",
            "Either the portal has none in this window, or the key's owner may see none: in Freshdesk an agent with restricted scope sees "
                + "only their own groups' or assigned tickets. Reconnect with the key of an agent with global access, "
                + "or choose a longer window."
        ).html
    }

    private var actions: HTML {
        div(.class("button-row")) {
            PostButton(
                .freshdesk(.sync), csrf: card.csrf,
                Button(
                    "Re-sync", isFailed && card.card.error?.code == .invalidCredentials ? .plain : .primary, icon: .sync,
                    attributes: [.id("re-sync")])
            ).html
            a("Reconnect", .class("button"), .href(.fragment("reconnect")), .data("opens-details", "reconnect"), .id("open-reconnect"))
            if isFailed {
                button(
                    .type("button"), .class("button"), .data("copy-text", diagnostics), .hidden(), .data("needs-js", ""),
                    .id("copy-details")
                ) {
                    Icon.copy.html
                    span("Copy details", .data("label", ""))
                }
            }
            a("Disconnect", .class("button", "danger", "push"), .href(Route.freshdesk(.disconnect).link))
        }
    }

    /// What a person would paste into a message. Holds no secret.
    private var diagnostics: String {
        let run = card.card.run
        return [
            "Portal: \(card.card.connection?.subdomain ?? "")", "Run: \(run.map { $0.id.description } ?? "none")",
            "Error: \(card.card.error?.code.rawValue ?? "")", "Message: \(card.card.error?.message ?? "")",
            "Ended: \(run?.endedAt?.rfc3339 ?? "")", "Requests: \(run?.requests ?? 0)"
        ].joined(separator: "\n")
    }

    @HTMLBuilder private var folded: HTML {
        div {
            Disclosure("Reconnect with another key", id: "reconnect", isOpen: !card.draft.faults.isEmpty) {
                ConnectForm(card: card, fixedSubdomain: card.card.connection?.subdomain ?? "", verb: "Reconnect").html
            }.html
            Disclosure("Sync settings", id: "sync-settings") { settings }.html
            if let url = card.card.webhookURL {
                Disclosure("Updates within seconds: webhooks", id: "webhooks") {
                    div(.class("stack", "tight")) {
                        p("Let Freshdesk tell Clynto about changes, and a changed ticket is read again within seconds.")
                        CopyField("Webhook URL", id: "webhook-url", value: url).html
                        div { LinkButton("Set up step by step", to: Route.webhookSetup.link).html }
                    }
                }.html
            }
        }
    }

    private var settings: HTML {
        PostForm(.freshdesk(.settings), csrf: card.csrf, .class("connect-form")) {
            let backfill = card.card.connection.map { Backfill(days: $0.backfillDays) } ?? .everything
            SelectMenu(
                "How far back", name: "backfill_days", id: "settings-backfill", choices: backfill.choices, chosen: backfill.formValue,
                hint: "A longer window reads only what is missing. A shorter one deletes nothing."
            ).html
            let reserve = card.card.connection?.reservePercent ?? Connection.defaultReservePercent
            SelectMenu(
                "Requests left to your other integrations", name: "reserve_percent", choices: reserveChoices(reserve),
                chosen: String(reserve),
                hint: "The portal's request allowance is shared by everything that uses its API."
            ).html
            let sweep = card.card.connection?.threadSweepDays ?? 30
            SelectMenu(
                "Look for edited messages", name: "thread_sweep_days", choices: sweepChoices(sweep), chosen: String(sweep),
                hint: "A message that was edited or deleted shows in no list. The daily sync reads a share of all threads again."
            ).html
            div { Button("Save").html }
        }.html
    }

    private func sweepChoices(_ chosen: Int) -> [Choice] {
        Set([0, 7, 14, 30, 60, 90, chosen]).sorted().map { Choice(String($0), $0 == 0 ? "Never" : "Within \($0.counted("day"))") }
    }

    private func reserveChoices(_ chosen: Int) -> [Choice] {
        Set([0, 10, 20, 30, 50, 70, chosen]).sorted().map { Choice(String($0), $0 == 0 ? "None" : "\($0) %") }
    }
}

/// What is held, when it was read, when it is read next.
struct RecordNumbers {
    var card: FreshdeskCard

    var html: HTML {
        let records = card.card.records
        return div(.class("numbers")) {
            number(records.tickets, "Tickets", Route.allTickets.link)
            number(records.conversations, "Conversations", nil)
            number(records.companies, "Companies", nil)
            number(records.contacts, "Contacts", nil)
            number(records.agents, "Agents", Route.agents.link)
            number(records.satisfactionRatings, "Ratings", nil)
            if card.card.state != .disconnected { times }
        }
    }

    @HTMLBuilder private var times: HTML {
        div {
            span(.class("value", "plain")) {
                if let at = card.card.connection?.lastSyncAt { RelativeTime(at, now: card.now).html } else { "Not yet" }
            }
            span("Last sync", .class("name"))
        }
        if let next = card.card.nextSyncAt {
            div {
                span(.class("value", "plain")) { ClockTime(next).html }
                span("Next sync", .class("name"))
            }
        }
    }

    private func number(_ count: Int, _ name: String, _ link: Link?) -> HTML {
        div {
            if let link, count > 0 { a(count.grouped, .class("value"), .href(link)) } else { span(count.grouped, .class("value")) }
            span(name, .class("name"))
        }
    }
}
