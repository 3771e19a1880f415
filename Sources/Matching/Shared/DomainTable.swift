import Domain

/// A list of domains that says how old it is.
struct DomainTable: Sendable {
    let head: TableHead
    let domains: Set<String>

    /// - Parameter file: domains between white space, lower-case A-labels.
    init(_ file: TableFile) {
        head = file.head
        domains = Set(file.lines.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) })
    }

    init(_ domains: Set<String>) {
        head = TableHead()
        self.domains = domains
    }

    var name: String { head.name }
    var dated: Day { head.dated }

    /// How many days old the list is on `day`.
    func age(on day: Day) -> Int { day.number - dated.number }

    /// The longest entry that `host` equals or lies under.
    func entry(above host: String) -> String? {
        var rest = Substring(host)
        while true {
            let candidate = String(rest)
            if domains.contains(candidate) { return candidate }
            guard let dot = rest.firstIndex(of: ".") else { return nil }
            rest = rest[rest.index(after: dot)...]
        }
    }
}

extension DomainTable {
    /// Mail for everybody: web mail and the mailboxes that come with an internet connection. Some of these firms may be a
    /// customer themselves (`mail.com`, `zoho.com`, `sky.com`), so an entry means "not sufficient", never "ignored".
    static var freeMail: DomainTable { MatchingTables.current.freeMail }
    /// Mailboxes made to be thrown away.
    static var disposable: DomainTable { MatchingTables.current.disposable }
    /// Hosts that give every customer a name of its own below theirs: `acme.zendesk.com` is Acme's, `zendesk.com` nobody's.
    /// The public suffix list has many such hosts in its private part already; these are the ones it lacks, or lacked in the
    /// list that Debian 12 installs.
    static var tenantPlatforms: DomainTable { MatchingTables.current.tenantPlatforms }
    /// Hosts where customers are told apart by the path alone, or not at all: no host of theirs belongs to anybody.
    static var pathPlatforms: DomainTable { MatchingTables.current.pathPlatforms }
}
