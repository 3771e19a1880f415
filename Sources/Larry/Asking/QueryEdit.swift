import Domain
import Foundation

/// Changes to a kept query, as the chips of an answer send them: by part and value, so that no words have to be read again.
package struct QueryEdit: Sendable, Equatable {
    /// Left out.
    package var dropped: [FilterPart]
    /// Set to these values: words of the API for states, names for accounts, agents and groups, a time in words, text to search for.
    package var set: [FilterPart: [String]]
    /// Set to days instead of a time in words, both included; either may be missing.
    package var days: [FilterPart: (from: String?, to: String?)]
    /// Of a comparison, the one side that is changed, from 0; nil for all of them.
    package var side: Int?

    package init(
        dropped: [FilterPart] = [], set: [FilterPart: [String]] = [:], days: [FilterPart: (from: String?, to: String?)] = [:],
        side: Int? = nil
    ) {
        self.dropped = dropped
        self.set = set
        self.days = days
        self.side = side
    }

    package static func == (left: QueryEdit, right: QueryEdit) -> Bool {
        left.dropped == right.dropped && left.set == right.set && left.side == right.side && left.days.keys == right.days.keys
            && left.days.allSatisfy { part, days in right.days[part].map { $0 == days } ?? false }
    }

    /// The changed query. Throws `invalid` with a sentence for a value that fits nothing.
    func applied(to query: SupportQuery, index: NameIndex, moments: Moments) throws -> SupportQuery {
        var changed = SupportFilter()
        var parts: Set<FilterPart> = []
        for (part, values) in set {
            let values = values.map(\.trimmed).filter { !$0.isEmpty }
            guard !values.isEmpty else { continue }
            try Self.put(part, values, into: &changed, index, moments)
            parts.insert(part)
        }
        for (part, ends) in days {
            guard let period = try Self.period(part, ends, moments) else { continue }
            changed.periods = (changed.periods ?? []).filter { $0.field != period.field } + [period]
            parts.insert(part)
        }
        guard !parts.isEmpty || !dropped.isEmpty else { throw Failure(.invalid, "Choose what to change.") }
        func change(_ filter: inout SupportFilter) {
            for part in dropped { filter.drop(part) }
            for part in parts { filter.take(part, from: changed) }
            if parts.contains(.account) { filter.isMatched = nil }
            if parts.contains(.status) { filter.statusCode = nil }
        }
        var query = query
        guard let side else {
            query.setEverywhere(change)
            return query
        }
        guard query.operation == .compare, var sides = query.sides, sides.indices.contains(side) else {
            throw Failure(.invalid, "That answer has no such side.")
        }
        guard dropped.isEmpty else {
            sides.remove(at: side)
            return query.comparing(sides)
        }
        change(&sides[side].filter)
        sides[side].label = Self.label(parts, sides[side].filter, NameBook(index.names, contacts: []))
        guard Set(sides.map(\.filter)).count == sides.count else { throw Failure(.invalid, "Both sides would be the same.") }
        return query.comparing(sides)
    }

    /// What tells a side apart, in words.
    private static func label(_ parts: Set<FilterPart>, _ filter: SupportFilter, _ names: NameBook) -> String {
        FilterPart.allCases.filter(parts.contains).map { part in
            let one = filter.only(part)
            if let period = part.field.flatMap(one.period(of:)) { return period.phrase }
            func listed(_ references: SupportFilter.References?, _ name: (Int64) -> String) -> String? {
                references.flatMap { $0.ids.isEmpty ? nil : $0.ids.map(name).joined(separator: " and ") }
            }
            let name = listed(one.account, names.account) ?? listed(one.agent ?? one.author, names.agent) ?? listed(one.group, names.group)
            let text = FilterText(filter: one, names: names)
            return name ?? (text.adjectives + text.qualifiers()).joined(separator: " ").capitalisedFirst
        }.joined(separator: ", ")
    }

    private static func put(
        _ part: FilterPart, _ values: [String], into filter: inout SupportFilter, _ index: NameIndex, _ moments: Moments
    ) throws {
        switch part {
        case .status: filter.status = try choice(values, part)
        case .priority: filter.priority = try choice(values, part)
        case .source: filter.source = try choice(values, part)
        case .sentiment: filter.sentiment = try choice(values, part)
        case .account: filter.account = try reference(values, .account, index)
        case .agent: filter.agent = try reference(values, .agent, index)
        case .author: filter.author = try reference(values, .agent, index)
        case .group: filter.group = try reference(values, .group, index)
        case .text: filter.text = String(values.joined(separator: " ").prefix(TicketQuery.longestSearch))
        case .created, .resolved, .updated, .due, .ratedOn, .sent:
            guard let field = part.field else { return }
            let words = Words.split(values[0])
            guard let hit = TimeGrammar(words, now: moments.now, zone: moments.zone).hits().first, hit.range == 0..<words.count,
                hit.span.alternatives.isEmpty
            else { throw Failure(.invalid, "“\(values[0].prefix(60))” is not a time I know.") }
            filter.periods = (filter.periods ?? []) + [SupportPeriod(field, from: hit.span.from, to: hit.span.to, phrase: hit.span.phrase)]
        case .ticket, .contact, .statusCode, .type, .tag, .matched, .responded, .escalated, .overdue, .rated, .kind, .incoming:
            throw Failure(.invalid, "This part can be left out, but not changed.")
        }
    }

    private static func choice<Value: RawRepresentable & Codable & Hashable & Sendable>(
        _ values: [String], _ part: FilterPart
    ) throws -> SupportFilter.Choice<Value> where Value.RawValue == String {
        .init(
            try values.map { text in
                guard let value = Value(rawValue: text) else { throw Failure(.invalid, "“\(text.prefix(60))” is no \(part.rawValue).") }
                return value
            })
    }

    /// By the whole name, or by what it is known as when that fits one alone.
    private static func reference(_ values: [String], _ kind: Entity.Kind, _ index: NameIndex) throws -> SupportFilter.References {
        .init(
            try values.map { text in
                let found = Array(Set(index.entities(Words.folded(text).joined(separator: " ")).filter { $0.kind == kind }))
                if let exact = found.first(where: { $0.name == text }) { return exact.id }
                if kind == .group, let group = index.names.groups.first(where: { $0.name == text }) { return group.id }
                guard let only = found.first else { throw Failure(.invalid, "There is no \(kind.rawValue) called “\(text.prefix(80))”.") }
                guard found.count == 1 else {
                    throw Failure(.invalid, "“\(text.prefix(80))” fits more than one \(kind.rawValue). Choose one from the list.")
                }
                return only.id
            })
    }

    private static func period(
        _ part: FilterPart, _ days: (from: String?, to: String?), _ moments: Moments
    ) throws -> SupportPeriod? {
        guard let field = part.field else { return nil }
        func day(_ text: String?) throws -> Day? {
            guard let text = text?.trimmed, !text.isEmpty else { return nil }
            guard let day = Day(text) else { throw Failure(.invalid, "“\(text.prefix(20))” is no day. Write it as 2026-03-09.") }
            return day
        }
        let (first, last) = (try day(days.from), try day(days.to))
        if let first, let last, last < first { throw Failure(.invalid, "The last day lies before the first.") }
        let phrase: String
        switch (first, last) {
        case (nil, nil): return nil
        case (let first?, nil): phrase = "since \(DayText.text(first))"
        case (nil, let last?): phrase = "until \(DayText.text(last))"
        case (let first?, let last?):
            phrase = first == last ? "on \(DayText.text(first))" : "from \(DayText.text(first)) to \(DayText.text(last))"
        }
        return SupportPeriod(
            field, from: first.map(moments.start), to: last.map { moments.start($0.adding(days: 1)) }, phrase: phrase)
    }
}
