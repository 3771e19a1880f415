package import Foundation

/// A customer of the workspace. Freshdesk's companies are matched to accounts.
package struct Account: Sendable, Equatable {
    package var id: ID<Account>
    package var name: String
    /// As typed, in the order typed; the first is the primary one. `Matching` cleans them.
    package var domains: [String]
    /// Other names the customer goes by.
    package var aliases: [String]
    /// The key of the workspace's own CRM, when there is one.
    package var externalID: String?
    /// Keys of accounts that were merged into this one; each still means this account.
    package var furtherExternalIDs: [String]
    package var ownerEmail: String?
    /// Annual recurring revenue in the workspace's currency.
    package var arr: Decimal?
    package var renewalDate: Day?
    package var tags: [String]
    package var createdAt: Date
    package var updatedAt: Date

    package init(
        id: ID<Account>, name: String, domains: [String] = [], aliases: [String] = [], externalID: String? = nil,
        furtherExternalIDs: [String] = [], ownerEmail: String? = nil, arr: Decimal? = nil, renewalDate: Day? = nil, tags: [String] = [],
        createdAt: Date, updatedAt: Date
    ) {
        self.id = id
        self.name = name
        self.domains = domains
        self.aliases = aliases
        self.externalID = externalID
        self.furtherExternalIDs = furtherExternalIDs
        self.ownerEmail = ownerEmail
        self.arr = arr
        self.renewalDate = renewalDate
        self.tags = tags
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What a person types or uploads to make or change an account.
package struct AccountDraft: Sendable, Equatable {
    package var name: String
    package var domains: [String]
    package var aliases: [String]
    package var externalID: String?
    package var ownerEmail: String?
    package var arr: Decimal?
    package var renewalDate: Day?
    package var tags: [String]

    package init(
        name: String, domains: [String] = [], aliases: [String] = [], externalID: String? = nil,
        ownerEmail: String? = nil, arr: Decimal? = nil, renewalDate: Day? = nil, tags: [String] = []
    ) {
        self.name = name
        self.domains = domains
        self.aliases = aliases
        self.externalID = externalID
        self.ownerEmail = ownerEmail
        self.arr = arr
        self.renewalDate = renewalDate
        self.tags = tags
    }

    /// Longest accepted name, domain, alias or tag, in characters.
    package static let longestText = 200
    /// Most domains, aliases or tags an account may have.
    package static let mostEntries = 100

    /// The draft with white space trimmed and empty or repeated entries dropped; throws `invalid` with one field for each fault.
    package func validated() throws -> AccountDraft {
        var draft = self
        draft.name = name.trimmed
        draft.domains = domains.trimmedAndUnique
        draft.aliases = aliases.trimmedAndUnique
        draft.tags = tags.trimmedAndUnique
        draft.externalID = externalID?.trimmed.nilIfEmpty
        draft.ownerEmail = ownerEmail?.trimmed.nilIfEmpty

        var faults: [Failure.Field] = []
        if draft.name.isEmpty { faults.append(.init("name", "Give the account a name.", code: "missing")) }
        let texts = [("name", [draft.name]), ("domains", draft.domains), ("aliases", draft.aliases), ("tags", draft.tags)]
        for (field, values) in texts {
            if values.contains(where: { $0.count > Self.longestText }) {
                faults.append(.init(field, "Use at most \(Self.longestText) characters.", code: "too_long"))
            }
            if values.count > Self.mostEntries {
                faults.append(.init(field, "Use at most \(Self.mostEntries) entries.", code: "too_many"))
            }
        }
        if let email = draft.ownerEmail, !email.contains("@") {
            faults.append(.init("owner_email", "This is not an e-mail address."))
        }
        if let arr, arr < 0 { faults.append(.init("arr", "Use a number that is not negative.")) }
        guard faults.isEmpty else {
            throw Failure(.invalid, faults.count == 1 ? faults[0].message : "Some fields need attention.", fields: faults)
        }
        return draft
    }
}

/// An account with the numbers a list of accounts shows.
package struct AccountSummary: Sendable, Equatable {
    package var account: Account
    package var openTickets: Int
    package var urgentTickets: Int
    package var unresolvedTickets: Int
    package var lastTicketAt: Date?

    package init(account: Account, openTickets: Int, urgentTickets: Int, unresolvedTickets: Int, lastTicketAt: Date?) {
        self.account = account
        self.openTickets = openTickets
        self.urgentTickets = urgentTickets
        self.unresolvedTickets = unresolvedTickets
        self.lastTicketAt = lastTicketAt
    }
}

extension String {
    /// Without white space and line ends around it.
    package var trimmed: String {
        // Nearly every text that comes by is trimmed already, and Foundation's search for it is slow.
        if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) { return self }
        return trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
    package var nilIfEmpty: String? { isEmpty ? nil : self }
}

extension [String] {
    /// Trimmed, without empty entries and without repetitions, in the order given.
    package var trimmedAndUnique: [String] {
        var seen: Set<String> = []
        return map(\.trimmed).filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}
