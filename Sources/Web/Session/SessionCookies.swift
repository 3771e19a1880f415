import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The cookies of the site. With `https` their names begin with `__Host-`, so that no other host can have set them.
struct SessionCookies: Sendable {
    let isHTTPS: Bool

    var sessionName: String { prefix + "clynto_session" }
    /// The double-submit token of forms that come before signing in.
    var formName: String { prefix + "clynto_form" }
    /// What the next page is to say.
    var noticeName: String { prefix + "clynto_notice" }

    private var prefix: String { isHTTPS ? "__Host-" : "" }

    func sessionToken(of request: Request) -> Secret? {
        value(sessionName, of: request).map { Secret($0) }
    }

    func value(_ name: String, of request: Request) -> String? {
        guard let value = request.cookies[name]?.value, !value.isEmpty, value.utf8.count <= 4096 else { return nil }
        return value
    }

    /// Kept as long as a session can last at all; when it ends is the server's to say.
    func session(_ token: Secret) -> Cookie {
        cookie(sessionName, token.reveal(), maxAge: Int(SessionStore.absoluteLimit))
    }

    /// The token for a form before signing in: the one in the visitor's cookie, else a new one, which the answer has to set.
    func formToken(of request: Request) -> String {
        RequestName.accepted(value(formName, of: request)) ?? Randomness.token().reveal()
    }

    func form(_ token: String) -> Cookie { cookie(formName, token, maxAge: 86_400) }

    func notice(_ text: String) -> Cookie { cookie(noticeName, text, maxAge: 60) }

    func cleared(_ name: String) -> Cookie { cookie(name, "", maxAge: 0) }

    private func cookie(_ name: String, _ value: String, maxAge: Int) -> Cookie {
        Cookie(name: name, value: value, maxAge: maxAge, path: "/", secure: isHTTPS, httpOnly: true, sameSite: .lax)
    }
}

extension Site {
    var cookies: SessionCookies { SessionCookies(isHTTPS: isHTTPS) }
}
