/// Surveys and ratings, classic and new.
extension Portal {
    func surveyList(_ call: Call) throws -> Answer {
        let parameters = try Parameters(call, allowed: ["state"])
        let state = try parameters.word("state", known: ["active"])
        try requireSurveys()
        var writer = JSONWriter()
        writer.array { writer in
            for isActive in [false, true] where state == nil || isActive {
                Surveys.write(isActive: isActive, created: world.start - 900 * Moment.day, into: &writer)
            }
        }
        return Answer.json(writer)
    }

    func ratingList(_ call: Call) throws -> Answer {
        let parameters = try Parameters(call, allowed: ["created_since", "user_id"])
        let page = try parameters.page()
        let since = try parameters.moment("created_since")
        let userID = try parameters.id("user_id")
        try requireSurveys()
        let ratings =
            faults.has(.newCSAT)
            ? []
            : world.ratings.filter { rating in
                (since.map { rating.createdAt >= $0 } ?? true) && (userID == nil || rating.userID == userID) && visible(rating)
            }
        let (part, more) = page.cut(ratings)
        let rows = rows(for: call)
        var writer = JSONWriter(capacity: 32_768)
        writer.array { writer in
            for rating in part { rows.rating(rating, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func ticketRatings(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: []).page()
        try requireSurveys()
        guard let id, let ticket = world.ticket(id), sees(ticket) else { throw Refusal.missing }
        let rows = rows(for: call)
        var writer = JSONWriter()
        writer.array { writer in
            for rating in world.ratings where rating.ticketID == id { rows.rating(rating, into: &writer) }
        }
        return Answer.json(writer)
    }

    /// The newer module's two lists (fact 188); absent unless the portal was moved to it.
    func newSatisfaction(_ call: Call, _ path: [String]) throws -> Answer {
        guard faults.has(.newCSAT), path.first == "surveys" else { throw Refusal.missing }
        let parameters = try Parameters(call, allowed: ["next_token", "created_since"])
        let page = try parameters.page()
        let next = Int(parameters["next_token"] ?? "") ?? 0
        var writer = JSONWriter()
        switch path.count {
        case 1:
            writer.object { writer in
                writer.arrayMember("data") { writer in
                    writer.object { writer in
                        writer.member("id", String(Surveys.activeID))
                        writer.member("title", Surveys.title)
                        writer.member("active", true)
                    }
                }
            }
        case 3 where path[2] == "responses":
            let start = min(max(0, next), world.ratings.count)
            let end = min(start + page.size, world.ratings.count)
            writer.object { writer in
                writer.arrayMember("data") { writer in
                    for rating in world.ratings[start..<end] { Surveys.writeResponse(rating, into: &writer) }
                }
                writer.objectMember("paging") { writer in
                    writer.member("next", end < world.ratings.count ? "next_token=\(end)" : nil)
                    writer.nullMember("previous")
                }
            }
        default: throw Refusal.missing
        }
        return Answer.json(writer)
    }

    private func requireSurveys() throws(Refusal) {
        if faults.has(.csat403) { throw Refusal.feature("Surveys") }
    }

    private func visible(_ rating: SatisfactionRating) -> Bool {
        guard faults.has(.scope) else { return true }
        return world.ticket(rating.ticketID).map(sees) ?? false
    }
}

/// The portal's two surveys: the default one, switched off, and the one in use.
enum Surveys {
    static let activeID: Int64 = 70_000_084_490
    static let speedQuestionID: Int64 = 70_000_084_816
    static let title = "How did we do"

    static func write(isActive: Bool, created: Moment, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", isActive ? activeID : activeID - 45_303)
            writer.member("title", isActive ? title : "Default Survey")
            writer.member("active", isActive)
            writer.member("created_at", created)
            writer.member("updated_at", created + (isActive ? 40 : 20) * Moment.day)
            writer.arrayMember("questions") { writer in
                question(
                    "default_question", "How satisfied are you with our support?", [103, 102, 101, 100, -101, -102, -103], true, &writer)
                if isActive { question("question_\(speedQuestionID)", "Was it fast enough?", [103, 100, -103], false, &writer) }
            }
        }
    }

    private static func question(_ id: String, _ label: String, _ ratings: [Int64], _ isDefault: Bool, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("label", label)
            writer.member("accepted_ratings", ratings)
            if isDefault { writer.member("default", true) }
        }
    }

    static func writeResponse(_ rating: SatisfactionRating, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", String(rating.id))
            writer.member("survey_id", String(activeID))
            writer.member("ticket_id", String(rating.ticketID))
            writer.member("user_id", String(rating.userID))
            writer.member("created_at", rating.createdAt)
            writer.member("updated_at", rating.updatedAt)
            writer.arrayMember("answers") { writer in
                writer.object { writer in
                    writer.member("question_id", "default_question")
                    writer.member("question_text", "How satisfied are you with our support?")
                    writer.member("value", String(rating.rating))
                }
            }
            writer.member("comment", rating.feedback)
        }
    }
}
