import Domain
import Markup

/// A ticket's status: shape, word and colour. The word is the portal's own label where there is one.
struct StatusBadge {
    var status: TicketStatus
    var text: String

    init(_ status: TicketStatus, label: String? = nil) {
        self.status = status
        self.text = label ?? status.label
    }

    var html: HTML {
        span(.class("badge", status.rawValue)) {
            icon.html
            span(text)
        }
    }

    private var icon: Icon {
        switch status {
        case .open: .statusOpen
        case .pending: .statusPending
        case .resolved: .statusResolved
        case .closed: .statusClosed
        }
    }
}

/// A ticket's priority: a bar of four steps and the word.
struct PriorityBadge {
    var priority: TicketPriority

    init(_ priority: TicketPriority) { self.priority = priority }

    var html: HTML {
        span(.class("badge", priority.rawValue)) {
            svg(.class("steps"), .viewBox("0 0 16 12"), .ariaHidden, .focusable(false)) {
                for step in 0..<4 {
                    let height = 3.0 + 3.0 * Double(step)
                    rect(
                        .x(Double(step) * 4.2), .y(12 - height), .width(3), .height(height), .rx(0.8),
                        .class(step < priority.code ? "on" : ""))
                }
            }
            span(priority.label)
        }
    }
}

/// How a run stands: a word with a shape.
struct RunStateBadge {
    var state: SyncRun.State

    init(_ state: SyncRun.State) { self.state = state }

    var html: HTML {
        switch state {
        case .queued: StateWord(.busy, .clock, "Queued").html
        case .running: StateWord(.busy, .sync, "Running").html
        case .waiting: StateWord(.busy, .clock, "Waiting for Freshdesk").html
        case .succeeded: StateWord(.good, .check, "Succeeded").html
        case .partial: StateWord(.warn, .warning, "Partial").html
        case .failed: StateWord(.bad, .danger, "Failed").html
        case .cancelled: StateWord(.idle, .cross, "Cancelled").html
        }
    }
}

/// A word of state with its shape and colour.
struct StateWord {
    enum Tone: String, Sendable {
        case good, busy, warn, bad, idle
    }

    var tone: Tone
    var icon: Icon
    var text: String

    init(_ tone: Tone, _ icon: Icon, _ text: String) {
        self.tone = tone
        self.icon = icon
        self.text = text
    }

    var html: HTML {
        span(.class("state", tone.rawValue)) {
            icon.html
            span(text)
        }
    }
}

/// A small label such as a tag, a role or `left`.
struct Tag {
    enum Tone: String, Sendable {
        case plain = "", accent, positive, warning, danger
    }

    var text: String
    var tone: Tone

    init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }

    var html: HTML {
        span(.class("tag", tone.rawValue)) { span(text, .class("clip")) }
    }
}

/// The initials of a person, for the eye only: their name stands beside it.
struct Avatar {
    enum Size: String, Sendable {
        case plain = "", large
    }

    var name: String
    var size: Size = .plain
    var isAccented = false

    init(_ name: String, size: Size = .plain, isAccented: Bool = false) {
        self.name = name
        self.size = size
        self.isAccented = isAccented
    }

    var initials: String {
        let words = name.split { $0.isWhitespace || $0 == "@" || $0 == "." || $0 == "-" }.filter { $0.first?.isLetter == true }
        let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first }
        let text = letters.map { String($0).uppercased() }.joined()
        return text.isEmpty ? "–" : text
    }

    var html: HTML {
        span(initials, .class("avatar", size.rawValue, isAccented ? "accent" : ""), .ariaHidden)
    }
}
