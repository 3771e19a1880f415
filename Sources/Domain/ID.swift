/// The id of one kind of thing: a 64-bit integer that cannot be mistaken for the id of another kind.
///
/// Ids of synced things are Freshdesk's own and may exceed 2^53 (fact 57), so they are never a `Double`.
package struct ID<Subject>: Hashable, Sendable, RawRepresentable, ExpressibleByIntegerLiteral {
    package var rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
    package init(_ rawValue: Int64) { self.rawValue = rawValue }
    package init(integerLiteral value: Int64) { self.rawValue = value }
}

extension ID: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension ID: LosslessStringConvertible {
    package init?(_ description: String) {
        guard let value = Int64(description), value > 0 else { return nil }
        self.init(value)
    }

    package var description: String { String(rawValue) }
}

extension ID: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// A thing that is referred to by id and name, as on cards, chips and links.
package struct Named<Subject>: Hashable, Sendable {
    package var id: ID<Subject>
    package var name: String

    package init(id: ID<Subject>, name: String) {
        self.id = id
        self.name = name
    }
}
