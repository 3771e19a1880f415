import Domain
import Foundation
package import Store

/// Where notices may be sent: an https address, or plain http on this machine for an installation that is itself on this machine.
package struct NoticeAddress: Sendable {
    package let url: Secret
    package let host: String

    private static let longest = 2_000

    /// - Parameter mayBeLocal: whether the installation's own public address is loopback.
    /// - Throws: `invalid` with a sentence.
    package init(typed: String, mayBeLocal: Bool) throws {
        let text = typed.trimmed
        func refused(_ message: String) -> Failure {
            Failure(.invalid, code: "bad_url", message, fields: [.init("url", message, code: "bad_url")])
        }
        guard !text.isEmpty, text.utf8.count <= Self.longest, let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty
        else { throw refused("Enter the webhook's address, such as https://hooks.slack.com/services/…") }
        guard parts.user == nil, parts.password == nil else { throw refused("The address must not hold a user name or password.") }
        let isLocal = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
        switch parts.scheme?.lowercased() {
        case "https": break
        case "http" where isLocal && mayBeLocal: break
        default: throw refused("The address must begin with https://.")
        }
        url = Secret(text)
        self.host = host
    }

    /// Whether an installation's public address is on this machine alone.
    package static func isLocal(publicURL: String) -> Bool {
        guard let host = URLComponents(string: publicURL)?.host else { return false }
        return ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host)
    }
}
