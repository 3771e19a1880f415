import Foundation

extension PortalAnswer {
    /// What an answer other than 200 and 429 means; nil for 2xx.
    func failure(host: String, path: String) -> Failing? {
        switch status {
        case 200..<300: return nil
        case 401:
            return .final(.invalidCredentials(message: words.message ?? "Freshdesk did not accept the API key."))
        case 403:
            return .final(forbidden)
        case 404, 410:
            return .final(.notFound(path: "/api/v2/" + path))
        case 408:
            return .transient(TransportFault(.timeout, "\(host) gave up waiting for the request."))
        case 500...:
            return .transient(TransportFault(.status(status), "\(host) answered with \(status)."))
        case 300..<400:
            let description = "\(host) answered with a redirect, which is not followed. Check the address of the portal."
            return .final(.rejected(status: status, description: description, errors: []))
        default:
            let words = words
            let description = [words.description, words.message].compactMap { $0 }.joined(separator: ". ")
            return .final(.rejected(status: status, description: description, errors: words.errors))
        }
    }

    enum Failing {
        case final(FreshdeskError)
        case transient(TransportFault)
    }

    private var forbidden: FreshdeskError {
        let words = words
        let message = words.message ?? words.description ?? "Freshdesk does not allow this API key to read it."
        if let code = words.code, ["account_suspended", "password_lockout", "password_expired"].contains(code) {
            return .accountClosed(code: code, message: message)
        }
        return .forbidden(code: words.code, message: message)
    }

    /// The words of an error body in either of its shapes (facts 17–20); nothing when it is not JSON.
    private var words: (code: String?, message: String?, description: String?, errors: [FreshdeskError.FieldError]) {
        guard let json = try? JSONObject(body) else { return (nil, nil, nil, []) }
        let errors = json.objects("errors").prefix(20).map { entry in
            FreshdeskError.FieldError(field: entry.short("field"), message: entry.short("message"), code: entry.short("code"))
        }
        return (json.short("code"), json.short("message"), json.short("description"), Array(errors))
    }
}

extension JSONObject {
    /// Upstream words go into sentences: bounded, never empty.
    fileprivate func short(_ key: String) -> String? {
        guard let text = string(key), !text.isEmpty else { return nil }
        return String(text.prefix(500))
    }
}
