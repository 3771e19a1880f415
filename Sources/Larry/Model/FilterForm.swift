import Domain
import Foundation
import LanguageModel

/// `SupportFilter` as a model fills it in: closed lists, times as days, and names by the codes that were handed out for them.
enum FilterForm {
    /// - Parameter isStrict: lists every member as required, as endpoints demand that bind a model to a schema; null says nothing then.
    static func schema(isStrict: Bool) -> JSONValue {
        QueryTool.object(
            [
                "names": list(.object(["type": "string", "maxLength": 10])), "status": words(TicketStatus.self),
                "not_status": words(TicketStatus.self), "priority": words(TicketPriority.self), "not_priority": words(TicketPriority.self),
                "source": words(TicketSource.self), "escalated": flag, "overdue": flag, "assigned": flag, "answered": flag,
                "of_an_account": flag, "rated": flag, "rating": words(Sentiment.self), "text": text(100),
                "message_kind": words(ConversationKind.self),
                "incoming": flag, "time_field": QueryTool.maybe(QueryTool.words(SupportPeriod.Field.self)), "from": text(30), "to": text(30)
            ], required: [], isStrict)
    }

    private static let flag = QueryTool.maybe(.object(["type": "boolean"]))

    private static func text(_ most: Int64) -> JSONValue { QueryTool.maybe(.object(["type": "string", "maxLength": .integer(most)])) }

    private static func list(_ item: JSONValue) -> JSONValue {
        QueryTool.maybe(.object(["type": "array", "items": item, "maxItems": 10]))
    }

    private static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> JSONValue where Word.RawValue == String {
        list(QueryTool.words(type))
    }

    /// - Parameter value: fits the schema.
    static func filter(
        _ value: JSONValue?, known: [String: Entity], in zone: CivilZone
    ) throws(QueryTool.Fault) -> SupportFilter {
        var filter = SupportFilter()
        guard let value, value != .null else { return filter }
        for code in value["names"]?.array?.compactMap(\.string) ?? [] {
            guard let entity = known[code] else {
                throw QueryTool.Fault(text: "the code \(code.prefix(10)) was not given by \(QueryTool.findName)")
            }
            filter.unite(with: part(entity))
        }
        filter.status = try choice(value, "status")
        filter.priority = try choice(value, "priority")
        filter.source = QueryTool.list(value["source"]).map { .init($0) }
        filter.sentiment = QueryTool.list(value["rating"]).map { .init($0) }
        filter.kind = QueryTool.list(value["message_kind"]).map { .init($0) }
        filter.isIncoming = value["incoming"]?.bool
        filter.isEscalated = value["escalated"]?.bool
        filter.isOverdue = value["overdue"]?.bool
        filter.isResponded = value["answered"]?.bool
        filter.isMatched = value["of_an_account"]?.bool
        filter.isRated = value["rated"]?.bool
        if let isAssigned = value["assigned"]?.bool, filter.agent == nil { filter.agent = isAssigned ? .present : .missing }
        filter.text = value["text"]?.string?.trimmed.nilIfEmpty
        let (from, to) = (try moment(value["from"], zone), try moment(value["to"], zone))
        guard from != nil || to != nil else { return filter }
        if let from, let to, from >= to { throw QueryTool.Fault(text: "from must be before to") }
        let field = value["time_field"]?.string.flatMap(SupportPeriod.Field.init(rawValue:)) ?? .created
        let phrase = [from.map { "from \(DayText.text($0, in: zone))" }, to.map { "before \(DayText.text($0, in: zone))" }].compactMap {
            $0
        }
        filter.set(SupportPeriod(field, from: from, to: to, phrase: phrase.joined(separator: " ")))
        return filter
    }

    /// What a filter says of one thing that has a name.
    static func part(_ entity: Entity) -> SupportFilter {
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
        return part
    }

    /// The values of `name`, or those of `not_name` negated.
    private static func choice<Word: RawRepresentable & Hashable & Sendable>(
        _ value: JSONValue, _ name: String
    ) throws(QueryTool.Fault) -> SupportFilter.Choice<Word>? where Word.RawValue == String {
        let (wanted, unwanted): ([Word]?, [Word]?) = (QueryTool.list(value[name]), QueryTool.list(value["not_" + name]))
        if wanted != nil, unwanted != nil { throw QueryTool.Fault(text: "give \(name) or not_\(name), not both") }
        return wanted.map { .init($0) } ?? unwanted.map { .init($0, isNegated: true) }
    }

    private static func moment(_ value: JSONValue?, _ zone: CivilZone) throws(QueryTool.Fault) -> Date? {
        guard let text = value?.string?.trimmed.nilIfEmpty else { return nil }
        guard let date = Day(text).map({ zone.start(of: $0) }) ?? Date(rfc3339: text) else {
            throw QueryTool.Fault(text: "write times as 2026-03-31 or 2026-03-31T10:00:00Z")
        }
        return Moments(now: date).now
    }
}
