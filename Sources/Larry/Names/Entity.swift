import Domain

/// Something of the workspace that a question names.
struct Entity: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case account, agent, contact, group, tag, type, status
    }

    var kind: Kind
    /// Of a status its number; 0 for tags and types.
    var id: Int64
    /// As it is written.
    var name: String

    /// The word a clarification adds behind the name.
    var kindWord: String {
        switch kind {
        case .account: "account"
        case .agent: "agent"
        case .contact: "contact"
        case .group: "group"
        case .tag: "tag"
        case .type: "type"
        case .status: "status"
        }
    }
}

/// Where a question names something, and what it may be: more than one is a question back.
struct NameHit: Equatable, Sendable {
    var range: Range<Int>
    var entities: [Entity]
    /// Read as a misspelling.
    var isFuzzy = false
}
