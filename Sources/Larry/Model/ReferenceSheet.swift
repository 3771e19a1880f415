import Domain
import Foundation

/// What a model may say of a result: every figure, name and period by a reference that is filled in here. It sees what a reference
/// means, never what it holds.
struct ReferenceSheet {
    struct Entry: Equatable {
        var meaning: String
        var text: String
        /// Whether a sentence without it would say less than was asked, or something else.
        var isNeeded: Bool
    }

    private(set) var entries: [String: Entry] = [:]
    /// What was asked of the data, with references in place of names.
    private(set) var lines: [String] = []

    struct Fault: Error, Equatable {
        var text: String
    }

    /// Nil where the answer shows a ticket's words, which no model sees, or holds no figure.
    init?(_ query: SupportQuery, _ answer: LarryAnswer, _ result: SupportResult, _ names: NameBook) {
        guard query.operation != .list, answer.status == .answered else { return nil }
        let written = NameReferences(zone: names.zone, of: [query.filter] + (query.sides ?? []).map(\.filter))
        for (place, entity) in written.entities.enumerated() {
            entries["name\(place + 1)"] = Entry(
                meaning: "the \(entity.kindWord) asked about", text: Self.name(entity, names), isNeeded: query.operation != .compare)
        }
        lines = written.lines(of: query)
        if let value = answer.value {
            let isGroupCount = query.operation == .group && answer.unit != .tickets
            let measure: SupportQuery.Measure =
                query.operation == .share ? .satisfaction : isGroupCount && query.limit == nil ? .rows : query.measure
            entries["value"] = Entry(
                meaning: "the answer, in \(answer.unit?.rawValue ?? "rows")", text: Figures.text(value, measure), isNeeded: true)
        }
        for (place, row) in (answer.rows ?? []).prefix(Self.mostRows).enumerated() {
            let needed = query.operation == .compare || answer.value == nil && place == 0
            entries["row\(place + 1)_name"] = Entry(meaning: "the name of row \(place + 1)", text: row.key, isNeeded: needed)
            entries["row\(place + 1)_value"] = Entry(meaning: "its figure", text: row.text, isNeeded: needed)
        }
        entries["rows"] = Entry(meaning: "how many rows are behind the answer", text: Figures.count(Double(result.sample)), isNeeded: false)
        for (place, period) in (query.filter.periods ?? []).enumerated() {
            entries["period\(place + 1)"] = Entry(
                meaning: "the period", text: "\(FilterText.verb(period.field)) \(period.phrase)", isNeeded: query.operation != .compare)
        }
    }

    private static let mostRows = 5
    /// Longest wording, in characters, before it is filled in.
    static let longest = 400

    /// The references with what they mean, in order.
    var legend: String { entries.sorted { $0.key < $1.key }.map { "{{\($0.key)}}: \($0.value.meaning)" }.joined(separator: "\n") }

    /// The wording with its references filled in; throws what is wrong with it, in words for the model.
    func fill(_ wording: String) throws(Fault) -> String {
        let wording = wording.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !wording.isEmpty, wording.count <= Self.longest else { throw Fault(text: "write one or two short sentences") }
        var (text, own, used): (String, String, Set<String>) = ("", "", [])
        var rest = wording[...]
        while let start = rest.range(of: "{{") {
            guard let end = rest[start.upperBound...].range(of: "}}") else { throw Fault(text: "a reference is not closed") }
            let name = String(rest[start.upperBound..<end.lowerBound]).trimmed
            guard let entry = entries[name] else { throw Fault(text: "there is no reference {{\(name.prefix(30))}}") }
            used.insert(name)
            own += String(rest[..<start.lowerBound]) + " "
            text += String(rest[..<start.lowerBound]) + entry.text
            rest = rest[end.upperBound...]
        }
        own += String(rest)
        text += String(rest)
        let said = Spoken(own)
        guard said == Spoken() else { throw Fault(text: "write every number and date as a reference") }
        let isPlain = !own.contains { "{}<>[]()|`*_#\\\"“”".contains($0) } && !own.contains("://") && !own.lowercased().contains("www.")
        guard isPlain else {
            throw Fault(text: "write plain words without markup, links and quotations")
        }
        let missing = entries.filter { $0.value.isNeeded && !used.contains($0.key) }.keys.sorted()
        guard missing.isEmpty else { throw Fault(text: "\(missing.map { "{{\($0)}}" }.joined(separator: " and ")) must stand in it") }
        return text
    }

    private static func name(_ entity: Entity, _ names: NameBook) -> String {
        switch entity.kind {
        case .account: names.account(entity.id)
        case .agent: names.agent(entity.id)
        case .group: names.group(entity.id)
        case .contact: names.contact(entity.id)
        case .status: names.status(Int(entity.id))
        case .tag, .type: entity.name
        }
    }
}

/// The names of a filter in the order of their references.
struct NameReferences {
    let zone: CivilZone
    private(set) var entities: [Entity] = []

    init(zone: CivilZone, of filters: [SupportFilter]) {
        self.zone = zone
        for filter in filters { take(filter) }
    }

    /// What was asked of the data, without names.
    func lines(of query: SupportQuery) -> [String] { QueryText(query: query, names: book).lines }

    /// Their references in place of the names.
    var book: NameBook {
        NameBook(
            entities.enumerated().map { Entity(kind: $0.element.kind, id: $0.element.id, name: "{{name\($0.offset + 1)}}") }, zone: zone)
    }

    private mutating func take(_ filter: SupportFilter) {
        func add(_ kind: Entity.Kind, _ ids: [Int64]?) {
            for id in ids ?? [] where !entities.contains(where: { $0.kind == kind && $0.id == id }) {
                entities.append(Entity(kind: kind, id: id, name: ""))
            }
        }
        add(.account, filter.account?.ids)
        add(.agent, (filter.agent?.ids ?? []) + (filter.author?.ids ?? []))
        add(.contact, filter.contact?.ids)
        add(.group, filter.group?.ids)
        add(.status, filter.statusCode?.values.map(Int64.init))
    }
}
