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
        section(.class("card", "turn"), .id("turn-\(turn.id)"), .aria("label", "Answer"), .tabindex(-1)) {
            header { h2(turn.question, .dir("auto")) }
            div(.class("inside", "stack")) {
                if answer.status == .answered || answer.status == .noData {
                    sentence
                } else {
                    div(.id("answer-\(turn.id)")) { Banner(answer.status == .refused ? .warning : .info, answer.answer).html }
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
                        figcaption("\(answer.quotedFrom ?? "The customer wrote"):", .class("hint"), .dir("auto"))
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

    /// The answer with its figure in bold, where it stands once.
    private var sentence: HTML {
        p(.class("answer"), .id("answer-\(turn.id)"), .dir("auto")) {
            if let figure = answer.figure, let place = Self.place(of: figure, in: answer.answer) {
                HTML.text(String(answer.answer[..<place.lowerBound]))
                strong(figure)
                HTML.text(String(answer.answer[place.upperBound...]))
            } else {
                HTML.text(answer.answer)
            }
        }
    }

    /// Where the figure stands by itself, not inside a longer number or a name.
    private static func place(of figure: String, in text: String) -> Range<String.Index>? {
        var from = text.startIndex
        while let place = text.range(of: figure, range: from..<text.endIndex) {
            let before = place.lowerBound == text.startIndex ? " " : text[text.index(before: place.lowerBound)]
            let after = place.upperBound == text.endIndex ? " " : text[place.upperBound]
            let isAlone = !before.isNumber && !before.isLetter && !after.isNumber && !after.isLetter && before != "#" && before != ","
            if isAlone { return place }
            from = place.upperBound
        }
        return nil
    }

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
            table(.class("figures")) {
                caption("Figures", .class("said"))
                tbody {
                    for row in rows.prefix(Self.mostRows) {
                        tr {
                            th(.scope("row")) { name(row) }
                            if hasValues {
                                td(.class("number")) { HTML.text(row.text) }
                                td(.class("length")) { meter(.value(max(0, row.value ?? 0)), .max(most), .ariaHidden) {} }
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
        return div(.class("chips"), .role("group"), .aria("label", "How the question was read")) {
            if let parts = turn.parts {
                LarryChips(parts: parts, turn: turn.id, thread: answer.threadID, csrf: csrf).html
                for remark in remarks(parts) { Chip(remark).html }
            } else {
                for line in answer.explanation { Chip(line).html }
            }
            if let link = answer.link {
                a(.class("chip"), .href(.path(link))) {
                    span(answer.query?.filter.ticket?.count == 1 || answer.query == nil ? "Open the ticket" : "See these tickets")
                    Icon.chevronRight.small
                }
            }
        }
    }

    /// Lines beside the query's own, such as how a misspelling was read.
    private func remarks(_ parts: QueryParts) -> [String] {
        let known = Set(parts.lines + parts.chips.map(\.text))
        return answer.explanation.filter { !known.contains($0) }
    }

    private var foot: HTML {
        div(.class("stack", "tight")) {
            p(.class("hint")) {
                HTML.text("As of the last sync, ")
                RelativeTime(answer.asOf, now: now).html
                HTML.text(answer.model == "rules" ? " · by rules" : " · with \(answer.model)")
                if !answer.isComplete, let from = answer.coverageFrom {
                    HTML.text(" · resolved tickets last updated before ")
                    RelativeTime(from, now: now).html
                    HTML.text(" were not synced")
                }
            }
            if isLast, !answer.suggestions.isEmpty {
                div(.class("chips"), .data("last-only", ""), .role("group"), .aria("label", "Ask on")) {
                    for text in answer.suggestions { LarryQuestion(text, thread: answer.threadID, csrf: csrf).html }
                }
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
        div(.class("line", "judgement"), .id("judgement-\(turn.id)")) {
            switch turn.verdict {
            case "up": span("You found this right.", .class("hint"))
            case "down": span("You found this wrong\(turn.reason.map { ": " + $0.lowercased() } ?? "").", .class("hint"))
            default:
                span("Was this right?", .class("hint"))
                judging { Button("Yes", .quiet, icon: .check, value: ("verdict", "up")).html }
                details(.class("menu")) {
                    Markup.summary(.class("button", "quiet")) {
                        Icon.cross.html
                        span("No")
                    }
                    div(.class("panel")) {
                        judging {
                            p("What is wrong?", .class("heading"))
                            HiddenField("verdict", "down").html
                            for reason in Larry.reasons {
                                button(reason, .type("submit"), .class("item"), .name("reason"), .value(reason))
                            }
                        }
                    }
                }
            }
            if turn.verdict != nil { judging { Button("Take back", .quiet, value: ("verdict", "")).html } }
            button(.type("button"), .class("button", "quiet", "push"), .data("copy", "answer-\(turn.id)"), .hidden(), .data("needs-js", ""))
            {
                Icon.copy.html
                span("Copy", .data("label", ""))
            }
        }
    }

    private func judging(@HTMLBuilder content: () -> HTML) -> HTML {
        PostForm(.larryJudge, csrf: csrf, .class("inline-form"), .data("swaps", "judgement-\(turn.id)")) {
            HiddenField("turn", String(turn.id)).html
            HiddenField("thread", answer.threadID).html
            content()
        }.html
    }
}
