import Domain
import Foundation
import Markup
import Store

/// A run's log, filtered by level and words.
struct RunLog: Sendable {
    var run: ID<SyncRun>
    var events: [RunEvent] = []
    var level: RunEvent.Level?
    var text = ""
    var now: Date

    private var isFiltered: Bool { level != nil || !text.isEmpty }

    init(run: ID<SyncRun>, now: Date) {
        self.run = run
        self.now = now
    }

    @HTMLBuilder var html: HTML {
        if !events.isEmpty || isFiltered {
            Card("Log", id: "log", isPadded: false) {
                filters
                if events.isEmpty {
                    p(.class("inside", "muted")) { "No line fits." }
                } else {
                    DataTable(
                        "Log of run \(run)",
                        columns: [.init("What happened", .lead), .init("Level", .fit), .init("Step", .fit), .init("When", .fit)],
                        rows: events.map(row)
                    ).html
                }
            }.html
        }
    }

    private var filters: HTML {
        form(.class("inside", "line"), .method("get"), .action(Route.run(run).link([:], fragment: "log"))) {
            input(
                .class("input", "fit"), .type("search"), .name("log"), .value(text), .placeholder("Search the log"),
                .aria("label", "Search the log"),
                .maxlength(200))
            select(.class("select", "fit"), .name("level"), .aria("label", "Level")) {
                option("Every level", .value(""), .selected(level == nil))
                for choice in RunEvent.Level.allCases {
                    option(choice.rawValue.capitalizedFirst, .value(choice.rawValue), .selected(level == choice))
                }
            }
            button("Filter", .type("submit"), .class("button"))
            if isFiltered { a("Clear", .href(Route.run(run).link([:], fragment: "log"))) }
        }
    }

    private func row(_ event: RunEvent) -> DataTable.Row {
        DataTable.Row([
            span(event.message, .dir("auto")), level(event).html, .text(event.phase?.label ?? "–"), ClockTime(event.at).html
        ])
    }

    private func level(_ event: RunEvent) -> StateWord {
        switch event.level {
        case .info: StateWord(.idle, .note, "Info")
        case .warning: StateWord(.warn, .warning, "Warning")
        case .error: StateWord(.bad, .danger, "Error")
        }
    }
}
