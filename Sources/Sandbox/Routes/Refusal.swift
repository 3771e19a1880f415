/// A request the portal does not serve, in the shapes of section 1.3.
struct Refusal: Error, Sendable {
    let status: Int
    let body: [UInt8]
    var headers: [(name: String, value: String)] = []

    struct Field: Sendable {
        let field: String
        let message: String
        let code: String
    }

    /// 400 with one entry for each field (fact 17).
    static func invalid(_ fields: [Field]) -> Refusal {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("description", "Validation failed")
            writer.arrayMember("errors") { writer in
                for field in fields {
                    writer.object { writer in
                        writer.member("field", field.field)
                        writer.member("message", field.message)
                        writer.member("code", field.code)
                    }
                }
            }
        }
        return Refusal(status: 400, body: writer.bytes)
    }

    static func invalid(_ field: String, _ message: String, _ code: String = "invalid_value") -> Refusal {
        invalid([Field(field: field, message: message, code: code)])
    }

    static func unexpected(_ field: String) -> Refusal {
        invalid(field, "Unexpected/invalid field in request", "invalid_field")
    }

    /// The top-level shape of 401, 403 and their like (facts 18–20).
    static func plain(_ status: Int, code: String, message: String) -> Refusal {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("code", code)
            writer.member("message", message)
        }
        return Refusal(status: status, body: writer.bytes)
    }

    static let unauthorized = plain(401, code: "invalid_credentials", message: "You have to be logged in to perform this action.")
    static let forbidden = plain(403, code: "access_denied", message: "You are not authorized to perform this action.")
    /// 404 has no body (fact 22).
    static let missing = Refusal(status: 404, body: [])
    static let wrongMethod = Refusal(status: 405, body: [], headers: [("Allow", "GET")])
    static let wrongAccept = plain(406, code: "not_acceptable", message: "Only JSON is served here.")
    static let suspended = plain(403, code: "account_suspended", message: "Your account has been suspended.")

    static func feature(_ feature: String) -> Refusal {
        plain(
            403, code: "require_feature",
            message: "The \(feature) feature(s) is/are not supported in your plan. Please upgrade your account to use it.")
    }

    var answer: Answer {
        var answer = Answer(status: status, headers: headers, body: body)
        if !body.isEmpty { answer.headers.append(("Content-Type", Answer.jsonType)) }
        return answer
    }
}
