/// One domain of an account, company or address, as matching understands it.
enum DomainReading: Sendable, Equatable {
    case usable(DomainKey)
    /// Proves nothing, for the reason in the sentence: shared, or no domain at all.
    case unusable(reason: String)

    /// Every piece of one entry of a `domains` list.
    static func readings(of entry: String, shared: SharedDomains) -> [DomainReading] {
        DomainPiece.pieces(of: entry).map { piece in
            switch piece.host {
            case .failure(let fault): return .unusable(reason: fault.sentence(typed: piece.typed))
            case .success:
                guard let domain = DomainName(piece: piece) else {
                    return .unusable(reason: DomainFault.noDot.sentence(typed: piece.typed))
                }
                return reading(of: domain, typed: piece.typed, shared: shared)
            }
        }
    }

    static func reading(of domain: DomainName, typed: String, shared: SharedDomains) -> DomainReading {
        switch shared.standing(of: domain) {
        case .shared(let reason): .unusable(reason: reason.sentence(domain))
        case .tenant: .usable(DomainKey(typed: typed, site: domain.site, registrable: nil))
        case .own: .usable(DomainKey(typed: typed, site: domain.site, registrable: domain.registrable))
        }
    }

    var key: DomainKey? {
        guard case .usable(let key) = self else { return nil }
        return key
    }
}

/// The three grains at which two domains can be equal.
struct DomainKey: Sendable, Hashable {
    /// As typed, lower case.
    let typed: String
    /// The cleaned host without `www.`.
    let site: String
    /// Nil for a customer's host on a platform, which is compared as itself alone.
    let registrable: String?

    var isApex: Bool { site == registrable }

    /// The label that stands for the firm, folded and without hyphens: `acme` of `www.acme.co.uk`, of `acme.zendesk.com` too.
    var label: String {
        let first = String((registrable ?? site).prefix { $0 != "." })
        let decoded = first.hasPrefix("xn--") ? InternationalDomain.unicode(first) ?? first : first
        return LetterFold.fold(decoded).plain.filter { $0 != "-" }
    }

    /// The site for sentences.
    var shown: String { DomainName.shown(site).clipped }
}
