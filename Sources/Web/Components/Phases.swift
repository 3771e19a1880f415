import Domain
import Markup

/// A thin bar: how much of how many, or moving while the total is unknown.
struct ProgressBar {
    var name: String
    var done: Int
    /// Nil while unknown.
    var expected: Int?
    var isFinished: Bool

    init(_ name: String, done: Int, expected: Int?, isFinished: Bool = false) {
        self.name = name
        self.done = done
        self.expected = expected
        self.isFinished = isFinished
    }

    var html: HTML {
        progress(
            .class("bar", isFinished ? "done" : ""), .aria("label", name),
            .group(isFinished ? [.max(1), .value(1.0)] : known.map { [.max(Double($0)), .value(Double(min(done, $0)))] } ?? []))
    }

    private var known: Int? { expected.flatMap { $0 > 0 ? $0 : nil } }
}

/// The six phases of a run as rows: a list item says “Tickets, running, 1,204 of about 1,900”.
struct PhaseList {
    var phases: [SyncPhase]
    /// False once the run has ended: nothing moves then.
    var isActive: Bool

    init(_ phases: [SyncPhase], isActive: Bool) {
        self.phases = phases
        self.isActive = isActive
    }

    var html: HTML {
        ul(.class("phases"), .aria("label", "Steps of the sync")) {
            for name in PhaseName.allCases { row(phases.first { $0.name == name } ?? SyncPhase(name: name)) }
        }
    }

    /// What one phase has come to, in words.
    static func words(_ phase: SyncPhase) -> String {
        switch phase.state {
        case .pending: "Queued"
        case .running: "Running"
        case .done: "Done"
        case .skipped: "Skipped"
        case .failed: "Failed"
        }
    }

    /// `1,204 / ~1,900` while a total is only expected, `1,204` when finished.
    static func counts(_ phase: SyncPhase) -> String {
        if phase.state == .pending { return "–" }
        guard let expected = phase.expected, phase.state == .running, expected > 0 else { return phase.counts.done.grouped }
        return "\(phase.counts.done.grouped) / ~\(max(expected, phase.counts.done).grouped)"
    }

    private func row(_ phase: SyncPhase) -> HTML {
        li(.class("phase", phase.state.rawValue), .data("phase", phase.name.rawValue), .data("state", phase.state.rawValue)) {
            icon(phase)
            span(phase.name.label, .class("phase-name"))
            span(.class("bar-cell")) {
                switch phase.state {
                case .running where isActive:
                    ProgressBar(phase.name.label, done: phase.counts.done, expected: phase.expected).html
                case .done: ProgressBar(phase.name.label, done: 1, expected: 1, isFinished: true).html
                default: ProgressBar(phase.name.label, done: 0, expected: 1).html
                }
            }
            span(PhaseList.counts(phase), .class("phase-count"))
            span(PhaseList.words(phase), .class("phase-state"))
            if let note = phase.note { p(note, .class("phase-note")) }
        }
    }

    private func icon(_ phase: SyncPhase) -> HTML {
        switch phase.state {
        case .pending: Icon.dash.html
        case .running: isActive ? Icon.sync.spinning : Icon.pause.html
        case .done: Icon.check.html
        case .skipped: Icon.warning.html
        case .failed: Icon.danger.html
        }
    }
}
