package import Foundation

/// Why a portal's answer could not be had, sorted by what has to happen next.
package enum FreshdeskError: Error, Equatable, Sendable {
    /// Why a portal could not be reached or understood.
    package enum Reason: Equatable, Sendable {
        case network, timeout, tls, dns, garbage
        /// A status of the server's own failing, such as 502.
        case status(Int)
    }

    /// One entry of a validation answer (fact 17).
    package struct FieldError: Equatable, Sendable {
        package var field: String?
        package var message: String?
        package var code: String?
    }

    /// 401: the key is wrong, reset or its agent gone.
    case invalidCredentials(message: String)
    /// 403: the key is good but may not read this, or the plan lacks it (`require_feature`, fact 20). Never a bad key (B34).
    case forbidden(code: String?, message: String)
    /// 403 of another kind: the account is suspended, locked or its password expired, so nothing can be read (fact 21).
    case accountClosed(code: String, message: String)
    /// 404: an unknown id, or a wrong subdomain when it comes from `me()` (facts 2, 22).
    case notFound(path: String)
    /// The request itself was refused: 400 and the other 4xx, or a redirect, which is never followed.
    case rejected(status: Int, description: String, errors: [FieldError])
    /// The portal kept saying 429.
    case rateLimited(until: Date)
    /// The next request is further away than the caller is ready to wait.
    case mustWait(until: Date)
    /// The portal did not answer, or not with what it should, after every attempt.
    case unavailable(Reason, message: String)

    /// A snake-case word for machines: `invalid_credentials`, `rate_limited`, `forbidden`, `network`, `timeout`, `unexpected`.
    package var code: String {
        switch self {
        case .invalidCredentials: "invalid_credentials"
        case .rateLimited, .mustWait: "rate_limited"
        case .forbidden, .accountClosed: "forbidden"
        case .unavailable(.network, _), .unavailable(.dns, _), .unavailable(.tls, _): "network"
        case .unavailable(.timeout, _): "timeout"
        case .unavailable, .notFound, .rejected: "unexpected"
        }
    }

    /// A sentence for people. It holds the portal's exact words where there are any, and never the key.
    package var message: String {
        switch self {
        case .invalidCredentials(let message), .forbidden(_, let message), .accountClosed(_, let message),
            .unavailable(_, let message):
            message
        case .notFound(let path):
            "Freshdesk has nothing at \(path)."
        case .rejected(let status, let description, let errors):
            FreshdeskError.sentence(status: status, description: description, errors: errors)
        case .rateLimited(let until), .mustWait(let until):
            "Freshdesk's request limit is used up until \(WireTime.format(until))."
        }
    }

    private static func sentence(status: Int, description: String, errors: [FieldError]) -> String {
        let details = errors.compactMap { error -> String? in
            guard let message = error.message else { return error.code }
            return error.field.map { "\($0): \(message)" } ?? message
        }
        let text = ([description] + details).filter { !$0.isEmpty }.joined(separator: ". ")
        return text.isEmpty ? "Freshdesk refused the request (\(status))." : "Freshdesk refused the request (\(status)): \(text)"
    }
}

extension FreshdeskError: CustomStringConvertible {
    package var description: String { message }
}
