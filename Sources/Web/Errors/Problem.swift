import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// What went wrong with a request, as far as a stranger may know: the one translation of errors into HTTP.
struct Problem: Sendable, Equatable {
    var status: HTTPResponse.Status
    /// Snake-case, for machines.
    var code: String
    /// A few words that are the same for every problem of this status.
    var title: String
    /// A sentence a person can act on.
    var detail: String
    var fields: [Failure.Field]
    /// For the log only.
    var cause: String?
    var headers: HTTPFields

    init(
        _ status: HTTPResponse.Status, code: String, _ detail: String, fields: [Failure.Field] = [], cause: String? = nil,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code
        self.title = Self.title(of: status)
        self.detail = detail
        self.fields = fields
        self.cause = cause
        self.headers = headers
    }

    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self.init(failure)
        case let error as HTTPError: self.init(error)
        case is NIOTooManyBytesError: self.init(.contentTooLarge, code: "too_large", "What you sent is too large.")
        case is CancellationError: self.init(Self.internal(cause: "cancelled"))
        default: self.init(Self.internal(cause: String(reflecting: error)))
        }
    }

    init(_ failure: Failure) {
        // What went wrong inside is for the log; people get a sentence that says only that.
        guard failure.kind != .internal else {
            self.init(Self.internal(cause: "\(failure.message) \(failure.cause ?? "")"))
            return
        }
        self.init(
            Self.status(of: failure), code: failure.code, failure.message, fields: failure.fields, cause: failure.cause)
    }

    private init(_ error: HTTPError) {
        let detail = error.body ?? Self.sentence(of: error.status)
        self.init(error.status, code: Self.code(of: error.status), detail, headers: error.headers)
    }

    private init(_ problem: Problem) { self = problem }

    private static func `internal`(cause: String) -> Problem {
        Problem(
            .internalServerError, code: "internal",
            "Something went wrong on our side. Nothing you entered was the cause. Try again in a moment.", cause: cause)
    }

    /// Whether somebody has to look into it.
    var isOurs: Bool { status.code == 500 }

    static func status(of failure: Failure) -> HTTPResponse.Status {
        switch failure.kind {
        case .invalid: .unprocessableContent
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .rateLimited: .tooManyRequests
        case .unavailable:
            // The portal's trouble, told apart as the contract does.
            switch failure.code {
            case "network", "unexpected": .badGateway
            case "timeout": .gatewayTimeout
            default: .serviceUnavailable
            }
        case .internal: .internalServerError
        }
    }

    private static func title(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 400: "The request cannot be read"
        case 401: "Sign in first"
        case 403: "You may not do this"
        case 404: "Not found"
        case 405: "This address does not take that method"
        case 409: "This does not fit the present state"
        case 413: "Too large"
        case 415: "This kind of content is not understood here"
        case 422: "Some of the input needs attention"
        case 429: "Too many attempts"
        case 500: "Something went wrong"
        case 501: "Not built yet"
        case 502: "The portal cannot be reached"
        case 503: "Not available just now"
        case 504: "The portal took too long"
        default: status.reasonPhrase
        }
    }

    private static func code(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 404: "not_found"
        case 405: "method_not_allowed"
        case 413: "too_large"
        case 501: "not_implemented"
        case 400: "bad_request"
        default: "http_\(status.code)"
        }
    }

    private static func sentence(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 404: "There is nothing at this address. It may have moved, or the link may be incomplete."
        case 405: "This address does not take that method."
        case 413: "What you sent is too large."
        case 501: "This part of Clynto is not built yet."
        default: "The request could not be answered: \(status.reasonPhrase)."
        }
    }
}
