import Domain
import Foundation

/// The form in which people's addresses are stored and looked up.
enum EmailAddress {
    /// The longest address that mail can be sent to (RFC 5321's path limit).
    static let longest = 254

    /// `text` trimmed and in lower case. Throws `invalid` for the field `email` unless it has one `@` with something on either side.
    static func folded(_ text: String) throws -> String {
        let email = text.trimmed.lowercased()
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        let isOdd = email.unicodeScalars.contains { $0.properties.isWhitespace || CharacterSet.controlCharacters.contains($0) }
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), email.utf8.count <= longest, !isOdd else {
            let message = "This is not an e-mail address."
            throw Failure(.invalid, message, fields: [.init("email", message)])
        }
        return email
    }
}
