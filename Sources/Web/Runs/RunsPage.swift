import Domain
import Foundation
import Markup

/// `/integrations/freshdesk/runs`: the sync history, newest first.
struct RunsPage: ShellPage {
    var runs: Page<SyncRun>
    var now: Date
    var previous: Link?
    var next: Link?

    var pageTitle: String { "Sync history" }
    var section: Section? { .integrations }

    var html: HTML {
        PageHeader("Sync history", count: runs.total.count > 0 ? runs.total.text : nil).html
        if runs.rows.isEmpty {
            Card {
                EmptyState(.sync, "No sync yet", "The first one starts when Freshdesk is connected.") {
                    LinkButton("Open integrations", to: Route.integrations.link).html
                }.html
            }.html
        } else {
            if previous == nil { strip }
            DataTable(
                "Sync history, newest first",
                columns: [
                    .init("Run", .lead), .init("Result"), .init("Duration", .number, isNamedOnCards: true),
                    .init("Tickets", .number, isNamedOnCards: true), .init("Failures", .number, isNamedOnCards: true),
                    .init("Requests", .number, isWideOnly: true)
                ],
                rows: runs.rows.map(row),
                footer: Pagination(offset: runs.offset, count: runs.rows.count, total: runs.total, previous: previous, next: next).html
            ).html
        }
    }

    /// The latest runs as squares, oldest first; each says in words what it is.
    private var strip: HTML {
        ol(.class("run-strip"), .aria("label", "The latest runs, oldest first")) {
            for run in runs.rows.prefix(30).reversed() {
                li {
                    let words = "Run \(run.id): \(run.state.rawValue)"
                    a(.href(Route.run(run.id).link), .class(run.state.rawValue), .title(words)) { span(words, .class("said")) }
                }
            }
        }
    }

    private func row(_ run: SyncRun) -> DataTable.Row {
        let tickets = run.phases.first { $0.name == .tickets }?.counts ?? PhaseCounts()
        let failed = run.phases.reduce(0) { $0 + $1.counts.failed }
        return DataTable.Row(
            isLinked: true,
            [
                RowLink(
                    RunText.heading(run), to: Route.run(run.id).link, second: RelativeTime(run.startedAt ?? run.queuedAt, now: now).html
                ).html,
                RunStateBadge(run.state).html,
                RunText.duration(run, now: now),
                RunText.changes(tickets),
                failed > 0 ? span(failed.grouped, .class("danger-text")) : span("0", .class("muted")),
                .text(run.requests.grouped)
            ])
    }
}

/// Words about runs that more than one page uses.
enum RunText {
    /// `Run 7, daily`, `Run 8, by Ana`.
    static func heading(_ run: SyncRun) -> String { "Run \(run.id), \(trigger(run))" }

    static func trigger(_ run: SyncRun) -> String {
        switch run.trigger {
        case .first: "first sync"
        case .daily: "daily"
        case .manual: run.actor.map { "by \($0)" } ?? "by hand"
        case .cli: "command line"
        }
    }

    static func duration(_ run: SyncRun, now: Date) -> HTML {
        guard let startedAt = run.startedAt else { return span("–", .class("muted")) }
        return ElapsedTime(since: startedAt, now: run.endedAt ?? now, isRunning: run.state.isActive).html
    }

    /// `+12 ~30 =1,204`: new, changed, unchanged.
    static func changes(_ counts: PhaseCounts) -> HTML {
        let words =
            "\(counts.added.grouped) new, \(counts.updated.grouped) changed, \(counts.unchanged.grouped) unchanged, "
            + "\(counts.deleted.grouped) deleted"
        return span(.class("nowrap"), .title(words)) {
            span("+\(counts.added.grouped)", .class(counts.added > 0 ? "positive-text" : "muted"))
            " "
            span("~\(counts.updated.grouped)", .class(counts.updated > 0 ? "" : "muted"))
            " "
            span("=\(counts.unchanged.grouped)", .class("muted"))
        }
    }
}
