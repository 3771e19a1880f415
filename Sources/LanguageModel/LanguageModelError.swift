/// Why a model gave no usable answer. `message` is a sentence for people and never holds the key.
package struct LanguageModelError: Error, Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The key is wrong, or may not use this model.
        case unauthorized
        /// No such model, or nothing at this address.
        case notFound = "not_found"
        /// The endpoint does not take this request.
        case refused
        /// The conversation is longer than the model or we allow.
        case tooLong = "too_long"
        /// Still limited when the time was over.
        case rateLimited = "rate_limited"
        /// The endpoint failed by itself.
        case unavailable
        /// It could not be reached.
        case network
        case timeout
        /// It answered with what is no answer: not its protocol, empty, too large.
        case garbage
        /// The answer does not have the form that was asked for, also after a repair.
        case wrongForm = "wrong_form"
        /// The model or its provider's filter declined.
        case declined
    }

    package var kind: Kind
    package var message: String
    /// From `Retry-After`, of `rateLimited` and `unavailable`.
    package var retryAfter: Duration?

    package init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil) {
        self.kind = kind
        self.message = message
        self.retryAfter = retryAfter
    }

    /// Whether the same request may succeed a little later.
    package var isTransient: Bool {
        switch kind {
        case .rateLimited, .unavailable, .network: true
        default: false
        }
    }
}

extension LanguageModelError: CustomStringConvertible {
    package var description: String { "\(kind.rawValue): \(message)" }
}
