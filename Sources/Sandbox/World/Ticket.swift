/// A ticket as the portal keeps it: what lists filter and sort by, and how to derive the rest.
struct Ticket: Sendable {
    enum Place: Sendable, Equatable {
        case live
        case trash(since: Moment)
        case spam
        /// Purged: its id answers 404 and is never used again.
        case gone
    }

    /// Where a text comes from: derived from the seed when asked for, or given by a control request.
    enum Wording: Sendable, Equatable {
        case derived
        case given(String)
    }

    struct FirstPeople: Sendable {
        var requesterID: Int64
        var responderID: Int64?
    }

    let id: Int64
    var createdAt: Moment
    var updatedAt: Moment
    var status: Int
    var priority: Int
    var source: Int
    var requesterID: Int64
    var responderID: Int64?
    var groupID: Int64?
    var companyID: Int64?
    var productID: Int64?
    var type: String?
    var tags: [String]
    /// Position in the scenarios; what the conversation is about.
    var scenario: Int
    var subject: Wording = .derived
    /// HTML.
    var description: Wording = .derived
    /// Who wrote and who answered first, once somebody else has taken either place: words stay as they were written.
    var firstPeople: FirstPeople?
    var dueBy: Moment?
    var firstResponseDueBy: Moment?
    var isEscalated = false
    var firstResponseEscalated = false
    var stats = TicketStats()
    var place: Place = .live
    var associationType: Int?
    var associatedIDs: [Int64] = []
    /// One of the tickets Freshdesk itself puts into a new portal: its e-mail arrays are null (fact 114).
    var isSample = false
    /// The day set in the custom date field by a control request or the generator.
    var customFields = CustomFields()
    var conversations: [Conversation] = []
    var timeEntries: [TimeEntry] = []

    /// The requester in whose name derived words were written.
    var writerID: Int64 { firstPeople?.requesterID ?? requesterID }
    /// The agent who signed a ticket that began with a mail from the desk.
    var senderID: Int64? { firstPeople.map(\.responderID) ?? responderID }

    var isLive: Bool { place == .live }
    var isSpam: Bool { place == .spam }
    var isTrashed: Bool { if case .trash = place { true } else { false } }
    var isGone: Bool { place == .gone }
    var isResolved: Bool { status == 4 || status == 5 }
}

/// The `stats` embed (fact 117).
struct TicketStats: Sendable {
    var agentRespondedAt: Moment?
    var requesterRespondedAt: Moment?
    var firstRespondedAt: Moment?
    var statusUpdatedAt: Moment?
    var reopenedAt: Moment?
    var resolvedAt: Moment?
    var closedAt: Moment?
    var pendingSince: Moment?
}

/// The portal's own ticket fields, one of every kind that travels differently (fact 116).
struct CustomFields: Sendable {
    /// A dropdown.
    var area: String?
    /// A whole number.
    var affectedUsers: Int?
    /// A decimal, which arrives as a string.
    var creditAmount: String?
    /// A single line of text.
    var environment: String?
    /// A checkbox.
    var isReproduced = false
    /// A day.
    var followUpOn: String?
}

/// Time somebody booked on a ticket (fact 159). Editing it never moves the ticket (fact 126).
struct TimeEntry: Sendable {
    let id: Int64
    var agentID: Int64
    var seconds: Int
    var note: String
    var isBillable: Bool
    var createdAt: Moment
    var updatedAt: Moment
}
