import Foundation
import Freshdesk

/// `CLYNTO_FRESHDESK_URL`: the address portals are found at, in which `{subdomain}` stands for a portal's name.
struct PortalTemplate: Sendable, Equatable {
    /// Without a trailing slash; `PortalAddress(typed:template:)` fills it.
    let text: String
    /// Whether portals are somewhere else than at Freshdesk or on this machine; people are shown a warning then.
    let isCustomPortal: Bool

    static let standard = PortalTemplate(text: PortalAddress.defaultTemplate, isCustomPortal: false)

    /// Nil unless `text` can serve as an address and is `https`, or `http` to this machine: a key never travels unencrypted.
    init?(_ text: String) {
        var text = text
        while text.last == "/" { text.removeLast() }
        do {
            try PortalAddress.validate(template: text)
        } catch {
            return nil
        }
        guard let url = WebAddress.base(text.replacing("{subdomain}", with: "acme")) else { return nil }
        let isLoopback = WebAddress.isLoopback(url)
        guard url.scheme?.lowercased() == "https" || isLoopback else { return nil }
        self.init(text: text, isCustomPortal: !isLoopback && text.lowercased() != PortalAddress.defaultTemplate)
    }

    private init(text: String, isCustomPortal: Bool) {
        self.text = text
        self.isCustomPortal = isCustomPortal
    }
}
