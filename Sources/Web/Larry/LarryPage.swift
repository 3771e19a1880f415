import Domain
import Foundation
import Larry
import Markup
import Store

/// `/larry`: a question box, the thread so far, and one's own history.
struct LarryPage: ShellPage {
    var thread: String?
    var turns: [Larry.KeptTurn]
    var history: [LarryThreadStore.Thread]
    /// Questions to begin with.
    var openers: [String]
    /// What stands in the box.
    var question: String
    var fault: String?
    var csrf: String
    var standing: MirrorStanding
    var mayConnect: Bool
    var now: Date

    var pageTitle: String { "Larry" }
    var section: Section? { .larry }

    @HTMLBuilder var html: HTML {
        PageHeader("Larry", lede: "Asks the synced tickets for you. Every figure is counted, and shows how.") {
            if thread != nil { LinkButton("New question", to: Route.larry.link, icon: .plus).html }
        }.html
        switch standing {
        case .notConnected, .syncing, .notSynced: NoTickets(standing: standing, mayConnect: mayConnect).html
        case .noTickets, .filled: HTML.empty
        }
        div(.class("sides", "larry")) {
            div(.class("stack")) {
                for turn in turns { LarryTurn(turn: turn, isLast: turn.id == turns.last?.id, csrf: csrf, now: now).html }
                box
                if turns.isEmpty { opening }
            }
            aside(.class("stack"), .aria("label", "Your questions")) { past }
        }
    }

    private var box: HTML {
        Card {
            PostForm(.larry, csrf: csrf, .class("stack", "tight")) {
                if let thread { HiddenField("thread", thread).html }
                Field(
                    turns.isEmpty ? "Your question" : "Ask on", name: "question", value: question, fault: fault, isRequired: true,
                    attributes: [
                        .maxlength(Larry.longestQuestion), .placeholder("How many open tickets does Acme have right now?"),
                        .autocomplete("off"), .autofocus(turns.isEmpty)
                    ]
                ).html
                div(.class("button-row")) { Button("Ask", .primary).html }
            }.html
        }.html
    }

    private var opening: HTML {
        Card("Try") {
            div(.class("chips")) { for text in openers { LarryQuestion(text, thread: nil, csrf: csrf).html } }
        }.html
    }

    private var past: HTML {
        Card("Your questions", isPadded: true) {
            if history.isEmpty {
                p("What you ask is kept here, for you alone.", .class("muted"))
            } else {
                ul(.class("stack", "tight")) {
                    for entry in history {
                        li(.class("line", "one")) {
                            a(
                                entry.title, .class("clip", "grow"), .dir("auto"), .href(Route.larry.link(["thread": entry.id])),
                                .currentPage(entry.id == thread))
                            PostButton(
                                .larryForget, csrf: csrf, items: [("thread", entry.id)],
                                Button("Delete", .quiet, attributes: [.aria("label", "Delete “\(entry.title)”")])
                            ).html
                        }
                    }
                }
                PostButton(
                    .larryForget, csrf: csrf,
                    Button("Delete all", .quiet, question: "Delete every question you asked here? They cannot be brought back.")
                ).html
            }
        }.html
    }
}

/// A question as a button: it is asked when pressed, scripts or not.
struct LarryQuestion {
    var text: String
    var question: String
    var thread: String?
    var csrf: String

    init(_ text: String, question: String? = nil, thread: String?, csrf: String) {
        self.text = text
        self.question = question ?? text
        self.thread = thread
        self.csrf = csrf
    }

    var html: HTML {
        PostForm(.larry, csrf: csrf, .class("inline-form")) {
            if let thread { HiddenField("thread", thread).html }
            HiddenField("question", question).html
            button(.type("submit"), .class("chip"), .title(question)) { span(text, .class("chip-text"), .dir("auto")) }
        }.html
    }
}
