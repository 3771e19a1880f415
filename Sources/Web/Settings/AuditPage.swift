import Domain
import Foundation
import Markup

/// `/settings/audit`: who did what, newest first. Nobody can change it.
struct AuditPage: ShellPage {
    var entries: Page<AuditEntry>
    var role: Role
    var now: Date
    var previous: Link?
    var next: Link?

    var pageTitle: String { "Audit log" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.audit, role: role)
        if entries.rows.isEmpty {
            Card { EmptyState(.list, "Nothing yet", "Administrative acts are written down here: who, what, when.").html }.html
        } else {
            DataTable(
                "Audit log, newest first",
                columns: [.init("What", .lead), .init("Who"), .init("When", .fit)],
                rows: entries.rows.map(row),
                footer: Pagination(offset: entries.offset, count: entries.rows.count, total: entries.total, previous: previous, next: next)
                    .html
            ).html
        }
    }

    private func row(_ entry: AuditEntry) -> DataTable.Row {
        DataTable.Row([
            span(words(entry), .class("clip"), .dir("auto"), .title(entry.action))
                + (entry.detail.map { span($0, .class("second"), .dir("auto"), .title($0)) } ?? HTML.empty),
            span(entry.actor, .class("clip"), .dir("auto")), RelativeTime(entry.at, now: now).html
        ])
    }

    /// The act as a sentence; its own name stands in the title. An act of an older version is shown by that name.
    private func words(_ entry: AuditEntry) -> String {
        guard let verb = Self.verbs[entry.action] else { return "\(entry.action): \(entry.subject)" }
        return verb.replacing("{}", with: entry.subject)
    }

    private static let verbs = [
        "account.create": "Created {}", "account.update": "Changed {}", "account.delete": "Deleted {}",
        "accounts.from_companies": "Created {} from companies", "accounts.import": "Imported accounts from a {}",
        "freshdesk.connect": "Connected Freshdesk ({})", "freshdesk.sync": "Started a sync ({})",
        "freshdesk.cancel": "Cancelled a sync ({})", "freshdesk.settings": "Changed the sync settings",
        "freshdesk.disconnect": "Disconnected Freshdesk ({})", "freshdesk.delete_data": "Deleted the synced data of {}",
        "match.decide": "Decided where {} belongs", "member.add": "Added {}", "member.invite": "Made a new link for {}",
        "member.remove": "Removed {}", "member.role": "Changed the role of {}", "token.create": "Made the API token {}",
        "token.revoke": "Revoked the API token {}", "workspace.create": "Created the workspace {}",
        "workspace.rename": "Renamed the workspace {}"
    ]
}
