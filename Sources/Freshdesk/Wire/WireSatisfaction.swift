package import Foundation

/// A satisfaction rating of a ticket (facts 180–185).
package struct WireSatisfactionRating: WireRecord, Equatable {
    package var id: Int64
    package var surveyID: Int64?
    package var ticketID: Int64?
    /// The requester, or whoever made the rating.
    package var userID: Int64?
    package var agentID: Int64?
    package var groupID: Int64?
    /// The comment, often added after the click.
    package var feedback: String?
    /// The value of `default_question`: 103 … −103, or 1–3 of classic surveys (fact 182).
    package var rating: Int?
    /// All answers by question id.
    package var answers: [String: Int]
    package var createdAt: Date?
    package var updatedAt: Date?

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        surveyID = json.int("survey_id")
        ticketID = json.int("ticket_id")
        userID = json.int("user_id")
        agentID = json.int("agent_id")
        groupID = json.int("group_id")
        feedback = json.string("feedback")
        var answers: [String: Int] = [:]
        if let ratings = json.object("ratings") {
            for key in ratings.orderedKeys { answers[key] = ratings.code(key) }
        }
        self.answers = answers
        rating = answers["default_question"]
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
    }
}

/// A survey and the scale it uses (facts 179, 183).
package struct WireSurvey: WireRecord, Equatable {
    package struct Question: Equatable, Sendable {
        /// `default_question` or `question_<n>`.
        package var id: String
        package var label: String?
        package var acceptedRatings: [Int]
        package var isDefault: Bool
    }

    package var id: Int64
    package var title: String?
    /// Nil where the portal does not say.
    package var isActive: Bool?
    package var questions: [Question]
    package var createdAt: Date?
    package var updatedAt: Date?

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        title = json.string("title")
        isActive = json.bool("active")
        questions = json.objects("questions").compactMap { question in
            question.string("id").map {
                Question(
                    id: $0, label: question.string("label"), acceptedRatings: question.ints("accepted_ratings").map(Int.init),
                    isDefault: question.bool("default") ?? ($0 == "default_question"))
            }
        }
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
    }
}
