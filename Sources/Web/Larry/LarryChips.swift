import Domain
import Larry
import Markup

/// How a question was read, as chips: what can be changed opens a small form and asks again with the changed query.
struct LarryChips {
    var parts: QueryParts
    var turn: Int64
    var thread: String
    var csrf: String

    /// The list of names a field offers.
    static func list(_ part: FilterPart) -> String { "names-\(part == .author ? FilterPart.agent.rawValue : part.rawValue)" }

    @HTMLBuilder var html: HTML {
        for line in parts.lines { Chip(line).html }
        for chip in parts.chips { menu(chip, isNew: false) }
        if !parts.free.isEmpty {
            details(.class("menu", "chip-menu")) {
                Markup.summary(.class("chip")) {
                    Icon.plus.small
                    span("Narrow", .class("chip-text"))
                }
                div(.class("panel")) {
                    form(of: nil) {
                        for chip in parts.free { fields(chip, isNew: true) }
                        div(.class("panel-footer")) { Button("Ask again", .primary).html }
                    }
                }
            }
        }
    }

    private func menu(_ chip: QueryParts.Chip, isNew: Bool) -> HTML {
        details(.class("menu", "chip-menu")) {
            Markup.summary(.class("chip"), .aria("label", "\(chip.text), change")) {
                span(chip.text, .class("chip-text"), .dir("auto"))
                Icon.chevronDown.small
            }
            div(.class("panel")) {
                form(of: chip.side) {
                    fields(chip, isNew: false)
                    div(.class("panel-footer")) {
                        if chip.editor != .none { Button("Ask again", .primary).html }
                        Button(
                            chip.side == nil ? "Leave it out" : "Leave this side out", .quiet,
                            value: (LarryAct.dropped, chip.part.rawValue), attributes: [.formnovalidate()]
                        ).html
                    }
                }
            }
        }
    }

    private func form(of side: Int?, @HTMLBuilder content: () -> HTML) -> HTML {
        PostForm(.larry, csrf: csrf, .data("asks", "")) {
            HiddenField("edit", String(turn)).html
            HiddenField("thread", thread).html
            if let side { HiddenField(LarryAct.side, String(side)).html }
            content()
        }.html
    }

    private func fields(_ chip: QueryParts.Chip, isNew: Bool) -> HTML {
        let name = chip.part.rawValue
        let title = isNew ? chip.text : chip.part.title
        switch chip.editor {
        case .none: return p("This part can only be left out.", .class("heading"))
        case .options(let options):
            return fieldset(.class("chip-fields")) {
                legend(title, .class("heading"))
                div(.class("options")) {
                    for option in options { FilterOption(value: option.value, text: option.text, isChosen: option.isChosen).box(name) }
                }
            }
        case .name(let part, let current):
            return label(.class("chip-fields")) {
                span(title, .class("heading"))
                input(
                    .class("input"), .type("text"), .name(name), .value(current), .list(Self.list(part)), .autocomplete("off"),
                    .maxlength(200), .dir("auto"))
            }
        case .words(let text):
            return label(.class("chip-fields")) {
                span(title, .class("heading"))
                input(.class("input"), .type("text"), .name(name), .value(text), .maxlength(TicketQuery.longestSearch), .dir("auto"))
            }
        case .period(let phrase, let from, let to): return period(chip.part, title, phrase, from, to)
        }
    }

    private func period(_ part: FilterPart, _ title: String, _ phrase: String, _ from: String?, _ to: String?) -> HTML {
        let isOffered = QueryParts.phrases.contains(phrase)
        return div(.class("chip-fields")) {
            label {
                span(title, .class("heading"))
                select(.class("select"), .name(part.rawValue)) {
                    option("By the days below", .value(""), .selected(!isOffered))
                    for offered in QueryParts.phrases { option(offered, .value(offered), .selected(offered == phrase)) }
                }
            }
            div(.class("days")) {
                label {
                    span("First day", .class("heading"))
                    input(.class("input"), .type("date"), .name(LarryAct.from(part)), .value(isOffered ? "" : from ?? ""))
                }
                label {
                    span("Last day", .class("heading"))
                    input(.class("input"), .type("date"), .name(LarryAct.to(part)), .value(isOffered ? "" : to ?? ""))
                }
            }
        }
    }
}

extension FilterPart {
    /// Over the field that changes it.
    var title: String {
        switch self {
        case .account: "Account"
        case .agent: "Agent"
        case .author: "Written by"
        case .group: "Group"
        case .status: "Status"
        case .priority: "Priority"
        case .source: "Source"
        case .sentiment: "Rating"
        case .text: "Text"
        case .created: "Created"
        case .resolved: "Resolved"
        case .updated: "Updated"
        case .due: "Due"
        case .ratedOn: "Rated"
        case .sent: "Sent"
        default: rawValue.replacing("_", with: " ")
        }
    }
}
