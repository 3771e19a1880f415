package import Domain

/// A list of domains that says how old it is.
package struct DomainTable: Sendable {
    /// As people read it: "free mail".
    package let name: String
    /// The day the list was last gone through.
    package let dated: Day
    /// Where the entries come from.
    package let source: String
    package let licence: String
    package let domains: Set<String>

    /// - Parameters:
    ///   - dated: `YYYY-MM-DD`.
    ///   - lines: domains between white space, lower-case A-labels.
    init(
        name: String, dated: String, source: String = "compiled by hand from the providers' own pages",
        licence: String = "facts; Apache-2.0",
        lines: String
    ) {
        self.name = name
        self.source = source
        self.licence = licence
        // A mistyped day reads as 1970 and so shows up as a very old table rather than as a fresh one.
        self.dated = Day(dated) ?? Day(number: 0)
        domains = Set(lines.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// How many days old the list is on `day`.
    package func age(on day: Day) -> Int { day.number - dated.number }

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
