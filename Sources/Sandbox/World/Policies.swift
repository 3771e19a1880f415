/// How the portal answers where nobody public has pinned Freshdesk down (facts marked unknown; S8). A mirror has to be right
/// under every setting.
package struct SandboxPolicies: Sendable, Equatable {
    /// In which order tickets of equal `updated_at` come (Q3).
    package enum TieOrder: String, Sendable, CaseIterable {
        case ascending, descending, shuffled
    }

    /// Which of the two names of the contacts' and companies' filter is accepted (fact 88).
    package enum SinceParameter: String, Sendable, CaseIterable {
        case both, plain, underscored
    }

    package var noteEditMovesTicket = false
    package var noteDeleteMovesTicket = false
    package var trashMovesTicket = false
    package var contactMergeMovesTicket = false
    package var companyDeleteMovesTicket = false
    package var companyDeleteMovesContact = false
    package var ratingMovesTicket = false
    package var tagRenameMovesTicket = false
    package var groupDeleteMovesTicket = false
    package var dueFillMovesTicket = false
    package var updatedSinceIsInclusive = true
    package var tieOrder = TieOrder.ascending
    package var sinceParameter = SinceParameter.both
    /// The credits measured on a live account instead of the documented ones (fact 47).
    package var measuredCredits = false
    package var slidingWindow = false
    /// `GET /tickets/:id` of a trashed ticket: 404 instead of 200 with `deleted` (fact 140).
    package var trashedTicketIsMissing = false
    package var searchShowsTrash = false
    /// Seconds until search notices a change (fact 166).
    package var searchLag = 120
    /// Seconds until the due dates of a new ticket are filled in (fact 120).
    package var dueFillDelay = 3
    /// New ids for the messages a ticket merge moves (fact 157).
    package var mergeRenumbersConversations = false

    package init() {}
}

extension SandboxPolicies {
    /// Sets one policy by its snake_case name.
    ///
    /// - Throws: `SandboxError` naming the known policies, or the values one of them takes.
    mutating func set(_ name: String, to value: JSONValue) throws {
        if let flag = SandboxPolicies.flags[name] {
            guard let bool = value.bool else { throw SandboxError("The policy “\(name)” is true or false.") }
            self[keyPath: flag] = bool
            return
        }
        switch name {
        case "tie_order": tieOrder = try SandboxPolicies.word(name, value)
        case "since_parameter": sinceParameter = try SandboxPolicies.word(name, value)
        case "search_lag": searchLag = try SandboxPolicies.seconds(name, value)
        case "due_fill_delay": dueFillDelay = try SandboxPolicies.seconds(name, value)
        default:
            let known = SandboxPolicies.flags.keys.sorted() + ["due_fill_delay", "search_lag", "since_parameter", "tie_order"]
            throw SandboxError("There is no policy “\(name)”. Known: \(known.joined(separator: ", ")).")
        }
    }

    private static var flags: [String: WritableKeyPath<SandboxPolicies, Bool>] {
        [
            "note_edit_moves_ticket": \.noteEditMovesTicket,
            "note_delete_moves_ticket": \.noteDeleteMovesTicket,
            "trash_moves_ticket": \.trashMovesTicket,
            "contact_merge_moves_ticket": \.contactMergeMovesTicket,
            "company_delete_moves_ticket": \.companyDeleteMovesTicket,
            "company_delete_moves_contact": \.companyDeleteMovesContact,
            "rating_moves_ticket": \.ratingMovesTicket,
            "tag_rename_moves_ticket": \.tagRenameMovesTicket,
            "group_delete_moves_ticket": \.groupDeleteMovesTicket,
            "due_fill_moves_ticket": \.dueFillMovesTicket,
            "updated_since_is_inclusive": \.updatedSinceIsInclusive,
            "measured_credits": \.measuredCredits,
            "sliding_window": \.slidingWindow,
            "trashed_ticket_is_missing": \.trashedTicketIsMissing,
            "search_shows_trash": \.searchShowsTrash,
            "merge_renumbers_conversations": \.mergeRenumbersConversations
        ]
    }

    private static func word<Word: RawRepresentable & CaseIterable>(_ name: String, _ value: JSONValue) throws -> Word
    where Word.RawValue == String {
        guard let word = value.text.flatMap(Word.init(rawValue:)) else {
            let known = Word.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
            throw SandboxError("The policy “\(name)” is one of \(known).")
        }
        return word
    }

    private static func seconds(_ name: String, _ value: JSONValue) throws -> Int {
        guard let seconds = value.int, seconds >= 0 else { throw SandboxError("The policy “\(name)” is a number of seconds.") }
        return seconds
    }
}
