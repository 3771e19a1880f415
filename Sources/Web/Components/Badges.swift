import Domain
import Markup

/// A ticket's status: shape, word and colour. The word is the portal's own label where there is one; the stylesheet draws the shape,
/// because a list says it on every row.
struct StatusBadge {
    var status: TicketStatus
    var text: String

    init(_ status: TicketStatus, label: String? = nil) {
        self.status = status
        self.text = label ?? status.label
    }

    var html: HTML {
        span(text, .class("badge " + status.rawValue))
    }
}

/// A ticket's priority: four steps, drawn by the stylesheet, and the word.
struct PriorityBadge {
    var priority: TicketPriority

    init(_ priority: TicketPriority) { self.priority = priority }

    var html: HTML {
        span(priority.label, .class("badge " + priority.rawValue))
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
    /// What a pointer over it tells; empty for nothing.
    var hint: String

    init(_ text: String, _ tone: Tone = .plain, hint: String = "") {
        self.text = text
        self.tone = tone
        self.hint = hint
    }

    var html: HTML {
        span(.class("tag", tone.rawValue), hint.isEmpty ? .none : .title(hint)) { span(text, .class("clip")) }
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
