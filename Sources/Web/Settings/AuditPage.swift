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
                columns: [.init("What", .lead), .init("Action"), .init("Who"), .init("When")],
                rows: entries.rows.map(row),
                footer: Pagination(offset: entries.offset, count: entries.rows.count, total: entries.total, previous: previous, next: next)
                    .html
            ).html
        }
    }

    private func row(_ entry: AuditEntry) -> DataTable.Row {
        DataTable.Row([
            span(entry.subject, .class("clip"), .dir("auto"), .title(entry.subject))
                + (entry.detail.map { span($0, .class("second"), .title($0)) } ?? HTML.empty),
            code(entry.action), span(entry.actor, .class("clip"), .dir("auto")), RelativeTime(entry.at, now: now).html
        ])
    }
}
