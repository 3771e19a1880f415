package import Foundation

/// Which rows a question is about: the closed list of filters that Larry knows. Every part is optional; all that are set must hold.
///
/// What `TicketQuery` can say is executed as one (`ticketQuery`), so that a figure and the Tickets page cannot disagree.
package struct SupportFilter: Codable, Hashable, Sendable {
    /// Tickets by id; nil = any.
    package var ticket: [Int64]?
    package var account: References?
    /// The assigned agent.
    package var agent: References?
    /// The requester.
    package var contact: References?
    package var group: References?
    package var status: Choice<TicketStatus>?
    /// The portal's own status numbers, for labels such as “Waiting on Customer”.
    package var statusCode: Choice<Int>?
    package var priority: Choice<TicketPriority>?
    package var source: Choice<TicketSource>?
    package var type: Choice<String>?
    package var tag: Choice<String>?
    /// Words to find in subject, description, thread and requester, as the Tickets page searches.
    package var text: String?
    /// Belongs to an account.
    package var isMatched: Bool?
    /// An agent has answered.
    package var isResponded: Bool?
    /// Freshdesk's own mark, or a tag escalated or escalation.
    package var isEscalated: Bool?
    /// Unresolved and due before now.
    package var isOverdue: Bool?
    package var isRated: Bool?
    /// How the customer rated.
    package var sentiment: Choice<Sentiment>?
    /// Of conversations.
    package var kind: Choice<ConversationKind>?
    /// Of conversations: from the customer.
    package var isIncoming: Bool?
    /// Of conversations: the agent who wrote it.
    package var author: References?
    package var periods: [SupportPeriod]?

    package init() {}

    package typealias Choice<Value: Hashable & Sendable> = TicketQuery.AnyOf<Value>

    /// Things by id, or none at all.
    package struct References: Codable, Hashable, Sendable {
        package var ids: [Int64]
        package var includesNone: Bool
        package var isNegated: Bool

        package init(_ ids: [Int64], includesNone: Bool = false, isNegated: Bool = false) {
            self.ids = ids
            self.includesNone = includesNone
            self.isNegated = isNegated
        }

        package static let missing = References([], includesNone: true)
        package static let present = References([], includesNone: true, isNegated: true)
    }

    package var isEmpty: Bool { self == SupportFilter() }

    /// Sets the period of a field, in place of any other on the same field.
    package mutating func set(_ period: SupportPeriod) {
        periods = (periods ?? []).filter { $0.field != period.field } + [period]
    }

    package func period(of field: SupportPeriod.Field) -> SupportPeriod? { periods?.first { $0.field == field } }
}

/// A half-open interval on one of a row's moments.
package struct SupportPeriod: Codable, Hashable, Sendable {
    package enum Field: String, Codable, Hashable, Sendable, CaseIterable {
        case created, resolved, updated, due
        /// When a rating was given.
        case rated
        /// When a conversation was written.
        case sent
    }

    package var field: Field
    /// Included.
    package var from: Date?
    /// Excluded.
    package var to: Date?
    /// The interval in words, such as “in the last 30 days”.
    package var phrase: String

    package init(_ field: Field, from: Date?, to: Date?, phrase: String) {
        self.field = field
        self.from = from
        self.to = to
        self.phrase = phrase
    }
}

extension SupportFilter {
    /// The part of the filter that the Tickets page knows, and whether that is all of it.
    package var ticketQuery: (query: TicketQuery, isWhole: Bool) {
        var query = TicketQuery()
        query.account = account.flatMap(Self.references)
        query.agent = agent.flatMap(Self.references)
        query.requester = contact.flatMap(Self.references)
        query.group = group.flatMap(Self.references)
        (query.status, query.priority, query.source, query.type, query.tag) = (status, priority, source, type, tag)
        query.search = text
        if let isMatched { query.match = .init([.matched], isNegated: !isMatched) }
        if let isRated { query.csat = .init([.none], isNegated: isRated) }
        if let sentiment {
            let states = sentiment.values.compactMap { TicketQuery.RatingState(rawValue: $0.rawValue) }
            // “Not positive” speaks of rated tickets only.
            query.csat =
                sentiment.isNegated
                ? .init(Sentiment.allCases.filter { !sentiment.values.contains($0) }.compactMap { .init(rawValue: $0.rawValue) })
                : .init(states)
        }
        var isWhole =
            ticket == nil && statusCode == nil && isResponded == nil && isEscalated == nil && isOverdue == nil && kind == nil
            && isIncoming == nil && author == nil
        for period in periods ?? [] {
            let interval = TicketQuery.Period.interval(from: period.from, to: period.to)
            switch period.field {
            case .created: query.created = interval
            case .updated: query.updated = interval
            case .resolved: query.resolved = interval
            case .rated, .sent, .due: isWhole = false
            }
        }
        return (query, isWhole)
    }

    private static func references<Subject>(_ references: References) -> TicketQuery.AnyOf<TicketQuery.Reference<Subject>>? {
        let values = references.ids.map { TicketQuery.Reference<Subject>.id(ID($0)) } + (references.includesNone ? [.none] : [])
        return values.isEmpty ? nil : .init(values, isNegated: references.isNegated)
    }
}
