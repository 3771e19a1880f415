import Domain
import Foundation
import Markup

/// The filters that are wanted less often, in one menu.
struct MoreTicketFilters {
    var query: TicketQuery
    var choices: TicketChoices

    var html: HTML {
        details(.class("menu", "filter", "more-filters", count > 0 ? "active" : ""), .name("filters")) {
            Markup.summary {
                span(count > 0 ? "More: \(count)" : "More", .class("value"))
                Icon.chevronDown.html
            }
            div(.class("panel")) {
                div(.class("options")) {
                    group
                    text("Type", "type", query.type, hint: "Several separated by commas")
                    text("Tag", "tag", query.tag, hint: "Several separated by commas")
                    boxes("Match", "match", query.match, \.label)
                    boxes("CSAT", "csat", query.csat, \.label)
                    period("Created", "created", query.created)
                    period("Updated", "updated", query.updated)
                    period("Resolved", "resolved", query.resolved)
                }
                div(.class("panel-footer")) { button("Apply", .type("submit"), .class("button"), .data("apply", "")) }
            }
        }
    }

    /// How many filters of this menu are active.
    var count: Int {
        let isActive = [
            query.group != nil, query.type != nil, query.tag != nil, query.match != nil, query.csat != nil, query.created != nil,
            query.updated != nil, query.resolved != nil
        ]
        return isActive.count { $0 }
    }

    private var group: HTML {
        let list = ReferenceOptions(filter: query.group, named: choices.groups, frozen: choices.frozen?.groups, none: "No group")
        return set("Group") {
            negation("group", query.group?.isNegated == true)
            for option in list.options { option.box("group") }
            list.others.html
        }
    }

    private func boxes<Value: RawRepresentable & CaseIterable & Hashable>(
        _ name: String, _ field: String, _ filter: TicketQuery.AnyOf<Value>?, _ label: (Value) -> String
    ) -> HTML where Value.RawValue == String {
        set(name) {
            negation(field, filter?.isNegated == true)
            for value in Array(Value.allCases) {
                FilterOption(value: value.rawValue, text: label(value), isChosen: filter?.values.contains(value) == true).box(field)
            }
        }
    }

    private func text(_ name: String, _ field: String, _ filter: TicketQuery.AnyOf<String>?, hint: String) -> HTML {
        set(name) {
            negation(field, filter?.isNegated == true)
            input(
                .class("input"), .type("text"), .name(field),
                .value((filter?.values ?? []).map(TicketQuery.listed).joined(separator: ", ")),
                .placeholder(hint), .aria("label", "\(name), \(hint.lowercased())"), .autocomplete("off"))
        }
    }

    private func period(_ name: String, _ field: String, _ period: TicketQuery.Period?) -> HTML {
        let (chosen, from, to) = Self.sides(period)
        var spans = [Choice("", "Any time"), Choice("7d", "Last 7 days"), Choice("30d", "Last 30 days"), Choice("90d", "Last 90 days")]
        if case .lastDays(let days)? = period, ![7, 30, 90].contains(days) { spans.append(Choice("\(days)d", "Last \(days) days")) }
        spans.append(Choice(TicketFilterForm.days, "Between the days below"))
        return set(name) {
            select(.class("select"), .name(field), .aria("label", name)) {
                for span in spans { option(span.text, .value(span.value), .selected(span.value == chosen)) }
            }
            div(.class("period-days")) {
                label {
                    span("From", .class("hint"))
                    input(.class("input"), .type("date"), .name(field + TicketFilterForm.from), .value(from))
                }
                label {
                    span("Before", .class("hint"))
                    input(.class("input"), .type("date"), .name(field + TicketFilterForm.to), .value(to))
                }
            }
        }
    }

    /// What the menu and the two date fields show. A moment inside a day shows its day.
    private static func sides(_ period: TicketQuery.Period?) -> (chosen: String, from: String, to: String) {
        switch period {
        case nil: ("", "", "")
        case .lastDays(let days): ("\(days)d", "", "")
        case .interval(let from, let to):
            (TicketFilterForm.days, from.map { Day(containing: $0).description } ?? "", to.map { Day(containing: $0).description } ?? "")
        }
    }

    private func set(_ name: String, @HTMLBuilder content: () -> HTML) -> HTML {
        fieldset(.class("filter-set")) {
            legend(name)
            content()
        }
    }

    private func negation(_ field: String, _ isNegated: Bool) -> HTML {
        FilterOption(value: TicketFilterForm.negation, text: "Is not", isChosen: isNegated).box(field)
    }
}
