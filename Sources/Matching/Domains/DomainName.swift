/// A host name cleaned of everything people type around it.
package struct DomainName: Hashable, Sendable {
    /// Lower-case A-labels, at least two: `www.acme.com`, `xn--mnchen-3ya.de`.
    package let host: String
    /// The part a firm registers, by the public suffix list: `acme.co.uk` of `www.acme.co.uk`. Nil when the host is itself
    /// a public suffix (`co.uk`, `github.io`): such a host belongs to nobody.
    package let registrable: String?
    /// Whether a path, query or fragment followed the host. On a platform that means the host says nothing.
    package let hadPath: Bool

    /// The first usable host in `text`, which may carry a scheme, a path, quotes, an e-mail's local part, a port, white
    /// space or several domains. Nil when there is none; `fault(of:)` says why.
    package init?(cleaning text: String) {
        guard let first = Self.all(in: text).first else { return nil }
        self = first
    }

    /// The host of an e-mail address, with or without a display name. Nil when `email` has no mailbox, or holds addresses
    /// at different hosts.
    package init?(ofEmail email: String) {
        let domains = DomainPiece.pieces(of: email).filter(\.hadMailbox).compactMap(DomainName.init(piece:))
        guard let first = domains.first, domains.allSatisfy({ $0.host == first.host }) else { return nil }
        self = first
    }

    /// Every usable host in `text`, in order, each once.
    package static func all(in text: String) -> [DomainName] {
        var seen: Set<String> = []
        return DomainPiece.pieces(of: text).compactMap(DomainName.init(piece:)).filter { seen.insert($0.host).inserted }
    }

    /// What is odd about a text that should be a domain, as a sentence without a full stop, such as “localhost” has no dot;
    /// nil when every piece of it is a domain a firm can own.
    package static func fault(of text: String) -> String? {
        let pieces = DomainPiece.pieces(of: text)
        guard !pieces.isEmpty else { return DomainFault.empty.sentence(typed: text) }
        for piece in pieces {
            if case .failure(let fault) = piece.host { return fault.sentence(typed: piece.typed) }
            if let domain = DomainName(piece: piece), domain.isPublicSuffix {
                return "“\(domain.shown.clipped)” is not one firm's domain: anyone can register names under it"
            }
        }
        return nil
    }

    /// Nil when the piece holds no host.
    init?(piece: DomainPiece) {
        guard case .success(let host) = piece.host else { return nil }
        self.host = host
        registrable = PublicSuffixes.registrable(of: host)
        hadPath = piece.hadPath
    }

    package var isPublicSuffix: Bool { registrable == nil }

    /// The host without a leading `www.`, unless `www` is the registered name itself.
    package var site: String {
        host.hasPrefix("www.") && host != registrable && !isPublicSuffix ? String(host.dropFirst(4)) : host
    }

    /// The label that stands for the firm, as people read it: `acme` of `www.acme.co.uk`, `münchen` of `xn--mnchen-3ya.de`.
    /// Of a public suffix, its first label.
    package var brandLabel: String {
        let owner = registrable ?? host
        let label = String(owner.prefix { $0 != "." })
        return label.hasPrefix("xn--") ? InternationalDomain.unicode(label) ?? label : label
    }

    /// The host for sentences: decoded, and followed by its A-labels when letters other than Latin ones occur, so that a
    /// look-alike is seen to be one.
    package var shown: String { Self.shown(host) }

    static func shown(_ host: String) -> String {
        guard host.contains("xn--"), let unicode = InternationalDomain.unicode(host) else { return host }
        return unicode.unicodeScalars.allSatisfy { $0.value < 0x0250 } ? unicode : "\(unicode) (\(host))"
    }
}
