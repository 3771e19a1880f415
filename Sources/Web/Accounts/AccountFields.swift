import Domain
import Foundation

/// What somebody typed into an account's form, kept as typed so that a refused form can be shown again.
struct AccountFields: Sendable, Equatable {
    var name = ""
    /// One a line, or separated by commas or semicolons.
    var domains = ""
    var aliases = ""
    var externalID = ""
    var ownerEmail = ""
    var arr = ""
    var renewalDate = ""
    /// Separated by commas.
    var tags = ""

    init() {}

    init(_ account: Account) {
        name = account.name
        domains = account.domains.joined(separator: "\n")
        aliases = account.aliases.joined(separator: "\n")
        externalID = account.externalID ?? ""
        ownerEmail = account.ownerEmail ?? ""
        arr = account.arr.map { "\($0)" } ?? ""
        renewalDate = account.renewalDate?.description ?? ""
        tags = account.tags.joined(separator: ", ")
    }

    /// From a posted form; fields that are not there stay empty.
    init(_ items: [(name: String, value: String)]) {
        func value(_ name: String) -> String { items.first { $0.name == name }?.value ?? "" }
        name = value("name")
        domains = value("domains")
        aliases = value("aliases")
        externalID = value("external_id")
        ownerEmail = value("owner_email")
        arr = value("arr")
        renewalDate = value("renewal_date")
        tags = value("tags")
    }

    /// The draft that the fields mean, and a fault for each that cannot be read. The draft is not validated yet.
    func draft() -> (draft: AccountDraft, faults: [Failure.Field]) {
        var faults: [Failure.Field] = []
        let (sum, day) = (arr.trimmed, renewalDate.trimmed)
        let amount = Self.amount(sum)
        if !sum.isEmpty && amount == nil { faults.append(.init("arr", "Write a plain number such as 120000 or 99.50.")) }
        let renewal = Day(day)
        if !day.isEmpty && renewal == nil { faults.append(.init("renewal_date", "Write a day as YYYY-MM-DD, such as 2027-03-31.")) }
        let draft = AccountDraft(
            name: name, domains: Self.entries(domains, at: ",;\n\r"), aliases: Self.entries(aliases, at: ";\n\r"), externalID: externalID,
            ownerEmail: ownerEmail, arr: amount, renewalDate: renewal, tags: Self.entries(tags, at: ",;\n\r"))
        return (draft, faults)
    }

    /// A name may hold a comma, so aliases are separated by lines or semicolons only.
    private static func entries(_ text: String, at separators: Set<Character>) -> [String] {
        text.split { separators.contains($0) || $0.isNewline }.map(String.init).trimmedAndUnique
    }

    private static func entries(_ text: String, at separators: String) -> [String] { entries(text, at: Set(separators)) }

    /// Digits with at most one full stop; the minus sign is read so that validation can refuse it in its own words.
    private static func amount(_ text: String) -> Decimal? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), digits.count <= 20,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }
}
