import Domain
import Foundation

/// A JSON value whose members keep the order they were given in.
///
/// Answers are built from it and not by synthesised `Encodable`: the API writes nulls where synthesis leaves members out, keeps
/// 64-bit ids and decimals exact, and embeds a ticket's custom fields as they are.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case decimal(Decimal)
    case double(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    struct Member: Sendable, Equatable {
        var name: String
        var value: JSON
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral
{
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements.map(Member.init)) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(stringLiteral value: String) { self = .string(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
}

// MARK: Making

extension JSON {
    static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
    static func number(_ value: Int?) -> JSON { value.map { .integer(Int64($0)) } ?? .null }
    static func number(_ value: Double?) -> JSON { value.map(JSON.double) ?? .null }
    static func number(_ value: Decimal?) -> JSON { value.map(JSON.decimal) ?? .null }
    static func id<Subject>(_ value: ID<Subject>?) -> JSON { value.map { .integer($0.rawValue) } ?? .null }
    static func time(_ value: Date?) -> JSON { value.map { .string($0.rfc3339) } ?? .null }
    static func day(_ value: Day?) -> JSON { value.map { .string($0.description) } ?? .null }
    static func texts(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }
    /// `null` for a missing value, else what `shape` makes of it.
    static func optional<Value>(_ value: Value?, _ shape: (Value) -> JSON) -> JSON { value.map(shape) ?? .null }
    static func list<Value>(_ values: [Value], _ shape: (Value) -> JSON) -> JSON { .array(values.map(shape)) }
    static func named<Subject>(_ value: Named<Subject>?) -> JSON {
        value.map { ["id": .id($0.id), "name": .string($0.name)] } ?? .null
    }

    /// The object with more members after its own; anything else unchanged.
    func adding(_ more: KeyValuePairs<String, JSON>) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + more.map(Member.init))
    }
}

// MARK: Looking

extension JSON {
    /// The member of this name; nil when it is missing or this is no object.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    var elements: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}

extension JSON.Member {
    fileprivate init(_ pair: (key: String, value: JSON)) { self.init(name: pair.key, value: pair.value) }
}
