import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Keeps other sites from sending forms in a visitor's name: the form's token, and the `Origin` that browsers add.
struct ForgeryCheck: Sendable {
    let site: Site

    /// Whether a request may change something and so has to be checked.
    static func concerns(_ request: Request) -> Bool {
        request.method != .get && request.method != .head && request.method != .options
    }

    /// Throws `forbidden` when the browser says that another site sent the request.
    ///
    /// Browsers add `Origin` to every POST and `Sec-Fetch-Site` to everything; what sends neither is no browser and has nobody's cookies
    /// but its own.
    func requireOwnOrigin(_ request: Request) throws {
        if let origin = request.headers[.origin] {
            guard origin.lowercased() == Self.origin(of: site.publicURL) else { throw foreign(origin) }
        } else if let place = request.headers[.fetchSite], place != "same-origin", place != "none" {
            throw foreign(place)
        }
    }

    private func foreign(_ place: String) -> Failure {
        Failure(
            .forbidden, code: "foreign_origin",
            "This was sent from another address than Clynto's own. Open \(site.publicURL) and try again.",
            cause: "from \(place.prefix(200))")
    }

    /// Throws `forbidden` unless `token` is the session's.
    static func require(_ token: String?, of session: Session) throws {
        guard let token, session.accepts(csrf: token) else {
            throw Failure(.forbidden, code: "stale_form", "This form is out of date. Go back, reload the page and send it again.")
        }
    }

    /// Throws `forbidden` unless the form's token is the one in the visitor's cookie. For forms before signing in.
    static func require(_ token: String?, cookie: String?) throws {
        guard let token, let cookie, !cookie.isEmpty, isSame(token, cookie) else {
            throw Failure(
                .forbidden, code: "stale_form", "This form is out of date, or your browser keeps no cookies. Reload the page and try again."
            )
        }
    }

    /// Compared in a time that depends on the lengths alone.
    private static func isSame(_ first: String, _ second: String) -> Bool {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        guard first.count == second.count else { return false }
        return zip(first, second).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Scheme, host and port of an address as browsers print an origin: lower case, without a default port.
    static func origin(of address: String) -> String {
        let lowercased = address.lowercased()
        guard let scheme = lowercased.range(of: "://") else { return lowercased }
        let authority = lowercased[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isSecure = lowercased.hasPrefix("https:")
        let plain = authority.hasSuffix(isSecure ? ":443" : ":80") ? authority.dropLast(isSecure ? 4 : 3) : authority
        return String(lowercased[..<scheme.upperBound]) + plain
    }
}
