import Foundation

/// The fields of a form or query string, in the order sent, and the files beside them.
struct Form: Sendable {
    struct File: Sendable, Equatable {
        var name: String
        var bytes: [UInt8]
    }

    private(set) var items: [(name: String, value: String)] = []
    private(set) var files: [String: File] = [:]

    init(items: [(name: String, value: String)] = [], files: [String: File] = [:]) {
        self.items = items
        self.files = files
    }

    /// More fields than any form of ours has; the rest is not read.
    static let mostFields = 2_000

    /// Reads `a=1&b=2`: plus signs are spaces, broken escapes stay as they are.
    init(urlEncoded text: String) {
        items = text.split(separator: "&", maxSplits: Self.mostFields, omittingEmptySubsequences: true).prefix(Self.mostFields).map {
            pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of a field; nil when it was not sent.
    subscript(name: String) -> String? { items.first { $0.name == name }?.value }

    /// The field's text, empty when it was not sent.
    func text(_ name: String) -> String { self[name] ?? "" }

    /// The field's text trimmed; nil when nothing is left.
    func trimmed(_ name: String) -> String? {
        let text = text(name).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }

    /// All values of a field that may be sent several times.
    func values(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    /// Whether a box was ticked.
    func has(_ name: String) -> Bool { self[name] != nil }

    private static func decoded(_ text: Substring) -> String {
        let spaced = text.replacing("+", with: " ")
        return spaced.removingPercentEncoding ?? String(spaced)
    }
}
