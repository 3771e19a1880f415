import Foundation

/// Where one Freshdesk portal lives: a validated subdomain put into the template of `CLYNTO_FRESHDESK_URL`.
///
/// Every request and every link is built from `baseURL` alone, and the subdomain holds only letters, digits and hyphens,
/// so no request can leave the template's host whatever a person types.
package struct PortalAddress: Sendable, Hashable {
    /// A subdomain or a template that cannot be used; `message` is a sentence for the person who typed it.
    package struct Invalid: Error, Equatable, CustomStringConvertible {
        package let message: String
        package var description: String { message }
    }

    /// Where portals are unless the setting says otherwise (fact 1).
    package static let defaultTemplate = "https://{subdomain}.freshdesk.com"
    private static let placeholder = "{subdomain}"

    package let subdomain: String
    /// Scheme, host, port and path prefix, without a trailing slash: a double slash is a 400 upstream (fact 3).
    package let baseURL: String
    /// Host of `baseURL` without the port, for sentences.
    package let host: String

    /// - Parameters:
    ///   - typed: `acme`, `acme.freshdesk.com` or a pasted address such as `https://acme.freshdesk.com/a/tickets?x`.
    ///   - template: an `http` or `https` address; `{subdomain}` is optional and stands in the host or in the path.
    package init(typed: String, template: String = PortalAddress.defaultTemplate) throws(Invalid) {
        subdomain = try PortalAddress.subdomain(from: typed)
        (baseURL, host) = try PortalAddress.fill(template, with: subdomain)
    }

    /// The ticket's page in Freshdesk itself, such as `https://acme.freshdesk.com/a/tickets/1234`.
    package func ticketURL(_ id: Int64) -> String {
        "\(baseURL)/a/tickets/\(id)"
    }

    /// Refuses a template that could not serve, so that a wrong setting stops the start instead of the first sync.
    package static func validate(template: String) throws(Invalid) {
        _ = try fill(template, with: "acme")
    }

    private static func subdomain(from typed: String) throws(Invalid) -> String {
        var name = typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        if let scheme = name.range(of: "://") { name = String(name[scheme.upperBound...]) }
        name = String(name.prefix { !"/?#:".contains($0) })
        while name.hasSuffix(".") { name.removeLast() }
        if name.hasSuffix(".freshdesk.com") { name.removeLast(".freshdesk.com".count) }
        if name.isEmpty {
            throw Invalid(message: "Enter your Freshdesk subdomain, for example acme for acme.freshdesk.com.")
        }
        // Freshdesk's API does not answer on a portal's own domain (fact 2), so a name with dots is never right.
        if name.contains(".") {
            throw Invalid(
                message: "Use the name before .freshdesk.com, for example acme. Freshdesk does not answer its API on a custom domain.")
        }
        let letters = name.utf8
        let isPlain = letters.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard isPlain, letters.count <= 63, letters.first != 45 else {
            throw Invalid(message: "A Freshdesk subdomain holds only letters, digits and hyphens, for example acme.")
        }
        return name
    }

    private static func fill(_ template: String, with subdomain: String) throws(Invalid) -> (url: String, host: String) {
        var text = template.trimmingCharacters(in: .whitespacesAndNewlines)
        while text.hasSuffix("/") { text.removeLast() }
        guard let scheme = text.range(of: "://"), ["http", "https"].contains(text[..<scheme.lowerBound].lowercased()) else {
            throw Invalid(message: "CLYNTO_FRESHDESK_URL must begin with http:// or https://.")
        }
        if text.contains("?") || text.contains("#") || text.contains("@") || text.contains("\\") || text.contains(where: \.isWhitespace) {
            throw Invalid(message: "CLYNTO_FRESHDESK_URL holds only scheme, host, port and path.")
        }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" }
        // A placeholder at the end of the host would let the typed name choose the whole machine.
        if authority.contains(placeholder), !authority.contains(placeholder + ".") {
            throw Invalid(message: "In CLYNTO_FRESHDESK_URL, {subdomain} must be followed by a domain, as in {subdomain}.freshdesk.com.")
        }
        let filled = text.replacingOccurrences(of: placeholder, with: subdomain)
        guard let url = URL(string: filled), let host = url.host(), !host.isEmpty, !filled.contains("{"), !filled.contains("}") else {
            throw Invalid(message: "CLYNTO_FRESHDESK_URL is not an address.")
        }
        return (filled, host)
    }
}
