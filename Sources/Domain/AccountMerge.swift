package import Foundation

/// Two accounts that are one customer: what they are together, and how to take them apart again.
package enum AccountMerge {
    /// `kept` with everything that `gone` was: its name becomes another name, its domains, names, keys and tags are added, and what
    /// `kept` has not set is taken over.
    ///
    /// Throws `invalid` when both are the same account, or together have more entries than one may have.
    package static func merged(_ kept: Account, with gone: Account, now: Date) throws -> Account {
        guard kept.id != gone.id else { throw Failure(.invalid, "An account cannot be merged with itself.") }
        var merged = kept
        merged.aliases = union(kept.aliases, [gone.name] + gone.aliases).filter { !isSame($0, kept.name) }
        merged.domains = union(kept.domains, gone.domains)
        merged.tags = union(kept.tags, gone.tags)
        merged.externalID = kept.externalID ?? gone.externalID
        merged.furtherExternalIDs = (kept.furtherExternalIDs + [gone.externalID].compactMap { $0 } + gone.furtherExternalIDs)
            .trimmedAndUnique.filter { $0 != merged.externalID }
        merged.ownerEmail = kept.ownerEmail ?? gone.ownerEmail
        merged.arr = kept.arr ?? gone.arr
        merged.renewalDate = kept.renewalDate ?? gone.renewalDate
        merged.createdAt = min(kept.createdAt, gone.createdAt)
        merged.updatedAt = now
        for (word, entries) in [("domains", merged.domains), ("other names", merged.aliases), ("tags", merged.tags)]
        where entries.count > AccountDraft.mostEntries {
            throw Failure(
                .invalid, code: "too_many",
                "Together the two accounts have \(entries.count) \(word); \(AccountDraft.mostEntries) are allowed. Remove some first."
            )
        }
        return merged
    }

    /// The account that was kept without what the merge brought: `now` is how it stands today, and what people changed since stays.
    package static func restored(_ now: Account, before: Account, merged: Account, at moment: Date) -> Account {
        func value<Value: Equatable>(_ path: KeyPath<Account, Value>) -> Value {
            now[keyPath: path] == merged[keyPath: path] ? before[keyPath: path] : now[keyPath: path]
        }
        func entries(_ path: KeyPath<Account, [String]>) -> [String] {
            let brought = Set(merged[keyPath: path]).subtracting(before[keyPath: path])
            return now[keyPath: path].filter { !brought.contains($0) }
        }
        var account = now
        account.domains = entries(\.domains)
        account.aliases = entries(\.aliases)
        account.tags = entries(\.tags)
        account.furtherExternalIDs = entries(\.furtherExternalIDs)
        account.externalID = value(\.externalID)
        account.ownerEmail = value(\.ownerEmail)
        account.arr = value(\.arr)
        account.renewalDate = value(\.renewalDate)
        account.createdAt = before.createdAt
        account.updatedAt = moment
        return account
    }

    private static func isSame(_ a: String, _ b: String) -> Bool { a.trimmed.lowercased() == b.trimmed.lowercased() }

    /// The first list's entries, and those of the second that are not there yet, whatever their case.
    private static func union(_ first: [String], _ second: [String]) -> [String] {
        var seen = Set(first.map { $0.trimmed.lowercased() })
        return first + second.filter { seen.insert($0.trimmed.lowercased()).inserted }
    }
}
