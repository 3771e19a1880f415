/// One entry of a ticket's thread after its description (facts 144–157).
struct Conversation: Sendable {
    /// What was said, which decides `source`, `category`, `incoming` and `private` (facts 150–152).
    enum Kind: UInt8, Sendable {
        case customerReply, agentReply, privateNote, publicNote, customerNote, forward, forwardReply, surveyFeedback
        case botGreeting, chatMessage, automationNote, autoReply, colleagueReply
    }

    /// What a derived text is for; the scenario has sentences for each.
    enum Stage: UInt8, Sendable {
        case ask, answer, note, update, fix, thanks, nudge, holding, forward, forwardAnswer, feedback, greeting, outOfOffice
        case reopen, closing, escalation, opening, mention, given
    }

    let id: Int64
    var kind: Kind
    var stage: Stage
    /// The agent or contact who wrote it; nil for bots.
    var authorID: Int64?
    var createdAt: Moment
    var lastEditedAt: Moment?
    var lastEditedBy: Int64?
    /// HTML given by a control request; nil when the text is derived.
    var body: String?
    var hasAttachment = false
    /// Addresses the mail bounced from; learnt later, without any timestamp moving (fact 128).
    var failedEmails: [String] = []

    var isIncoming: Bool {
        switch kind {
        case .customerReply, .customerNote, .surveyFeedback, .autoReply, .forwardReply, .colleagueReply: true
        case .chatMessage: stage == .opening || stage == .answer || stage == .thanks
        default: false
        }
    }

    var isPrivate: Bool {
        switch kind {
        case .privateNote, .forward, .forwardReply, .automationNote: true
        default: false
        }
    }

    /// The documented and observed conversation source (fact 150).
    var source: Int {
        switch kind {
        case .customerReply, .agentReply, .autoReply, .forwardReply, .colleagueReply: 0
        case .privateNote, .publicNote, .customerNote, .automationNote: 2
        case .surveyFeedback: 6
        case .forward: 8
        case .botGreeting: 15
        case .chatMessage: 20
        }
    }

    /// The undocumented category (fact 151).
    var category: Int {
        switch kind {
        case .customerReply, .customerNote, .autoReply, .colleagueReply: 1
        case .privateNote, .forward, .automationNote: 2
        case .agentReply, .publicNote: 3
        case .botGreeting: 5
        case .forwardReply: 6
        case .surveyFeedback: 7
        case .chatMessage: isIncoming ? 1 : 3
        }
    }
}

/// A customer's verdict (facts 179–187).
struct SatisfactionRating: Sendable {
    let id: Int64
    var ticketID: Int64
    var userID: Int64
    var agentID: Int64?
    var groupID: Int64?
    /// −103…103 without the numbers between −100 and 100.
    var rating: Int
    /// The verdict on the second question, when it was answered.
    var speed: Int?
    var feedback: String?
    var createdAt: Moment
    var updatedAt: Moment
}
