package import Foundation

/// What the rows say to a `SupportQuery`.
package struct SupportResult: Sendable, Equatable {
    /// One group, bucket or side.
    package struct Row: Sendable, Equatable, Codable {
        /// The group's name, the bucket's first day, the side's label.
        package var key: String
        package var id: Int64?
        /// The second key's name, when there are two keys.
        package var second: String?
        /// Nil where nothing could be measured.
        package var value: Double?
        /// Rows behind the value.
        package var sample: Int

        package init(key: String, id: Int64?, second: String? = nil, value: Double?, sample: Int) {
            self.key = key
            self.id = id
            self.second = second
            self.value = value
            self.sample = sample
        }
    }

    /// Somebody in a list of accounts, agents or contacts.
    package struct Member: Sendable, Equatable, Codable {
        package var id: Int64
        package var name: String

        package init(id: Int64, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// The figure: a count, milliseconds turned into seconds, or percent; nil where there is nothing to measure.
    package var value: Double?
    /// Rows behind the figure.
    package var sample: Int
    /// Of a list, however much of it is here; of groups, those that qualify before a limit.
    package var total: Int
    package var rows: [Row] = []
    /// Of a list, at most `SupportQuery.longestList`.
    package var tickets: [TicketSummary] = []
    package var members: [Member] = []
    /// The beginning of the only ticket's first message, when its content is asked for. Hostile text.
    package var firstMessage: String?

    package init(value: Double? = nil, sample: Int = 0, total: Int = 0) {
        self.value = value
        self.sample = sample
        self.total = total
    }
}

/// The words of a workspace that a question may use: who and what has a name there.
package struct SupportNames: Sendable, Equatable {
    package struct AccountName: Sendable, Equatable {
        package var id: Int64
        package var name: String
        package var aliases: [String]
        package var domains: [String]
        /// The e-mail address of the member who looks after it.
        package var owner: String?

        package init(id: Int64, name: String, aliases: [String], domains: [String], owner: String? = nil) {
            self.id = id
            self.name = name
            self.aliases = aliases
            self.domains = domains
            self.owner = owner
        }
    }

    package struct PersonName: Sendable, Equatable {
        package var id: Int64
        package var name: String
        package var email: String?

        package init(id: Int64, name: String, email: String?) {
            self.id = id
            self.name = name
            self.email = email
        }
    }

    package var accounts: [AccountName] = []
    package var agents: [PersonName] = []
    package var groups: [PersonName] = []
    package var tags: [String] = []
    package var types: [String] = []
    /// The workspace's.
    package var zone = CivilZone.utc
    /// The portal's statuses that are not one of the four groups' own labels.
    package var statuses: [StatusLabel] = []

    package init() {}
}

/// How far the rows reach.
package struct SupportCoverage: Sendable, Equatable {
    /// End of the last sync; nil before the first.
    package var syncedAt: Date?
    /// Resolved tickets last updated before this were not copied; nil = everything was.
    package var from: Date?

    package init(syncedAt: Date?, from: Date?) {
        self.syncedAt = syncedAt
        self.from = from
    }
}
