package import Domain
import Foundation

/// What one merge moved: enough to move it back.
package struct MergeRecord: Sendable, Codable {
    /// The accounts before, and the kept one after.
    var before: KeptAccount
    var gone: KeptAccount
    var after: KeptAccount
    /// Companies that people had attached to the account that is gone.
    package var decided: [Int64]
    /// Companies that the merge itself had to attach, because the rules would have let them go.
    package var pinned: [Int64] = []
    package var grounds: [Grounds]

    /// What a decision was made on, before and after the merge.
    package struct Grounds: Sendable, Codable {
        var company: Int64
        var before: String
        var after: String

        package var companyID: ID<Company> { ID(company) }
    }

    package init(before: Account, gone: Account, after: Account, decided: [ID<Company>], grounds: [Grounds]) {
        self.before = KeptAccount(before)
        self.gone = KeptAccount(gone)
        self.after = KeptAccount(after)
        self.decided = decided.map(\.rawValue)
        self.grounds = grounds
    }

    package var accountBefore: Account { before.account }
    package var accountGone: Account { gone.account }
    package var accountAfter: Account { after.account }

    /// An account as text.
    struct KeptAccount: Codable, Sendable {
        var id: Int64, name: String, domains: [String], aliases: [String], externalID: String?, furtherExternalIDs: [String]
        var ownerEmail: String?, arr: String?, renewalDate: String?, tags: [String], createdAt: Int64, updatedAt: Int64

        init(_ account: Account) {
            id = account.id.rawValue
            name = account.name
            domains = account.domains
            aliases = account.aliases
            externalID = account.externalID
            furtherExternalIDs = account.furtherExternalIDs
            ownerEmail = account.ownerEmail
            arr = account.arr.map { "\($0)" }
            renewalDate = account.renewalDate?.description
            tags = account.tags
            createdAt = account.createdAt.milliseconds
            updatedAt = account.updatedAt.milliseconds
        }

        var account: Account {
            Account(
                id: ID(id), name: name, domains: domains, aliases: aliases, externalID: externalID,
                furtherExternalIDs: furtherExternalIDs, ownerEmail: ownerEmail,
                arr: arr.flatMap { Decimal(string: $0, locale: Locale(identifier: "en_US_POSIX")) },
                renewalDate: renewalDate.flatMap { Day($0) }, tags: tags, createdAt: Date(milliseconds: createdAt),
                updatedAt: Date(milliseconds: updatedAt))
        }
    }
}
