import Foundation
import Store

/// Checks shared by the settings that hold an address.
enum WebAddress {
    /// An `http` or `https` address with a host and nothing that a base address has no use for (no user, query or fragment);
    /// nil for anything else. Trailing slashes are dropped.
    static func base(_ text: String) -> URL? {
        var text = text[...]
        while text.last == "/" { text.removeLast() }
        guard !text.contains(where: \.isWhitespace), let url = URL(string: String(text)), let scheme = url.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = url.host(), !host.isEmpty,
            url.user() == nil, url.password() == nil, url.query() == nil, url.fragment() == nil,
            url.port.map({ (1...65_535).contains($0) }) ?? true
        else { return nil }
        return url
    }

    /// Like `base`, without a path: scheme, host and port alone, written as a browser writes its `Origin` header
    /// (lower case, no port where it is the scheme's own), because the two are compared.
    static func origin(_ text: String) -> URL? {
        guard let url = base(text), url.path().isEmpty, var components = URLComponents(url: url, resolvingAgainstBaseURL: false) else {
            return nil
        }
        components.scheme = components.scheme?.lowercased()
        components.encodedHost = components.encodedHost?.lowercased()
        if components.port == (components.scheme == "https" ? 443 : 80) { components.port = nil }
        return components.url
    }

    /// Whether the address can only be this machine.
    static func isLoopback(_ url: URL) -> Bool { url.host().map(NetworkAddress.isLoopback) ?? false }

    /// Where a browser on this machine finds a server that listens on `host` and `port`.
    static func local(host: String, port: Int) -> URL? {
        // Listening on every interface is no address to open.
        let isEverywhere = host == "0.0.0.0" || host == "::" || host == "[::]"
        var components = URLComponents()
        components.scheme = "http"
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        components.encodedHost = isEverywhere ? "127.0.0.1" : bare.contains(":") ? "[\(bare)]" : bare
        components.port = port
        return components.url
    }
}
