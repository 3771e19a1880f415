import Foundation
import NIOHTTP1

/// One GET: a path made of our own words and whole numbers, and a query that is encoded in one place.
struct PortalRequest: Sendable {
    var path: String
    var query: [(name: String, value: String)] = []
    var cost = RequestCost()

    /// Path and query as sent, below the portal's base address.
    var target: String {
        let pairs = query.map { "\($0.name)=\(PortalRequest.encode($0.value))" }
        return "/api/v2/\(path)" + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }

    /// Everything but letters, digits and `-._~` is percent-encoded; `+` would otherwise be read as a space (fact 54).
    private static func encode(_ text: String) -> String {
        var output = ""
        for byte in text.utf8 {
            switch byte {
            case 65...90, 97...122, 48...57, 45, 46, 95, 126: output.unicodeScalars.append(UnicodeScalar(byte))
            default: output += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return output
    }
}

/// An answer as it came, body in memory.
struct PortalAnswer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var rate: RateHeaders { RateHeaders(headers) }
    var requestID: String? { headers.first(name: "X-Request-Id").map { String($0.prefix(100)) } }
    var serverDate: Date? { headers.first(name: "Date").flatMap(WireTime.parseHeader) }

    /// Whether a `Link` names a next page, read leniently (facts 31–32). Its address is never followed.
    var linksToNext: Bool {
        headers["Link"].contains { header in
            header.lowercased().filter { $0 != " " && $0 != "\"" && $0 != "'" }.contains("rel=next")
        }
    }

    /// `Retry-After` in seconds or as a date, at most a day.
    func retryAfter(now: Date) -> Duration? {
        guard let text = headers.first(name: "Retry-After")?.trimmingCharacters(in: .whitespaces) else { return nil }
        let seconds = Double(text) ?? WireTime.parseHeader(text).map { $0.timeIntervalSince(serverDate ?? now) }
        guard let seconds, seconds.isFinite else { return nil }
        return .seconds(min(86_400, max(0, seconds)))
    }
}
