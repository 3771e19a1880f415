import Domain
import Markup
import Store

/// `/settings/data`: how long what could be let go is kept.
struct RetentionPage: ShellPage {
    var retention: Retention
    var role: Role
    var csrf: String
    var fault: String?

    static let forever = "forever"

    var pageTitle: String { "Data" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.retention, role: role)
        if let fault { Banner(.danger, fault).html }
        Card("How long data is kept") {
            PostForm(.retention, csrf: csrf, .class("connect-form")) {
                SelectMenu(
                    "Sync history", name: "history_days", choices: choices(retention.historyDays), chosen: value(retention.historyDays),
                    hint: "Ended runs with their logs. The latest run always stays."
                ).html
                SelectMenu(
                    "Tickets that left the synced window", name: "ticket_days", choices: choices(retention.ticketDays),
                    chosen: value(retention.ticketDays),
                    hint:
                        "Resolved and closed tickets, counted from their last change. Tickets inside the window and unresolved ones always stay."
                ).html
                div { Button("Save", .primary).html }
            }.html
        }.html
    }

    private func value(_ days: Int?) -> String { days.map(String.init) ?? Self.forever }

    private func choices(_ chosen: Int?) -> [Choice] {
        let offered = Set([90, 180, 365, 730, 1825] + [chosen].compactMap { $0 }).sorted()
        return [Choice(Self.forever, "For good")] + offered.map { Choice(String($0), Backfill.days($0).text) }
    }
}
