import Domain
import Markup
import Sync

/// What the check before connecting found: what the key may read, and what a first sync would cost for each window.
struct PreflightPart {
    var preflight: Preflight?
    var reservePercent: Int

    static let id = "preflight"

    /// An empty place while nothing was checked, for scripts to fill.
    var html: HTML {
        section(.id(Self.id), .class("preflight"), .aria("live", "polite"), .hidden(preflight == nil)) {
            if let preflight { found(preflight) }
        }
    }

    @HTMLBuilder private func found(_ preflight: Preflight) -> HTML {
        h4("The key of \(preflight.agent)", .dir("auto"))
        ul(.class("checks")) { for probe in preflight.probes { line(probe) } }
        for warning in preflight.warnings { Banner(.warning, warning.message).html }
        if !preflight.isReady {
            Banner(.danger, "A sync needs tickets and their conversations. Use the key of an agent who may see them.").html
        }
        if !preflight.estimates.isEmpty { estimates(preflight) }
        p("Nothing is stored yet.", .class("hint"))
    }

    private func line(_ probe: Preflight.Probe) -> HTML {
        li(.class("line"), .data("subject", probe.subject.rawValue)) {
            switch probe.outcome {
            case .readable:
                Icon.check.small
                span(probe.subject.label)
                span("readable", .class("muted"))
            case .refused(let message):
                Icon.warning.small
                span(probe.subject.label)
                span(message, .class("muted"), .dir("auto"))
            case .unclear(let message):
                Icon.danger.small
                span(probe.subject.label)
                span(message, .class("muted"), .dir("auto"))
            }
        }
    }

    @HTMLBuilder private func estimates(_ preflight: Preflight) -> HTML {
        DataTable(
            "What a first sync would read, by how far back",
            columns: [
                .init("How far back", .lead), .init("Tickets", .number, isNamedOnCards: true),
                .init("Requests", .number, isNamedOnCards: true), .init("Time", .number, isNamedOnCards: true)
            ],
            rows: preflight.estimates.map { estimate in
                DataTable.Row([
                    .text(Backfill(days: estimate.backfillDays).text), .text("~\(estimate.tickets.grouped)"),
                    .text("~\(estimate.requests.grouped)"), .text(estimate.minutes.map(Self.duration) ?? "–")
                ])
            }
        ).html
        if let allowance = preflight.allowance {
            p(.class("hint")) {
                "The portal allows \(allowance.grouped) requests a minute"
                if let plan = preflight.plan { " (\(plan))" }
                "; \(reservePercent) % are left to your other integrations. Companies and contacts add a request for each hundred."
            }
        } else {
            p("The portal does not say how many requests it allows, so the time cannot be foreseen.", .class("hint"))
        }
    }

    private static func duration(_ minutes: Int) -> String {
        minutes < 90 ? "~\(minutes) min" : "~\((minutes + 30) / 60) h"
    }
}

extension Preflight.Subject {
    var label: String {
        switch self {
        case .tickets: "Tickets"
        case .conversations: "Conversations"
        case .companies: "Companies"
        case .contacts: "Contacts"
        case .agents: "Agents"
        case .groups: "Groups"
        case .ticketFields: "Statuses and fields"
        case .satisfactionRatings: "Satisfaction ratings"
        }
    }
}
