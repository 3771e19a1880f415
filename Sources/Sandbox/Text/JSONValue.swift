import Foundation

/// A JSON value of a control request's body, read leniently: a number may come as a string and the other way round.
enum JSONValue: Sendable, Decodable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// Reads a body; an empty one is the empty object, nil when it is no JSON.
    static func read(_ body: [UInt8]) -> JSONValue? {
        body.isEmpty ? .object([:]) : try? JSONDecoder().decode(JSONValue.self, from: Data(body))
    }

    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    var text: String? {
        switch self {
        case .string(let text): text
        case .integer(let integer): String(integer)
        default: nil
        }
    }

    var int64: Int64? {
        switch self {
        case .integer(let integer): integer
        case .string(let text): Int64(text)
        default: nil
        }
    }

    var int: Int? { int64.flatMap(Int.init(exactly:)) }

    var bool: Bool? {
        switch self {
        case .bool(let bool): bool
        case .string("true"): true
        case .string("false"): false
        default: nil
        }
    }

    var isNull: Bool {
        if case .null = self { true } else { false }
    }

    var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    var members: [String: JSONValue]? {
        guard case .object(let members) = self else { return nil }
        return members
    }
}

extension JSONValue {
    /// Writes the value; members in alphabetical order, `do` first, so that an event reads as it is meant.
    func write(into writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .bool(let bool): writer.value(bool)
        case .integer(let integer): writer.value(integer)
        case .number(let number): writer.raw(Array("\(number)".utf8))
        case .string(let text): writer.value(text)
        case .array(let elements):
            writer.array { writer in
                for element in elements { element.write(into: &writer) }
            }
        case .object(let members):
            writer.object { writer in
                for (key, value) in members.sorted(by: { ($0.key == "do" ? "" : $0.key) < ($1.key == "do" ? "" : $1.key) }) {
                    writer.key(key)
                    value.write(into: &writer)
                }
            }
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(Dictionary(elements) { $1 }) }

    init(_ id: Int64) { self = .integer(id) }
    init(_ number: Int) { self = .integer(Int64(number)) }
    init(_ text: String) { self = .string(text) }
}
