/// The one error the product's own code throws: a code for machines, a sentence for people, a cause for logs.
///
/// `Web` turns it into a page or `application/problem+json` in one place; commands print `message` and exit.
package struct Failure: Error, Equatable, Sendable {
    /// What kind of failure it is; decides the HTTP status and who has to act.
    package enum Kind: String, Sendable, CaseIterable {
        case invalid, unauthorized, forbidden, notFound, conflict, rateLimited, unavailable, `internal`
    }

    /// One thing that is wrong with one field of the input.
    package struct Field: Equatable, Sendable {
        package var name: String
        package var message: String
        package var code: String

        package init(_ name: String, _ message: String, code: String = "invalid") {
            self.name = name
            self.message = message
            self.code = code
        }
    }

    package var kind: Kind
    /// Snake-case word for machines, such as `invalid_credentials` or `different_portal`.
    package var code: String
    /// A sentence a person can act on. Never holds a secret.
    package var message: String
    package var fields: [Field]
    /// For logs only; strangers never see it.
    package var cause: String?

    package init(_ kind: Kind, code: String? = nil, _ message: String, fields: [Field] = [], cause: String? = nil) {
        self.kind = kind
        self.code = code ?? Failure.defaultCode(of: kind)
        self.message = message
        self.fields = fields
        self.cause = cause
    }

    private static func defaultCode(of kind: Kind) -> String {
        switch kind {
        case .invalid: "invalid"
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .conflict: "conflict"
        case .rateLimited: "rate_limited"
        case .unavailable: "unavailable"
        case .internal: "internal"
        }
    }
}

extension Failure: CustomStringConvertible {
    package var description: String { message }
}
