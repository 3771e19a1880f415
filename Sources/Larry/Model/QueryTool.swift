import Domain
import Foundation
import LanguageModel

/// The typed query as a tool: a schema with closed lists, and the check that what a model fills in is one of our queries.
///
/// Ids are never the model's: accounts, agents and groups are given by the letter codes that `find_name` handed out in this turn.
struct QueryTool {
    static let name = "ask_support"
    static let findName = "find_name"

    static var find: Tool {
        Tool(
            name: findName, description: "Finds an account, agent or group of this workspace by a name that stands in the question.",
            parameters: .object(["name": ["type": "string", "maxLength": 100]]))
    }

    static var tool: Tool {
        Tool(
            name: name,
            description: "Counts, lists, groups or measures support tickets. Fill in only what the question says; leave the rest null.",
            parameters: schema)
    }

    static var schema: JSONSchema {
        func words(_ list: [String]) -> JSONValue { .object(["type": "string", "enum": .array(list.map(JSONValue.string))]) }
        func maybe(_ schema: JSONValue) -> JSONValue { .object(["anyOf": .array([schema, .object(["type": "null"])])]) }
        func list(_ schema: JSONValue) -> JSONValue { maybe(.object(["type": "array", "items": schema, "maxItems": 10])) }
        let time = maybe(.object(["type": "string", "maxLength": 30]))
        return .object([
            "operation": words(["count", "list", "aggregate", "group"]),
            "measure": words(SupportQuery.Measure.allCases.map(\.rawValue)),
            "statistic": maybe(words(SupportQuery.Statistic.allCases.map(\.rawValue))),
            "by": maybe(words(["account", "agent", "contact", "group", "status", "priority", "source", "type", "tag"])),
            "names": list(.object(["type": "string", "maxLength": 10])),
            "status": list(words(TicketStatus.allCases.map(\.rawValue))),
            "priority": list(words(TicketPriority.allCases.map(\.rawValue))),
            "source": list(words(TicketSource.allCases.map(\.rawValue))),
            "escalated": maybe(.object(["type": "boolean"])), "overdue": maybe(.object(["type": "boolean"])),
            "assigned": maybe(.object(["type": "boolean"])), "answered": maybe(.object(["type": "boolean"])),
            "text": maybe(.object(["type": "string", "maxLength": 100])),
            "time_field": maybe(words(["created", "resolved", "updated", "due", "rated"])), "from": time, "to": time,
            "order": maybe(words(["newest", "oldest"])), "limit": maybe(.object(["type": "integer", "minimum": 1, "maximum": 50]))
        ])
    }

    /// The query of a call; throws what is wrong with it, in words for the model.
    ///
    /// - Parameter known: what each code of `find_name` stands for.
    static func query(_ value: JSONValue, known: [String: Entity], now: Date) throws(Fault) -> SupportQuery {
        let faults = schema.faults(of: value)
        guard faults.isEmpty else { throw Fault(text: faults.prefix(3).joined(separator: "; ")) }
        guard let operation = value["operation"]?.string.flatMap(SupportQuery.Operation.init(rawValue:)),
            let measure = value["measure"]?.string.flatMap(SupportQuery.Measure.init(rawValue:))
        else { throw Fault(text: "operation and measure are needed") }
        var filter = SupportFilter()
        for code in value["names"]?.array?.compactMap(\.string) ?? [] {
            guard let entity = known[code] else { throw Fault(text: "the code \(code.prefix(10)) was not given by \(findName)") }
            var part = SupportFilter()
            switch entity.kind {
            case .account: part.account = .init([entity.id])
            case .agent: part.agent = .init([entity.id])
            case .group: part.group = .init([entity.id])
            case .contact: part.contact = .init([entity.id])
            case .tag: part.tag = .init([entity.name])
            case .type: part.type = .init([entity.name])
            case .status: part.statusCode = .init([Int(entity.id)])
            }
            filter.unite(with: part)
        }
        func list<Word: RawRepresentable>(_ name: String) -> [Word]? where Word.RawValue == String {
            let words = value[name]?.array?.compactMap { $0.string.flatMap(Word.init(rawValue:)) } ?? []
            return words.isEmpty ? nil : words
        }
        filter.status = list("status").map { .init($0) }
        filter.priority = list("priority").map { .init($0) }
        filter.source = list("source").map { .init($0) }
        filter.isEscalated = value["escalated"]?.bool
        filter.isOverdue = value["overdue"]?.bool
        filter.isResponded = value["answered"]?.bool
        if let isAssigned = value["assigned"]?.bool, filter.agent == nil { filter.agent = isAssigned ? .present : .missing }
        filter.text = value["text"]?.string?.trimmed.nilIfEmpty
        let (from, to) = (try moment(value["from"]), try moment(value["to"]))
        if from != nil || to != nil {
            if let from, let to, from >= to { throw Fault(text: "from must be before to") }
            let field = value["time_field"]?.string.flatMap(SupportPeriod.Field.init(rawValue:)) ?? .created
            let phrase = [from.map { "from \(DayText.text($0))" }, to.map { "before \(DayText.text($0))" }].compactMap { $0 }.joined(
                separator: " ")
            filter.set(SupportPeriod(field, from: from, to: to, phrase: phrase))
        }
        var query = SupportQuery(
            measure == .rows ? operation : operation == .group ? .group : .aggregate, measure == .satisfaction ? .ratings : .tickets, filter
        )
        query.measure = measure
        if measure.isDuration { query.statistic = value["statistic"]?.string.flatMap(SupportQuery.Statistic.init(rawValue:)) ?? .median }
        query.limit = value["limit"]?.integer.map(Int.init)
        switch query.operation {
        case .group:
            guard let key = value["by"]?.string.flatMap(SupportQuery.Key.init(rawValue:)) else { throw Fault(text: "a group needs by") }
            query.keys = [key]
            query.isDescending = value["order"]?.string != "oldest"
        case .list:
            query.order = .created
            query.isDescending = value["order"]?.string != "oldest"
        default: query.limit = nil
        }
        return query
    }

    struct Fault: Error, Equatable {
        var text: String
    }

    private static func moment(_ value: JSONValue?) throws(Fault) -> Date? {
        guard let text = value?.string?.trimmed.nilIfEmpty else { return nil }
        guard let date = Day(text)?.start ?? Date(rfc3339: text) else {
            throw Fault(text: "write times as 2026-03-31 or 2026-03-31T10:00:00Z")
        }
        return date
    }
}
