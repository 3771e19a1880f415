import Domain
import Foundation

/// What a visitor's network address says about who it is.
package enum NetworkAddress {
    /// Whether an address or a host's name can only be this machine: `localhost` and names under it, 127.0.0.0/8, `::1`.
    package static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        // ::ffff:127.0.0.1 is an IPv4 address on an IPv6 socket.
        let plain = host.hasPrefix("::ffff:") ? String(host.dropFirst("::ffff:".count)) : host
        let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The part of an address that one subscriber holds: all of an IPv4 address, the first 64 bits of an IPv6 address, whose owner may
    /// choose the other 64 freely. Text that is no address is returned as it is.
    static func subscriber(_ address: String) -> String {
        let text = String(address.trimmed.lowercased().prefix { $0 != "%" })
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return text }
        // ::ffff:192.0.2.1 is an IPv4 address on an IPv6 socket.
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff {
            return bytes[12...].map(String.init).joined(separator: ".")
        }
        let groups = stride(from: 0, to: 8, by: 2).map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
        return groups.joined(separator: ":") + "/64"
    }
}
