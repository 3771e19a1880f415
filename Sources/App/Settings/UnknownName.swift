/// A name that is not a setting, and the known one that was probably meant.
struct UnknownName: Sendable {
    var text: String
    /// The file it stands in; nil for the environment.
    var place: String?

    /// "CLYNTO_PROT is not a setting. Did you mean CLYNTO_PORT?"
    func sentence(known: [String]) -> String {
        let shown = Shown.text(text)
        let subject = place.map { "\(shown) in \($0)" } ?? shown
        guard let nearest = nearest(of: known) else {
            return "\(subject) is not a setting. Run clynto serve --print-settings to see every name."
        }
        return "\(subject) is not a setting. Did you mean \(nearest)?"
    }

    /// The known name fewest edits away, unless it takes so many that a suggestion would mislead.
    func nearest(of known: [String]) -> String? {
        let typed = Self.core(of: text)
        let distances = known.map { (name: $0, edits: Self.edits(from: typed, to: Self.core(of: $0))) }
        guard let best = distances.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= max(2, Self.core(of: best.name).count / 2) ? best.name : nil
    }

    /// The part that tells names apart: without the common prefix, in lower case, with `_` for every other mark.
    private static func core(of name: String) -> [Character] {
        let lowered = name.lowercased().replacing(#/[-. ]/#, with: "_")
        let prefix = Setting.prefix.lowercased()
        return Array(lowered.hasPrefix(prefix) ? String(lowered.dropFirst(prefix.count)) : lowered)
    }

    /// Insertions, deletions, replacements and swaps of neighbours.
    private static func edits(from source: [Character], to target: [Character]) -> Int {
        guard !source.isEmpty, !target.isEmpty else { return max(source.count, target.count) }
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for row in 1...source.count {
            var current = [row]
            for column in 1...target.count {
                let isSame = source[row - 1] == target[column - 1]
                var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, source[row - 1] == target[column - 2], source[row - 2] == target[column - 1] {
                    best = min(best, beforeLast[column - 2] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[target.count]
    }
}

/// Text a person typed, fit to stand in a sentence on a terminal.
enum Shown {
    private static let longest = 80

    /// Without control characters, cut when long.
    static func text(_ text: String) -> String {
        let clean = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        return clean.count <= longest ? clean : clean.prefix(longest) + "…"
    }

    static func quoted(_ text: String) -> String { "\"\(self.text(text))\"" }
}
