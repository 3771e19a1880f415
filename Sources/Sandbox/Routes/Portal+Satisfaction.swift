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
