import Domain

/// What a word or phrase of the lexicon means.
enum Slot: Hashable, Sendable {
    /// The rows asked about: tickets, conversations, ratings.
    case rows(SupportQuery.Subject)
    /// A noun by which rows can be grouped: accounts, agents, groups …
    case noun(SupportQuery.Key)
    case status(TicketStatus)
    /// Open or pending, custom statuses included.
    case unresolved
    case priority(TicketPriority)
    case source(TicketSource)
    case flag(Flag, Bool)
    case sentiment(Sentiment)
    case kind(ConversationKind)
    case incoming(Bool)
    case measure(SupportQuery.Measure)
    case statistic(SupportQuery.Statistic)
    /// A verb that says which moment a time speaks of.
    case verb(SupportPeriod.Field)
    /// Somebody worked on it: assigned, handled, owned.
    case handled
    case cue(Cue)
    /// More than, at least, fewer than …
    case than(SupportQuery.Having.Comparison)
    case detail(SupportQuery.Detail)
    /// per day, weekly …
    case bucket(SupportQuery.Key)
    /// Something Larry has no data on; what is missing.
    case missing(String)
    case pronoun(Pronoun)
    case filler

    enum Flag: String, Hashable, Sendable {
        case escalated, overdue, assigned, responded, matched, rated
    }

    enum Pronoun: Hashable, Sendable {
        /// them, those, it
        case rows
        /// that agent, her
        case agent
        /// that account, their
        case account
    }

    enum Cue: String, Hashable, Sendable {
        case howMany, which, who, what, list, latest, oldest, most, fewest, per, trend, compare, share, when, isThere, fastest, slowest
        case best, worst, longest, about, text, tagged, negation, none, any, followUp, help, overview, or, waiting, urgency, fixate, had,
            soon
        /// Up or down against the time before.
        case change
    }
}
