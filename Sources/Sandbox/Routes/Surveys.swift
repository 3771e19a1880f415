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
