import Domain
import Foundation
import Markup
import Sync

/// The Freshdesk card in every state; also sent alone, as the fragment that live pages put in its place.
struct FreshdeskCard: Sendable {
    var card: IntegrationCard
    var role: Role
    var csrf: String
    var now: Date
    /// What was typed into the connect form and what was wrong with it.
    var draft = ConnectDraft()
    /// Where portals are, with `{subdomain}` or without, as `CLYNTO_FRESHDESK_URL` says.
    var portalPattern = FreshdeskCard.usualPortal
    /// What deletion of synced data was refused for.
    var deletionFault: String?

    static let usualPortal = "https://{subdomain}.freshdesk.com"

    var mayManage: Bool { role.can(.manageConnection) }

    var html: HTML {
        section(
            .class("card", "integration"), .id("freshdesk-card"), .data("live", Route.freshdeskCard.path),
            .data("events", APIRoute.events.path()), .data("state", card.state.rawValue), .data("status", spoken),
            .data("freshness", freshness.text), .data("freshness-state", freshness.state.rawValue), .aria("label", "Freshdesk")
        ) {
            header {
                span(.class("logo", "freshdesk"), .ariaHidden) { Icon.agents.large }
                div(.class("grow")) {
                    h3("Freshdesk")
                    if let connection = card.connection {
                        PortalLink(connection.subdomain, pattern: portalPattern).html
                    } else {
                        span("Companies, contacts, agents, tickets, conversations and ratings", .class("muted"))
                    }
                }
                stateWord.html
            }
            div(.class("inside", "stack")) {
                content
                if !mayManage { membersLine }
            }
            if card.run != nil && card.state != .notConnected { footerLine }
        }
    }

    @HTMLBuilder private var content: HTML {
        switch card.state {
        case .notConnected: NotConnectedPart(card: self).html
        case .syncing, .waiting: SyncingPart(card: self).html
        case .connected, .error: ConnectedPart(card: self).html
        case .disconnected: DisconnectedPart(card: self).html
        }
    }

    private var stateWord: StateWord {
        switch card.state {
        case .notConnected: StateWord(.idle, .dash, "Not connected")
        case .syncing: StateWord(.busy, .sync, "Syncing")
        case .waiting: StateWord(.busy, .clock, "Waiting for Freshdesk")
        case .connected:
            card.warnings.isEmpty ? StateWord(.good, .check, "Connected") : StateWord(.warn, .warning, "Connected with warnings")
        case .error: StateWord(.bad, .danger, card.error?.code == .invalidCredentials ? "Action needed" : "Sync failed")
        case .disconnected: StateWord(.idle, .pause, "Disconnected")
        }
    }

    /// For the pill in the top bar, which the live card keeps true.
    private var freshness: Freshness { Freshness(card: card, now: now) }

    /// What a screen reader is told while things move.
    private var spoken: String {
        guard card.state == .syncing, let phase = card.run?.phases.first(where: { $0.state == .running }) else { return stateWord.text }
        let expected = phase.expected.map { " of about \(max($0, phase.counts.done).grouped)" } ?? ""
        return "\(phase.name.label), running, \(phase.counts.done.grouped)\(expected)"
    }

    private var membersLine: HTML {
        p(.class("line", "muted")) {
            Icon.lock.html
            span("Only owners and admins of the workspace can change this connection.")
        }
    }

    private var footerLine: HTML {
        footer {
            if let run = card.run { span { "Run \(run.id)" } }
            if let run = card.run, run.requests > 0 { span(run.requests.counted("request")) }
            a("Sync history", .class("push"), .href(Route.runs.link))
        }
    }
}

/// The portal's address as a link out.
struct PortalLink {
    var subdomain: String
    var pattern: String

    init(_ subdomain: String, pattern: String) {
        self.subdomain = subdomain
        self.pattern = pattern
    }

    var address: String { pattern.replacing("{subdomain}", with: subdomain) }

    var html: HTML {
        let text = address.replacing("https://", with: "").replacing("http://", with: "")
        guard let link = Link.external(address) else { return span(text, .class("muted")) }
        return a(.href(link), .outside, .class("muted")) { text }
    }
}

/// What was typed into the connect form. The key is never kept, so that it cannot be echoed.
struct ConnectDraft: Sendable, Equatable {
    var subdomain = ""
    var backfill = Backfill.days(Connection.defaultBackfillDays)
    /// One sentence a field: `subdomain`, `api_key`; any other name is shown under the key.
    var faults: [Failure.Field] = []
    /// The simulated portal's own key, filled in by `clynto demo` so that one press connects. Nil everywhere else.
    var suggestedKey: String?
    /// What the check before connecting found.
    var preflight: Preflight?

    func fault(of name: String) -> String? { faults.first { $0.name == name }?.message }
    var otherFault: String? { faults.first { $0.name != "subdomain" }?.message }
}

/// How far back tickets are read besides everything unresolved.
enum Backfill: Sendable, Equatable {
    case days(Int)
    case everything

    /// Nil days are everything, as the connection keeps it.
    init(days: Int?) { self = days.map(Backfill.days) ?? .everything }

    /// As the form sends it: a number, or `all`; nil for anything else.
    init?(formValue: String) {
        if formValue == "all" {
            self = .everything
        } else if let days = Int(formValue), (1...36_500).contains(days) {
            self = .days(days)
        } else {
            return nil
        }
    }

    var days: Int? {
        switch self {
        case .days(let days): days
        case .everything: nil
        }
    }

    var formValue: String { days.map(String.init) ?? "all" }

    var text: String {
        switch self {
        case .days(180): "6 months"
        case .days(365): "1 year"
        case .days(730): "2 years"
        case .days(let days): days.counted("day")
        case .everything: "Everything"
        }
    }

    /// The usual choices, and this one if it is none of them.
    var choices: [Choice] {
        var offered = [.days(30)] + Preflight.windows.map(Backfill.init)
        if !offered.contains(self) { offered.insert(self, at: 0) }
        return offered.map { Choice($0.formValue, $0.text) }
    }
}
