import Domain
import Foundation

/// What a table says about itself.
struct TableHead: Sendable, Equatable {
    /// As people read it: "free mail".
    var name = ""
    /// The day the list was last gone through. A mistyped day reads as 1970 and so shows up as a very old table, not as a fresh one.
    var dated = Day(number: 0)
    /// Where the entries come from.
    var source = ""
    var licence = ""
}

/// A data file of matching: lines `# name: …`, `# dated: YYYY-MM-DD`, `# source: …`, `# licence: …` at its head, then entries.
struct TableFile: Sendable {
    private(set) var head = TableHead()
    /// Without empty lines and comments.
    private(set) var lines: [String] = []

    init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline).map({ String($0).trimmingCharacters(in: .whitespaces) }) where !line.isEmpty {
            guard line.hasPrefix("#") else {
                lines.append(line)
                continue
            }
            let parts = line.dropFirst().split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "name": head.name = parts[1]
            case "dated": head.dated = Day(parts[1]) ?? Day(number: 0)
            case "source": head.source = parts[1]
            case "licence": head.licence = parts[1]
            default: continue
            }
        }
    }

    init(_ bytes: [UInt8]) { self.init(String(decoding: bytes, as: UTF8.self)) }
}
