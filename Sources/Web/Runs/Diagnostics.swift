import Domain
import Foundation
import Markup

/// What one sends to somebody who is to help: the run's figures and exact error. No key, no address, no customer's words.
struct Diagnostics: Sendable {
    var workspace: String
    var subdomain: String?
    var lastSyncAt: Date?
    var run: SyncRun

    var text: String {
        var lines = [
            "Clynto sync run \(run.id)", "Workspace: \(workspace)", "Subdomain: \(subdomain ?? "none")",
            "Plan as seen: \(run.rateLimit.total.map { "\($0) requests a minute" } ?? "unknown")",
            "State: \(run.state.rawValue)", "Trigger: \(run.trigger.rawValue)", "Queued: \(run.queuedAt.rfc3339)",
            "Started: \(run.startedAt?.rfc3339 ?? "not yet")", "Ended: \(run.endedAt?.rfc3339 ?? "not yet")",
            "Requests: \(run.requests)", "Remaining when last seen: \(run.rateLimit.remaining.map(String.init) ?? "unknown")",
            "Lowest remaining: \(run.rateLimit.lowest.map(String.init) ?? "unknown")", "Waits: \(run.waits), \(Int(run.waited)) seconds",
            "Last successful sync: \(lastSyncAt?.rfc3339 ?? "none")"
        ]
        if let from = run.resumedFrom { lines.append("Resumed from run: \(from)") }
        if let error = run.error { lines.append("Error: \(error.code.rawValue): \(error.message)") }
        lines += run.phases.map { phase in
            let counts = phase.counts
            return "\(phase.name.rawValue): \(phase.state.rawValue), \(counts.done) read, \(counts.added) new, \(counts.updated) changed, "
                + "\(counts.unchanged) unchanged, \(counts.deleted) deleted, \(counts.failed) failed"
        }
        return lines.joined(separator: "\n")
    }

    var html: HTML {
        Disclosure("Diagnostics", id: "diagnostics") {
            div(.class("stack", "tight")) {
                p("For whoever helps you: figures and the exact error, without keys, addresses or customers' words.", .class("muted"))
                pre(.id("diagnostics-text"), .class("diagnostics")) { text }
                div(.class("button-row")) {
                    button(
                        .type("button"), .class("button"), .data("copy", "diagnostics-text"), .hidden(), .data("needs-js", "")
                    ) {
                        Icon.copy.html
                        span("Copy diagnostics", .data("label", ""))
                    }
                    a("JSON", .class("button"), .href(APIRoute.run.link(id: run.id.rawValue)))
                }
            }
        }.html
    }
}
