import Domain
import Foundation
import LanguageModel

/// `SupportQuery` as a tool: a schema with closed lists, and the check that what a model fills in is one of our queries.
///
/// Ids are never the model's: accounts, agents and groups are given by the letter codes that were handed out in this turn.
enum QueryTool {
    static let name = "ask_support"
    static let findName = "find_name"

    static let find = Tool(
        name: findName, description: "Finds an account, agent or group of this workspace by a name that stands in the question.",
        parameters: .object(["name": ["type": "string", "maxLength": 100]]))

    static let tool = Tool(
        name: name,
        description: "Counts, lists, groups, compares or measures support tickets. Fill in only what the question says.",
        parameters: schema(isStrict: false))

    /// The same as the form of an answer, for endpoints whose models keep a form and call no tools.
    static let form = ChatRequest.AnswerForm(name: name, schema: schema(isStrict: true))

    struct Fault: Error, Equatable {
        var text: String
    }

    // MARK: Schema

    static func schema(isStrict: Bool) -> JSONSchema {
        let filter = FilterForm.schema(isStrict: isStrict)
        let condition = object(
            ["comparison": words(SupportQuery.Having.Comparison.self), "number": .object(["type": "number", "minimum": 0])],
            required: ["comparison", "number"], isStrict)
        return JSONSchema(
            object(
                [
                    "operation": words(SupportQuery.Operation.self), "subject": maybe(words(SupportQuery.Subject.self)),
                    "measure": maybe(words(SupportQuery.Measure.self)), "statistic": maybe(words(SupportQuery.Statistic.self)),
                    "by": maybe(.object(["type": "array", "items": words(SupportQuery.Key.self), "minItems": 1, "maxItems": 2])),
                    "filter": maybe(filter), "part": maybe(filter),
                    "sides": maybe(.object(["type": "array", "items": filter, "minItems": 2, "maxItems": 6])), "having": maybe(condition),
                    "minimum_sample": maybe(.object(["type": "integer", "minimum": 1, "maximum": 1_000])),
                    "includes_none": maybe(.object(["type": "boolean"])), "order": maybe(words(SupportQuery.Order.self)),
                    "descending": maybe(.object(["type": "boolean"])), "detail": maybe(words(SupportQuery.Detail.self)),
                    "limit": maybe(.object(["type": "integer", "minimum": 1, "maximum": 50]))
                ], required: ["operation"], isStrict))
    }

    static func object(_ members: [String: JSONValue], required: Set<String>, _ isStrict: Bool) -> JSONValue {
        JSONSchema.object(members, optional: isStrict ? [] : Set(members.keys).subtracting(required)).definition
    }

    static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> JSONValue where Word.RawValue == String {
        .object(["type": "string", "enum": .array(Word.allCases.map { .string($0.rawValue) })])
    }

    static func maybe(_ schema: JSONValue) -> JSONValue { .object(["anyOf": .array([schema, .object(["type": "null"])])]) }

    // MARK: Reading

    /// The query of a call; throws what is wrong with it, in words for the model.
    ///
    /// - Parameter known: what each code stands for.
    static func query(_ value: JSONValue, known: [String: Entity], in zone: CivilZone = .utc) throws(Fault) -> SupportQuery {
        let faults = tool.parameters.faults(of: value)
        guard faults.isEmpty else { throw Fault(text: faults.prefix(3).joined(separator: "; ")) }
        guard let operation: SupportQuery.Operation = word(value["operation"]) else { throw Fault(text: "operation is needed") }
        let measure: SupportQuery.Measure = word(value["measure"]) ?? .rows
        var query = SupportQuery(
            operation, word(value["subject"]) ?? .tickets, try FilterForm.filter(value["filter"], known: known, in: zone))
        query.measure = measure
        if measure != .rows {
            // A measure is taken of rows of its own, and never listed or merely counted.
            query.subject = measure == .satisfaction ? .ratings : .tickets
            if operation == .count || operation == .list { query.operation = .aggregate }
            if operation == .share { throw Fault(text: "a share is of rows") }
        } else if operation == .aggregate {
            query.operation = .count
        }
        if measure.isDuration { query.statistic = word(value["statistic"]) ?? .median }
        try fillShape(&query, value, known, zone)
        try check(query)
        return query
    }

    /// What only some operations have; the rest of what a model wrote is left.
    private static func fillShape(
        _ query: inout SupportQuery, _ value: JSONValue, _ known: [String: Entity], _ zone: CivilZone
    ) throws(Fault) {
        let isDescending = value["descending"]?.bool
        switch query.operation {
        case .group:
            guard let keys: [SupportQuery.Key] = list(value["by"]) else { throw Fault(text: "a group needs by") }
            query.keys = keys
            query.isDescending = isDescending ?? true
            query.limit = value["limit"]?.integer.map(Int.init)
            query.minimumSample = value["minimum_sample"]?.integer.map(Int.init)
            query.includesNone = value["includes_none"]?.bool
            if let comparison: SupportQuery.Having.Comparison = word(value["having"]?["comparison"]),
                let number = value["having"]?["number"]?.number
            {
                query.having = .init(comparison, number)
            }
        case .trend:
            guard let keys: [SupportQuery.Key] = list(value["by"]), keys.count == 1, [.day, .week, .month].contains(keys[0]) else {
                throw Fault(text: "a trend needs by with one of day, week and month")
            }
            query.keys = keys
        case .list:
            query.order = word(value["order"]) ?? (query.subject == .tickets ? .created : .name)
            query.isDescending = isDescending ?? true
            query.limit = value["limit"]?.integer.map(Int.init)
            if query.subject == .tickets { query.detail = word(value["detail"]) }
        case .compare:
            var sides: [SupportQuery.Side] = []
            let book = NameBook(known.values, zone: zone)
            for side in value["sides"]?.array ?? [] {
                let filter = try FilterForm.filter(side, known: known, in: zone)
                // Labels are ours: a model could write one side's name above the other's figure.
                let text = FilterText(filter: filter, names: book)
                sides.append(.init((text.adjectives + text.qualifiers()).joined(separator: " "), query.filter.narrowed(by: filter)))
            }
            guard sides.count > 1, sides.allSatisfy({ !$0.label.isEmpty }), Set(sides.map(\.label)).count == sides.count else {
                throw Fault(text: "a comparison needs sides that differ")
            }
            query.sides = sides
        case .share:
            query.part = try FilterForm.filter(value["part"], known: known, in: zone)
            guard query.part?.isEmpty == false else { throw Fault(text: "a share needs part") }
        case .count, .aggregate: break
        }
    }

    /// Combinations that have no meaning.
    private static func check(_ query: SupportQuery) throws(Fault) {
        let filters = [query.filter] + (query.sides ?? []).map(\.filter) + [query.part].compactMap(\.self)
        let ofMessages = filters.contains { $0.kind != nil || $0.isIncoming != nil || $0.period(of: .sent) != nil }
        guard query.subject == .conversations || !ofMessages else {
            throw Fault(text: "message_kind, incoming and sent belong to the subject conversations")
        }
        if query.operation == .list, query.subject == .conversations || query.subject == .ratings {
            throw Fault(text: "messages and ratings are counted or grouped, not listed")
        }
        let keys = query.keys ?? []
        if Set(keys).count < keys.count { throw Fault(text: "by names one thing twice") }
    }

    static func word<Word: RawRepresentable>(_ value: JSONValue?) -> Word? where Word.RawValue == String {
        value?.string.flatMap(Word.init(rawValue:))
    }

    /// Nil for an empty list too: a model that has nothing to say writes one.
    static func list<Word: RawRepresentable>(_ value: JSONValue?) -> [Word]? where Word.RawValue == String {
        let words = value?.array?.compactMap { word($0) as Word? } ?? []
        return words.isEmpty ? nil : words
    }
}
