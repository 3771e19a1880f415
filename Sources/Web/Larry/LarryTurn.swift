import Domain
import Foundation
import Larry
import Markup

/// One question and its answer. Texts of tickets are shown as they are and lead nowhere; every link is one of ours.
struct LarryTurn {
    var turn: Larry.KeptTurn
    var isLast: Bool
    var csrf: String
    var now: Date

    private var answer: LarryAnswer { turn.answer }

    /// Rows and bars that stand on the page.
    private static let mostRows = 30

    var html: HTML {
        section(.class("card", "turn"), .id("turn-\(turn.id)"), .aria("label", "Answer")) {
            header { h2(turn.question, .dir("auto")) }
            div(.class("inside", "stack")) {
                if answer.status == .answered || answer.status == .noData {
                    p(answer.answer, .class("answer"), .id("answer-\(turn.id)"), .dir("auto"))
                } else {
                    Banner(answer.status == .refused ? .warning : .info, answer.answer).html
                }
                if let options = answer.options, !options.isEmpty {
                    div(.class("chips")) {
                        for option in options {
                            LarryQuestion(option.label, question: option.question, thread: answer.threadID, csrf: csrf).html
                        }
                    }
                }
                if let quotation = answer.quotation, !quotation.isEmpty {
                    figure {
                        figcaption("The customer wrote:", .class("hint"))
                        blockquote(.dir("auto")) { HTML.text(quotation) }
                    }
                }
                cards
                rows
                interpretation
                foot
            }
        }
    }

    // MARK: Results

    private var cards: HTML {
        guard !answer.cards.isEmpty else { return .empty }
        return ul(.class("ticket-cards")) {
            for card in answer.cards {
                li {
                    a("#\(String(card.id)) \(card.subject)", .href(Route.ticket(ID(card.id)).link), .dir("auto"))
                    div(.class("hint")) {
                        HTML.text("\(card.status) · \(card.priority) · ")
                        if let name = card.account, let id = card.accountID {
                            a(name, .href(Route.account(ID(id)).link), .dir("auto"))
                        } else {
                            HTML.text("no account")
                        }
                        HTML.text(" · ")
                        if let name = card.agent, let id = card.agentID {
                            a(name, .href(Route.agent(ID(id)).link), .dir("auto"))
                        } else {
                            HTML.text("nobody")
                        }
                        HTML.text(" · ")
                        RelativeTime(card.createdAt, now: now).html
                    }
                }
            }
        }
    }

    /// A table whose second column is a bar as long as the value: the chart and its figures in one.
    private var rows: HTML {
        guard let rows = answer.rows, !rows.isEmpty else { return .empty }
        let most = max(rows.compactMap(\.value).max() ?? 0, 0.000_001)
        let hasValues = rows.contains { $0.value != nil }
        return div(.class("stack", "tight")) {
            table(.class("table", "compact", "bars")) {
                caption(answer.answer, .class("said"))
                tbody {
                    for row in rows.prefix(Self.mostRows) {
                        tr {
                            th(.scope("row")) { name(row) }
                            if hasValues {
                                td(.class("number")) { HTML.text(row.text) }
                                td(.class("bar")) { meter(.value(max(0, row.value ?? 0)), .max(most), .ariaHidden) {} }
                            }
                        }
                    }
                }
            }
            if rows.count > Self.mostRows { p("\((rows.count - Self.mostRows).grouped) more are in the API's answer.", .class("hint")) }
        }
    }

    private func name(_ row: LarryAnswer.Row) -> HTML {
        guard let id = row.id else { return span(row.key, .dir("auto")) }
        let key =
            answer.query?.keys?.first ?? (answer.query?.subject == .agents ? .agent : answer.query?.subject == .accounts ? .account : nil)
        switch key {
        case .account: return a(row.key, .href(Route.account(ID(id)).link), .dir("auto"))
        case .agent: return a(row.key, .href(Route.agent(ID(id)).link), .dir("auto"))
        default: return span(row.key, .dir("auto"))
        }
    }

    // MARK: How

    private var interpretation: HTML {
        guard !answer.explanation.isEmpty else { return .empty }
        return div(.class("stack", "tight")) {
            div(.class("chips"), .aria("label", "How the question was read")) {
                for line in answer.explanation { Chip(line).html }
                if let link = answer.link { a("See these tickets", .class("chip"), .href(.path(link))) }
            }
            if !answer.chips.isEmpty, isLast {
                div(.class("line")) {
                    span("Ask without:", .class("hint"))
                    for chip in answer.chips { LarryQuestion(chip.label, question: chip.question, thread: nil, csrf: csrf).html }
                }
            }
        }
    }

    private var foot: HTML {
        div(.class("stack", "tight")) {
            p(.class("hint")) {
                HTML.text("As of the last sync, ")
                RelativeTime(answer.asOf, now: now).html
                HTML.text(" · by \(answer.model)")
                if !answer.isComplete, let from = answer.coverageFrom {
                    HTML.text(" · resolved tickets last updated before ")
                    RelativeTime(from, now: now).html
                    HTML.text(" were not synced")
                }
            }
            if isLast, !answer.suggestions.isEmpty {
                div(.class("chips")) { for text in answer.suggestions { LarryQuestion(text, thread: answer.threadID, csrf: csrf).html } }
            }
            Disclosure("How I got this", id: "how-\(turn.id)") {
                FactList(facts, isStacked: false).html
            }.html
            judgement
        }
    }

    private var facts: [(name: String, value: HTML)] {
        let trace = turn.trace
        var facts: [(name: String, value: HTML)] = [("Question", span(trace.question, .dir("auto")))]
        for step in trace.steps { facts.append(("Read as", HTML.text(step))) }
        if let query = trace.query { facts.append(("Query", code(query))) }
        if let rows = trace.rowsRead { facts.append(("Rows behind it", HTML.text(rows.grouped))) }
        for call in trace.calls { facts.append(("Model", HTML.text(call))) }
        for fault in trace.untraced { facts.append(("Taken back", HTML.text(fault))) }
        facts.append(("Answered by", HTML.text("\(answer.model) in \(answer.milliseconds) ms")))
        return facts
    }

    private var judgement: HTML {
        div(.class("line")) {
            switch turn.verdict {
            case "up": span("You found this right.", .class("hint"))
            case "down": span("You found this wrong\(turn.reason.map { ": " + $0.lowercased() } ?? "").", .class("hint"))
            default:
                PostButton(
                    .larryJudge, csrf: csrf, items: [("turn", String(turn.id)), ("thread", answer.threadID), ("verdict", "up")],
                    Button("Right", .quiet)
                ).html
                PostForm(.larryJudge, csrf: csrf, .class("line")) {
                    HiddenField("turn", String(turn.id)).html
                    HiddenField("thread", answer.threadID).html
                    HiddenField("verdict", "down").html
                    select(.class("select", "fit"), .name("reason"), .aria("label", "What is wrong")) {
                        for reason in Larry.reasons { option(reason, .value(reason)) }
                    }
                    Button("Wrong", .quiet).html
                }.html
            }
            button(.type("button"), .class("button", "quiet"), .data("copy", "answer-\(turn.id)"), .hidden(), .data("needs-js", "")) {
                Icon.copy.html
                span("Copy", .data("label", ""))
            }
        }
    }
}
