import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A problem as RFC 9457's `application/problem+json`.
struct ProblemDocument: Encodable {
    struct Fault: Encodable {
        var field: String
        var message: String
        var code: String
    }

    /// There are no pages about each kind of problem, and RFC 9457 has this word for that; `code` tells them apart.
    var type = "about:blank"
    var title: String
    var status: Int
    var detail: String
    var code: String
    var requestID: String
    var errors: [Fault]?

    enum CodingKeys: String, CodingKey {
        case type, title, status, detail, code, errors
        case requestID = "request_id"
    }

    init(_ problem: Problem, requestID: String) {
        title = problem.title
        status = problem.status.code
        detail = problem.detail
        code = problem.code
        self.requestID = requestID
        errors = problem.fields.isEmpty ? nil : problem.fields.map { Fault(field: $0.name, message: $0.message, code: $0.code) }
    }

    func response(_ problem: Problem) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var headers = problem.headers
        headers[.contentType] = "application/problem+json; charset=utf-8"
        if problem.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return Response(
            status: problem.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(self))))
    }
}
