import Domain

/// Sentences about names, without a full stop.
enum NameWords {
    /// Two names are equal; tells what had to be left aside.
    static func equal(_ company: NameForm, _ account: NameForm, account named: Named<Account>) -> String {
        let isOther = account.written.trimmed != named.name.trimmed
        let dropped = company.full == account.full ? [] : company.dropped + account.dropped.filter { !company.dropped.contains($0) }
        let aside = dropped.isEmpty ? "" : " after dropping \(list(dropped))"
        return isOther
            ? "The name \(company.written.clipped) is another name of \(named.name.clipped)\(aside)"
            : "The names are equal\(aside): \(named.name.clipped)"
    }

    /// "A, B and C"; of more than four, "A, B, C and 4 more".
    static func list(_ accounts: [Named<Account>]) -> String { list(accounts.map(\.name)) }

    private static func list(_ texts: [String]) -> String {
        let names = texts.map(\.clipped)
        if names.count > 4 { return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" }
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
