import Domain

/// One rule of the order in which matching decides. Layers are tried one after the other; the first that does not pass
/// has decided, and a layer may decide that a person must.
protocol MatchLayer: Sendable {
    func decide(_ subject: MatchSubject) -> LayerDecision
}

enum LayerDecision: Equatable {
    case matched(Match)
    case ambiguous(Ambiguity)
    /// Nothing to say; the sentence tells why in case no later layer decides either.
    case pass(reason: String)
}

/// What is being matched, with its domains read once for all layers.
struct MatchSubject: Sendable {
    enum Source: Sendable { case company, email }

    let source: Source
    /// As written; empty for an e-mail address.
    let name: String
    /// Nil for a name that names nobody.
    let form: NameForm?
    /// In the order typed, the primary domain first.
    let domains: [DomainReading]
    /// What the company carries in the field that the workspace has named.
    var externalID: String?

    var keys: [DomainKey] { domains.compactMap(\.key) }
}
