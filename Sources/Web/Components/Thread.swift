import Domain
import Markup

/// One message of a thread.
struct ThreadEntry {
    enum Kind: String, Sendable {
        case customer, agent, note, forward, system
    }

    var kind: Kind
    var author: String
    /// Such as the e-mail address.
    var authorDetail: String?
    /// What happened, such as `replied` or `forwarded to billing@acme.com`.
    var act: String?
    var moment: HTML
    /// Anchor of the entry, such as `entry-9`.
    var id: String
    var content: HTML
    var footer: HTML

    init(
        _ kind: Kind, id: String, author: String, authorDetail: String? = nil, act: String? = nil, moment: HTML, footer: HTML = .empty,
        @HTMLBuilder content: () -> HTML
    ) {
        self.kind = kind
        self.id = id
        self.author = author
        self.authorDetail = authorDetail
        self.act = act
        self.moment = moment
        self.footer = footer
        self.content = content()
    }

    var html: HTML {
        article(.class("entry", kind.rawValue), .id(id), .tabindex(-1), .data("message", ""), .aria("label", "\(word) by \(author)")) {
            if kind == .note {
                p(.class("strip")) {
                    Icon.lock.small
                    span("Private note, not visible to the customer")
                }
            }
            header {
                if kind != .system { Avatar(author, isAccented: kind == .agent || kind == .note || kind == .forward).html }
                span(author, .class("author"), .dir("auto"))
                if let authorDetail { span(authorDetail, .class("muted", "small")) }
                if kind == .forward { Icon.forward.html }
                if let act { span(act, .class("muted")) }
                span(.class("push")) { moment }
            }
            if !content.isEmpty { div(.class("inside")) { content } }
            if !self.footer.isEmpty { Markup.footer { self.footer } }
        }
    }

    private var word: String {
        switch kind {
        case .customer: "Message"
        case .agent: "Reply"
        case .note: "Private note"
        case .forward: "Forward"
        case .system: "Event"
        }
    }
}

/// Mail shown on paper: always light, since mail brings its own colours.
struct MailPaper {
    /// Sanitised by `Markup`.
    var content: HTML
    var isPlainText: Bool

    init(_ content: HTML) {
        self.content = content
        self.isPlainText = false
    }

    init(plainText: String) {
        self.content = .text(plainText)
        self.isPlainText = true
    }

    var html: HTML {
        div(.class("paper", isPlainText ? "plain" : ""), .dir("auto")) { content }
    }
}

/// A file's size: `640 B`, `12 KB`, `3.4 MB`.
enum FileSize {
    static func text(_ bytes: Int64) -> String {
        if bytes < 1000 { return "\(max(0, bytes)) B" }
        if bytes < 1_000_000 { return "\(bytes / 1000) KB" }
        let tenths = bytes / 100_000
        return tenths.isMultiple(of: 10) || tenths >= 1000 ? "\((tenths / 10).grouped) MB" : "\(tenths / 10).\(tenths % 10) MB"
    }
}
