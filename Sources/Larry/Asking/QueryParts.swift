import Domain
import Foundation

/// A query as the page shows it: what cannot be changed as lines, every part of its filter as a chip that can.
package struct QueryParts: Sendable, Equatable {
    /// One part of the filter.
    package struct Chip: Sendable, Equatable {
        package var part: FilterPart
        /// Such as “Status is open or pending”.
        package var text: String
        package var editor: Editor
        /// Of a comparison, the side it belongs to, from 0; nil for what all sides have.
        package var side: Int?
    }

    /// How a part is changed.
    package enum Editor: Sendable, Equatable {
        /// Any of these; a value is what the form sends.
        case options([Option])
        /// One thing by its name, out of the workspace's.
        case name(of: FilterPart, now: String)
        /// A time in words, or two days.
        case period(phrase: String, from: String?, to: String?)
        case words(String)
        /// It can only be left out.
        case none
    }

    package struct Option: Sendable, Equatable {
        package var value: String
        package var text: String
        package var isChosen: Bool
    }

    /// The operation, and whatever stands beside the filter.
    package var lines: [String]
    package var chips: [Chip]
    /// Parts that could be added.
    package var free: [Chip]

    /// Times that are offered.
    package static let phrases = [
        "today", "yesterday", "this week", "last week", "this month", "last month", "this quarter", "last quarter", "this year",
        "in the last 7 days", "in the last 30 days", "in the last 90 days", "in the last 12 months"
    ]

    init(_ query: SupportQuery, names: NameBook) {
        let text = QueryText(query: query, names: names)
        guard query.operation != .compare else {
            (lines, free) = ([text.operation] + text.rest, [])
            chips = Self.chips(ofSides: query.sides ?? [], names)
            return
        }
        lines = [text.operation] + text.rest
        chips = FilterPart.allCases.compactMap { part in
            let line = FilterText(filter: query.filter.only(part), names: names).lines.joined(separator: ", ")
            return line.isEmpty ? nil : Chip(part: part, text: line, editor: Self.editor(part, query.filter, names))
        }
        // A single ticket is not narrowed, and what groups are made of is not fixed to one of them.
        guard query.filter.ticket == nil, query.subject == .tickets || query.subject == .ratings else {
            free = []
            return
        }
        let time: FilterPart = query.subject == .ratings ? .ratedOn : query.measure == .resolution ? .resolved : .created
        let addable: [(FilterPart, String)] = [
            (.account, "Account"), (.agent, "Agent"), (.status, "Status"), (.priority, "Priority"), (time, "Time")
        ]
        let taken = Set(chips.map(\.part))
        let keys = Set((query.keys ?? []).map(\.rawValue))
        free = addable.filter { part, _ in
            !taken.contains(part) && !keys.contains(part.rawValue)
                && !(part == .account && query.filter.isMatched == false)
                && !(part == .status && (query.filter.isOverdue != nil || query.filter.statusCode != nil))
        }.map { Chip(part: $0, text: $1, editor: Self.editor($0, query.filter, names)) }
    }

    /// What all sides have, then what each has for itself.
    private static func chips(ofSides sides: [SupportQuery.Side], _ names: NameBook) -> [Chip] {
        guard let first = sides.first else { return [] }
        var (shared, own): ([Chip], [[Chip]]) = ([], sides.map { _ in [] })
        for part in FilterPart.allCases {
            let isShared = sides.allSatisfy { $0.filter.only(part) == first.filter.only(part) }
            for (place, side) in sides.enumerated() where !isShared || place == 0 {
                let line = FilterText(filter: side.filter.only(part), names: names).lines.joined(separator: ", ")
                guard !line.isEmpty else { continue }
                let editor = editor(part, side.filter, names)
                if isShared {
                    shared.append(Chip(part: part, text: line, editor: editor))
                } else {
                    own[place].append(Chip(part: part, text: "\(side.label.capitalisedFirst): \(line)", editor: editor, side: place))
                }
            }
        }
        return shared + own.joined()
    }

    private static func editor(_ part: FilterPart, _ filter: SupportFilter, _ names: NameBook) -> Editor {
        func options<Value: RawRepresentable & CaseIterable & Codable & Hashable & Sendable>(
            _ choice: SupportFilter.Choice<Value>?, _ text: (Value) -> String
        ) -> Editor where Value.RawValue == String {
            .options(
                Value.allCases.map { value in
                    let isListed = choice?.values.contains { $0.rawValue == value.rawValue } ?? false
                    return Option(value: value.rawValue, text: text(value), isChosen: choice != nil && isListed != choice?.isNegated)
                })
        }
        func name(_ references: SupportFilter.References?, _ name: (Int64) -> String) -> Editor {
            .name(of: part, now: references?.isNegated == false ? references?.ids.first.map(name) ?? "" : "")
        }
        switch part {
        case .status: return options(filter.status, \.label)
        case .priority: return options(filter.priority, \.label)
        case .source: return options(filter.source, \.label)
        case .sentiment: return options(filter.sentiment) { $0.rawValue }
        case .account: return name(filter.account, names.account)
        case .agent: return name(filter.agent, names.agent)
        case .author: return name(filter.author, names.agent)
        case .group: return name(filter.group, names.group)
        case .text: return .words(filter.text ?? "")
        case .created, .resolved, .updated, .due, .ratedOn, .sent:
            let period = part.field.flatMap(filter.period(of:))
            return .period(
                phrase: period?.phrase ?? "", from: period?.from.map { names.zone.day(containing: $0).description },
                to: period?.to.map { names.zone.day(containing: $0.addingTimeInterval(-0.001)).description })
        default: return .none
        }
    }
}
