package import Foundation

/// What one request brought: its value and what the headers said beside it.
package struct Reply<Value: Sendable>: Sendable {
    package let value: Value
    /// The portal's clock from the `Date` header: the clock for watermarks (fact 34). Nil when the header is missing.
    package let serverDate: Date?
    /// `X-Request-Id`, which Freshdesk's support asks for (fact 30).
    package let requestID: String?
    package let rate: RateHeaders
}

/// A decoded record together with its own JSON text, which is kept so that a later field needs no new sync.
@dynamicMemberLookup
package struct Record<Value: WireRecord>: Sendable {
    package let value: Value
    package let raw: String

    package subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }
}

/// A record of a page that could not be read; the rest of the page is unharmed.
package struct UnreadableRecord: Sendable, Equatable {
    /// The id, when at least that could be found.
    package let id: Int64?
    package let reason: String
    /// The first 500 bytes of the record's text. Personal data: never for logs.
    package let raw: String
}

/// One page of a list.
package struct ListPage<Value: WireRecord>: Sendable {
    package let records: [Record<Value>]
    package let unreadable: [UnreadableRecord]
    /// Whether another page should be asked for: `Link` says so, or this page is full (fact 32).
    package let hasMore: Bool
}

/// One page of a search: at most 30 records of `total` (fact 161).
package struct SearchPage<Value: WireRecord>: Sendable {
    package let total: Int
    package let records: [Record<Value>]
    package let unreadable: [UnreadableRecord]
}

/// Decodes the elements of a page, each on its own.
struct RecordReader<Value: WireRecord> {
    var records: [Record<Value>] = []
    var unreadable: [UnreadableRecord] = []

    init(_ bytes: [UInt8], elements: [Range<Int>]) {
        records.reserveCapacity(elements.count)
        for range in elements {
            do {
                let object = try JSONObject(bytes, range: range)
                records.append(Record(value: try Value(object), raw: object.text))
            } catch {
                unreadable.append(RecordReader.unreadable(bytes, range, reason: error.reason))
            }
        }
    }

    private static func unreadable(_ bytes: [UInt8], _ range: Range<Int>, reason: String) -> UnreadableRecord {
        let text = String(decoding: bytes[range], as: UTF8.self)
        var id: Int64?
        // The object could not be read; look for its own id member textually, for the report only.
        if let match = text.firstMatch(of: /^\s*\{(?:[^{}]*,)?\s*"id"\s*:\s*"?(\d{1,19})\b/) { id = Int64(match.1) }
        let prefix = String(decoding: bytes[range].prefix(500), as: UTF8.self)
        return UnreadableRecord(id: id, reason: reason, raw: prefix)
    }
}
