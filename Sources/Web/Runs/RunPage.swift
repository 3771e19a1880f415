import Domain
import Foundation
import Markup
import Store

/// One run: its six phases on a time axis, its exact error, what could not be read.
struct RunPage: ShellPage {
    var run: SyncRun
    var failures: [RunFailure]
    var log: RunLog
    var diagnostics: Diagnostics
    var mayManage = false
    var csrf = ""
    var now: Date

    var pageTitle: String { "Run \(run.id)" }
    var section: Section? { .integrations }
    var crumbs: [Crumb] { [Crumb("Sync history", Route.runs.link)] }

    var html: HTML {
        PageHeader("Run \(run.id)") { RunStateBadge(run.state).html }.html
        if let error = run.error {
            Banner(.danger) {
                strong(error.message)
                span(.class("small")) { code(error.code.rawValue) }
            }.html
        }
        if run.isLongRunning(at: now) {
            Banner(.warning, "This sync has been running for more than 30 minutes. It goes on by itself; what is read so far is saved.")
                .html
        }
        Stat.row([
            Stat("Started by", value: .text(RunText.trigger(run).capitalizedFirst)),
            Stat(
                "Started", value: RelativeTime(run.startedAt ?? run.queuedAt, now: now).html,
                more: ExactTime(run.startedAt ?? run.queuedAt).html),
            Stat(
                "Duration", value: RunText.duration(run, now: now),
                more: run.endedAt.map { span { "Ended " } + ExactTime($0).html } ?? .empty),
            Stat("Requests", value: .text(run.requests.grouped), more: allowance),
            Stat(
                "Waits for Freshdesk", value: .text(run.waits.grouped),
                more: run.waits > 0 ? .text("\(Span.text(run.waited)) in all") : .empty)
        ])
        phases
        failureList
        if let from = run.resumedFrom {
            p(.class("muted")) {
                "Took over the checkpoint of "
                a("run \(from)", .href(Route.run(from).link))
                "."
            }
        }
        log.html
        diagnostics.html
    }

    private var allowance: HTML {
        guard let remaining = run.rateLimit.remaining, let total = run.rateLimit.total else { return .empty }
        let lowest = run.rateLimit.lowest.map { ", \($0.grouped) at the lowest" } ?? ""
        return .text("\(remaining.grouped) of \(total.grouped) left when last seen\(lowest)")
    }

    private var phases: HTML {
        Card("Steps", isPadded: false) {
            DataTable(
                "Steps of run \(run.id)",
                columns: [
                    .init("Step", .lead), .init("State"), .init("When", isNarrowHidden: true), .init("Read", .number, isNamedOnCards: true),
                    .init("New", .number, isNamedOnCards: true), .init("Changed", .number, isNamedOnCards: true),
                    .init("Unchanged", .number, isWideOnly: true), .init("Deleted", .number, isNamedOnCards: true),
                    .init("Failed", .number, isNamedOnCards: true)
                ],
                rows: PhaseName.allCases.map { name in row(run.phases.first { $0.name == name } ?? SyncPhase(name: name)) }
            ).html
        }.html
    }

    private func row(_ phase: SyncPhase) -> DataTable.Row {
        let counts = phase.counts
        return DataTable.Row(
            isDimmed: phase.state == .pending,
            [
                span(phase.name.label, .class("clip")) + (phase.note.map { span($0, .class("second"), .title($0)) } ?? HTML.empty),
                state(phase).html, timeline(phase), .text(PhaseList.counts(phase)), count(counts.added), count(counts.updated),
                count(counts.unchanged), count(counts.deleted),
                counts.failed > 0 ? span(counts.failed.grouped, .class("danger-text")) : count(0)
            ])
    }

    private func count(_ number: Int) -> HTML { number == 0 ? span("0", .class("muted")) : .text(number.grouped) }

    private func state(_ phase: SyncPhase) -> StateWord {
        switch phase.state {
        case .pending: StateWord(.idle, .dash, run.state.isActive ? PhaseList.words(phase) : "Not reached")
        case .running: run.state.isActive ? StateWord(.busy, .sync, "Running") : StateWord(.warn, .pause, "Stopped")
        case .done: StateWord(.good, .check, "Done")
        case .skipped: StateWord(.warn, .warning, "Skipped")
        case .failed: StateWord(.bad, .danger, "Failed")
        }
    }

    /// Where in the run's time the phase lay.
    private func timeline(_ phase: SyncPhase) -> HTML {
        let from = run.startedAt ?? run.queuedAt
        let whole = max(1, (run.endedAt ?? now).timeIntervalSince(from))
        guard let begin = phase.startedAt else { return span("–", .class("muted")) }
        let end = phase.endedAt ?? run.endedAt ?? now
        let x = min(99, max(0, begin.timeIntervalSince(from) / whole * 100))
        let width = min(100 - x, max(1, end.timeIntervalSince(begin) / whole * 100))
        let words = Span.text(end.timeIntervalSince(begin))
        return svg(.class("timeline"), .viewBox("0 0 100 10"), .preserveAspectRatio("none"), .role("img"), .aria("label", words)) {
            title(words)
            rect(.class("ground"), .y(3), .width(100), .height(4))
            rect(.class(phase.state == .done ? "good" : phase.state == .failed ? "bad" : "first"), .x(x), .y(1), .width(width), .height(8))
        }
    }

    @HTMLBuilder private var failureList: HTML {
        if !failures.isEmpty {
            Card("Records that could not be read or saved", isPadded: false, actions: allActions) {
                DataTable(
                    "Failures of run \(run.id)",
                    columns: [
                        .init("Reason", .lead), .init("Record", .fit), .init("Step", .fit), .init("When", .fit), .init("Actions", .actions)
                    ],
                    rows: failures.map { failure in
                        DataTable.Row(
                            isDimmed: failure.settlement != nil,
                            [
                                span(failure.reason, .dir("auto")), record(failure), .text(failure.phase.label),
                                RelativeTime(failure.at, now: now).html, actions(failure)
                            ])
                    }
                ).html
            }.html
            p("Whatever stays open is tried again with the next sync.", .class("muted"))
        }
    }

    private func record(_ failure: RunFailure) -> HTML {
        failure.ticket.map { a(failure.record, .href(Route.ticket($0).link)) } ?? .text(failure.record)
    }

    @HTMLBuilder private var allActions: HTML {
        if mayManage, failures.contains(where: { $0.settlement == nil && $0.ticket != nil }) { decision("Retry all", .retried, nil) }
    }

    @HTMLBuilder private func actions(_ failure: RunFailure) -> HTML {
        switch failure.settlement {
        case .retried: span("Read again", .class("muted"))
        case .dismissed: span("Dismissed", .class("muted"))
        case nil:
            if mayManage {
                if failure.ticket != nil { decision("Retry", .retried, failure) }
                decision("Dismiss", .dismissed, failure)
            }
        }
    }

    private func decision(_ text: String, _ settlement: RunFailure.Settlement, _ failure: RunFailure?) -> HTML {
        PostButton(
            .runFailures(run.id), csrf: csrf,
            items: [("decision", settlement.rawValue)] + (failure.map { [("failure", String($0.id))] } ?? []),
            Button(text, .quiet, attributes: [.aria("label", failure.map { "\(text) \($0.record)" } ?? text)])
        ).html
    }
}

extension String {
    /// With its first letter as a capital.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
