import Domain
import Foundation
import Markup

/// While a run is active: the six rows, and what one may want to know meanwhile.
struct SyncingPart {
    var card: FreshdeskCard

    @HTMLBuilder var html: HTML {
        if card.card.state == .waiting { waiting }
        if let run = card.card.run {
            if run.isLongRunning(at: card.now) {
                Banner(.warning, "This sync has been running for more than 30 minutes. It goes on by itself; what is read so far is saved.")
                    .html
            }
            div {
                ProgressBar("Whole sync", done: RunProgress(run).permille, expected: 1000).html
                PhaseList(run.phases, isActive: true).html
            }
            div(.class("line", "loose")) {
                span(.class("muted")) {
                    if let startedAt = run.startedAt {
                        "Elapsed "
                        ElapsedTime(since: startedAt, now: card.now).html
                    } else {
                        "Starts as soon as a worker is free"
                    }
                }
                if let left = timeLeft(run) {
                    span("About \(left) left", .class("muted"), .title("As the portal's request allowance lets it go on"))
                }
                if let remaining = run.rateLimit.remaining, let total = run.rateLimit.total {
                    span("\(remaining.grouped) of \(total.grouped) requests left", .class("muted"))
                }
                span("You can leave this page.", .class("muted"))
                if card.mayManage {
                    span(.class("push")) {
                        PostButton(
                            .freshdesk(.cancel), csrf: card.csrf,
                            Button(
                                "Cancel", question: "Stop this sync? What has been read so far stays.",
                                attributes: [
                                    .id("cancel-sync"), .data("confirm-verb", "Stop the sync")
                                ])
                        ).html
                    }
                }
            }
        }
    }

    /// What follows from the requests still to be made and their pace, in the largest unit that fits.
    private func timeLeft(_ run: SyncRun) -> String? {
        let connection = card.card.connection
        let seconds = run.secondsLeft(
            at: card.now, reservePercent: connection?.reservePercent ?? Connection.defaultReservePercent,
            window: connection?.rateWindow ?? 60)
        guard let seconds else { return nil }
        let minutes = max(1, Int((seconds / 60).rounded(.up)))
        if minutes <= 90 { return minutes.counted("minute") }
        let hours = (minutes + 59) / 60
        return hours <= 48 ? hours.counted("hour") : ((hours + 23) / 24).counted("day")
    }

    private var waiting: HTML {
        Banner(.info, heading: "Freshdesk asked us to slow down") {
            span {
                if let at = card.card.run?.rateLimit.resumesAt {
                    "The portal's request allowance is used up. The sync resumes by itself in "
                    Countdown(until: at, now: card.now).html
                    ", at "
                    ClockTime(at).html
                    "."
                } else {
                    "The portal's request allowance is used up. The sync resumes by itself."
                }
            }
        }.html
    }
}

/// How far a whole run has come. Each phase counts the same; nothing ever moves backwards when a total is corrected.
struct RunProgress {
    var permille: Int

    init(_ run: SyncRun) {
        let parts = run.phases.map { phase -> Double in
            switch phase.state {
            case .pending: 0
            case .done, .skipped, .failed: 1
            case .running: phase.expected.map { $0 > 0 ? min(0.99, Double(phase.counts.done) / Double($0)) : 0 } ?? 0
            }
        }
        permille = Int(parts.reduce(0, +) / Double(max(1, PhaseName.allCases.count)) * 1000)
    }
}
