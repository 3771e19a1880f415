import Domain
import Foundation
import Larry
import Markup

/// What a page is about, for Larry to know whose tickets are meant.
struct LarryTopic: Sendable, Equatable {
    var topic: Larry.Topic
    var name: String

    init(_ topic: Larry.Topic, _ name: String) {
        self.topic = topic
        self.name = name
    }
}

/// A thread and the box to ask on in: the middle of Larry's page, and the whole of the panel.
struct LarryConversation: Sendable {
    /// Where it stands; ids of a page and of a panel beside it must differ.
    enum Place: String, Sendable { case page, panel }

    var thread: String?
    var turns: [Larry.KeptTurn]
    var topic: LarryTopic?
    /// Questions to begin with.
    var openers: [String]
    /// What stands in the box.
    var question = ""
    var fault: String?
    var choices: Larry.Choices
    var csrf: String
    var now: Date
    var place = Place.page

    var html: HTML {
        div(.class("larry", "stack"), .data("larry", place.rawValue), .data("thread", thread ?? "")) {
            lists
            div(.class("stack"), .data("turns", "")) {
                for turn in turns { LarryTurn(turn: turn, isLast: turn.id == turns.last?.id, csrf: csrf, now: now).html }
            }
            waiting
            box
            if turns.isEmpty, !openers.isEmpty { opening }
        }
    }

    /// Shown by the script while an answer is worked out.
    private var waiting: HTML {
        div(.class("card", "waiting"), .hidden(), .data("waiting", "")) {
            div(.class("inside", "line")) {
                Icon.sync.spinning
                span("Reading the question", .class("grow"), .data("stage", ""), .role("status"))
                button("Stop", .type("button"), .class("button"), .data("stop", ""))
            }
        }
    }

    private var box: HTML {
        Card {
            PostForm(.larry, csrf: csrf, .class("stack", "tight"), .data("asks", "")) {
                if let thread { HiddenField("thread", thread).html }
                if let topic {
                    label(.class("chip", "topic")) {
                        input(.type("checkbox"), .name("about"), .value(topic.topic.text), .checked())
                        span("About \(topic.name)", .class("chip-text"), .dir("auto"))
                    }
                }
                Field(
                    turns.isEmpty ? "Your question" : "Ask on", name: "question", id: "ask-\(place.rawValue)", value: question,
                    fault: fault,
                    isRequired: true,
                    attributes: [
                        .maxlength(Larry.longestQuestion), .placeholder(openers.first ?? "And last month?"), .autocomplete("off"),
                        .autofocus(turns.isEmpty && place == .page)
                    ]
                ).html
                div(.class("button-row")) { Button("Ask", .primary).html }
            }.html
        }.html
    }

    private var opening: HTML {
        div(.data("openers", "")) {
            Card("Try") {
                div(.class("chips")) { for text in openers { LarryQuestion(text, thread: nil, about: topic?.topic, csrf: csrf).html } }
            }.html
        }
    }

    /// Names that chips offer while somebody types; once, for all of them.
    private var lists: HTML {
        func list(_ part: FilterPart, _ names: [String]) -> HTML {
            datalist(.id(LarryChips.list(part))) { for name in names { option(.value(name)) } }
        }
        return list(.account, choices.accounts) + list(.agent, choices.agents) + list(.group, choices.groups)
    }
}

/// A question as a button: it is asked when pressed, scripts or not.
struct LarryQuestion {
    var text: String
    var question: String
    var thread: String?
    var about: Larry.Topic?
    var csrf: String

    init(_ text: String, question: String? = nil, thread: String?, about: Larry.Topic? = nil, csrf: String) {
        self.text = text
        self.question = question ?? text
        self.thread = thread
        self.about = about
        self.csrf = csrf
    }

    var html: HTML {
        PostForm(.larry, csrf: csrf, .class("inline-form"), .data("asks", "")) {
            if let thread { HiddenField("thread", thread).html }
            if let about { HiddenField("about", about.text).html }
            HiddenField("question", question).html
            button(.type("submit"), .class("chip"), .title(question)) { span(text, .class("chip-text"), .dir("auto")) }
        }.html
    }
}
