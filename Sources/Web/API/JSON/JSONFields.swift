import Domain
import Foundation

/// The members of a request's body, read one by one. Everything that is wrong is collected, so that one answer names all of it.
struct JSONFields: Sendable {
    private let members: [String: JSON]
    private var known: Set<String> = []
    private var faults: [Failure.Field] = []

    init(_ members: [JSON.Member]) {
        self.members = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// Whether the caller named the member at all, null included.
    func has(_ name: String) -> Bool { members[name] != nil }

    /// Throws `invalid` with a field for each fault and each member that nobody asked for.
    func finish() throws {
        let unknown = members.keys.filter { !known.contains($0) }.sorted().map {
            Failure.Field($0, "There is no field called “\($0.prefix(40))”.", code: "unknown_field")
        }
        let all = faults + unknown
        guard let first = all.first else { return }
        throw Failure(.invalid, all.count == 1 ? first.message : "Some fields need attention.", fields: all)
    }

    mutating func note(_ name: String, _ message: String, code: String = "invalid") {
        faults.append(Failure.Field(name, message, code: code))
    }

    // MARK: Values; nil when missing, null or wrong

    mutating func text(_ name: String) -> String? {
        switch value(name) {
        case nil: return nil
        case .string(let text): return text
        default:
            note(name, "Use a text.", code: "wrong_type")
            return nil
        }
    }

    /// As `text`; a missing, null or empty one is a fault.
    mutating func requiredText(_ name: String) -> String {
        let isAbsent = value(name) == nil
        let text = text(name)
        if isAbsent || text?.trimmed.isEmpty == true { note(name, "This field is needed.", code: "missing") }
        return text ?? ""
    }

    mutating func texts(_ name: String) -> [String]? {
        guard let value = value(name) else { return nil }
        let texts = value.elements?.compactMap(\.text)
        guard let texts, texts.count == value.elements?.count else {
            note(name, "Use a list of texts.", code: "wrong_type")
            return nil
        }
        return texts
    }

    mutating func bool(_ name: String) -> Bool? {
        switch value(name) {
        case nil: return nil
        case .bool(let value): return value
        default:
            note(name, "Use true or false.", code: "wrong_type")
            return nil
        }
    }

    mutating func integer(_ name: String) -> Int? {
        switch value(name) {
        case nil: return nil
        case .integer(let value): return Int(value)
        default:
            note(name, "Use a whole number.", code: "wrong_type")
            return nil
        }
    }

    /// An id as a number or a string.
    mutating func id<Subject>(_ name: String) -> ID<Subject>? {
        let id: ID<Subject>? =
            switch value(name) {
            case nil: nil
            case .integer(let value) where value > 0: ID(value)
            case .string(let text): ID(text)
            default: nil
            }
        if id == nil, value(name) != nil { note(name, "Use an id: a positive number, or the same as a text.", code: "wrong_type") }
        return id
    }

    /// A number, or the same as a text.
    mutating func decimal(_ name: String) -> Decimal? {
        let decimal: Decimal? =
            switch value(name) {
            case .integer(let value): Decimal(value)
            case .decimal(let value): value
            case .string(let text) where Self.isPlainDecimal(text): Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
            default: nil
            }
        if decimal == nil, value(name) != nil { note(name, "Use a number such as 1200.50.", code: "wrong_type") }
        return decimal
    }

    mutating func day(_ name: String) -> Day? {
        let day = value(name)?.text.flatMap(Day.init)
        if day == nil, value(name) != nil { note(name, "Use a day such as 2026-03-31.", code: "wrong_type") }
        return day
    }

    /// The member unless it is missing or null; asking for it makes it a known one.
    private mutating func value(_ name: String) -> JSON? {
        known.insert(name)
        let value = members[name]
        return value == .null ? nil : value
    }

    private static func isPlainDecimal(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 40 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
    }
}
