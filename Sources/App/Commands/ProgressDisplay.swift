import Domain
import Foundation

/// Shows a run on a terminal as one bar per phase, elsewhere as a line per finished phase, or as JSON lines.
struct ProgressDisplay {
    let json: Bool
    let isTerminal: Bool
    private var shownLines = 0
    private var finished: Set<PhaseName> = []
    private var lastStates: [String] = []

    init(json: Bool, isTerminal: Bool) {
        self.json = json
        self.isTerminal = isTerminal
    }

    mutating func show(_ run: SyncRun) {
        if json {
            showJSON(run)
        } else if isTerminal {
            showBars(run)
        } else {
            for phase in run.phases where phase.state.isFinished && finished.insert(phase.name).inserted {
                Console.say(Self.line(phase))
            }
        }
    }

    mutating func finish(_ run: SyncRun) {
        show(run)
        guard !json else { return }
        Console.say("Run \(run.id) \(run.state.rawValue), \(run.requests) requests.")
    }

    // MARK: Bars

    private static let barWidth = 30

    private mutating func showBars(_ run: SyncRun) {
        if shownLines > 0 { FileHandle.standardOutput.write(Data("\u{1B}[\(shownLines)A".utf8)) }
        for phase in run.phases { Console.say("\u{1B}[2K" + Self.bar(phase)) }
        shownLines = run.phases.count
        if run.state == .waiting, let until = run.rateLimit.resumesAt {
            Console.say("\u{1B}[2KWaiting for Freshdesk, resumes at \(until.rfc3339)")
            shownLines += 1
        }
    }

    private static func bar(_ phase: SyncPhase) -> String {
        let share: Double =
            switch phase.state {
            case .done, .skipped: 1
            case .pending: 0
            default: phase.expected.map { $0 == 0 ? 0 : min(1, Double(phase.counts.done) / Double($0)) } ?? 0
            }
        let filled = Int((share * Double(barWidth)).rounded())
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: barWidth - filled)
        return "\(phase.name.label.padded(21)) \(bar) \(count(phase))"
    }

    private static func line(_ phase: SyncPhase) -> String { "\(phase.name.label.padded(21)) \(count(phase))" }

    private static func count(_ phase: SyncPhase) -> String {
        switch phase.state {
        case .pending: "waiting its turn"
        case .running: "\(phase.counts.done)" + (phase.expected.map { " of about \($0)" } ?? "")
        case .done: "\(phase.counts.done) (\(phase.counts.added) added, \(phase.counts.updated) updated)"
        case .skipped: "skipped" + (phase.note.map { ": \($0)" } ?? "")
        case .failed: "failed"
        }
    }

    // MARK: JSON

    private struct Line: Encodable {
        struct Phase: Encodable {
            var name: String, state: String, done: Int, expected: Int?
        }
        var id: Int64, state: String, requests: Int, phases: [Phase], error: String?
    }

    private mutating func showJSON(_ run: SyncRun) {
        let states = [run.state.rawValue] + run.phases.map(\.state.rawValue)
        guard states != lastStates else { return }
        lastStates = states
        let line = Line(
            id: run.id.rawValue, state: run.state.rawValue, requests: run.requests,
            phases: run.phases.map { .init(name: $0.name.rawValue, state: $0.state.rawValue, done: $0.counts.done, expected: $0.expected) },
            error: run.error?.message)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        Console.say(String(decoding: data, as: UTF8.self))
    }
}

extension String {
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
