package import Domain
import Foundation
import Matching
package import Store

/// Orphans of one e-mail domain, and what can be done about them.
package struct OrphanDomain: Sendable, Equatable {
    /// What stands between the domain and an account.
    package enum Standing: Sendable, Equatable {
        /// One firm's domain that no account has. An account made from it would be called so; `near` have a similar name.
        case free(name: String, near: [MatchCandidate])
        /// It proves nothing, so that no account may be made from it: free mail and the like. A sentence without a full stop.
        case shared(String)
        /// Several accounts have it, or ones that come near. A sentence without a full stop, and these accounts.
        case contested(String, [MatchCandidate])
        /// The requesters have no e-mail address.
        case missing
    }

    /// What a firm registers, or its host on a platform; empty without an address.
    package var domain: String
    package var tickets: Int
    package var unresolved: Int
    /// Who wrote them.
    package var requesters: [ID<Contact>]
    package var standing: Standing

    /// Orphans by domain: most tickets first, then by name.
    package static func groups(of senders: [OrphanStore.Sender], _ setup: MatchSetup) -> [OrphanDomain] {
        let reader = OrphanReader(setup)
        var groups: [String: OrphanDomain] = [:]
        for sender in senders {
            let domain = sender.email.flatMap(DomainName.init(ofEmail:))
            let key = domain.map(reader.key) ?? ""
            var group =
                groups[key]
                ?? OrphanDomain(
                    domain: key, tickets: 0, unresolved: 0, requesters: [], standing: domain.map(reader.standing) ?? .missing)
            group.tickets += sender.tickets
            group.unresolved += sender.unresolved
            if let id = sender.id { group.requesters.append(id) }
            groups[key] = group
        }
        return groups.values.map { group in
            var group = group
            group.requesters.sort()
            return group
        }.sorted { ($1.tickets, $0.domain) < ($0.tickets, $1.domain) }
    }

    /// What a domain is to this workspace; nil for a text that is no domain.
    package static func standing(of text: String, _ setup: MatchSetup) -> (domain: String, standing: Standing)? {
        let reader = OrphanReader(setup)
        return DomainName(cleaning: text).map { (reader.key($0), reader.standing($0)) }
    }
}

/// Asks the rules about e-mail domains.
private struct OrphanReader {
    let index: MatchIndex
    let shared: SharedDomains
    let names: [ID<Account>: String]

    init(_ setup: MatchSetup) {
        index = setup.index()
        shared = setup.shared
        names = Dictionary(setup.accounts.map { ($0.id, $0.name) }) { first, _ in first }
    }

    /// What of the domain is one firm's: sub-domains of one registrable domain go together.
    func key(_ domain: DomainName) -> String { shared.owned([domain.host]).first ?? domain.registrable ?? domain.site }

    func standing(_ domain: DomainName) -> OrphanDomain.Standing {
        if let reason = shared.reason(for: domain) { return .shared(reason.sentence(domain)) }
        switch index.match(email: "x@\(domain.host)") {
        case .ambiguous(let ambiguity): return .contested(ambiguity.reason, ambiguity.candidates)
        case .matched(let match): return .contested("An account has the domain since", [candidate(match)])
        case .none: break
        }
        let name = Self.name(of: domain)
        let moment = Date(timeIntervalSince1970: 0)
        switch index.match(Company(id: 1, name: name, domains: [key(domain)], createdAt: moment, updatedAt: moment)) {
        case .matched(let match): return .free(name: name, near: [candidate(match)])
        case .ambiguous(let ambiguity): return .free(name: name, near: Array(ambiguity.candidates.prefix(2)))
        case .none: return .free(name: name, near: [])
        }
    }

    private func candidate(_ match: Match) -> MatchCandidate {
        MatchCandidate(
            account: Named(id: match.accountID, name: names[match.accountID] ?? ""), confidence: match.confidence, evidence: match.evidence)
    }

    /// `Quagga Kayaks` of `quagga-kayaks.example`.
    private static func name(of domain: DomainName) -> String {
        domain.brandLabel.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }
}
