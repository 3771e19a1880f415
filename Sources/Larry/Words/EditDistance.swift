/// How many single changes make one word of another.
enum EditDistance {
    /// Insertions, deletions, replacements and swaps of neighbours; stops counting above `limit` and answers nil.
    static func between(_ left: String, _ right: String, limit: Int) -> Int? {
        let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard abs(a.count - b.count) <= limit else { return nil }
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var before: [Int] = []
        var previous = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + Array(repeating: 0, count: b.count)
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], before[j - 2] + 1) }
            }
            if (row.min() ?? 0) > limit { return nil }
            before = previous
            previous = row
        }
        return previous[b.count] <= limit ? previous[b.count] : nil
    }

    /// Changes that a word of this length may have and still be meant: none in short words.
    static func allowance(_ length: Int) -> Int { length >= 8 ? 2 : length >= 5 ? 1 : 0 }
}
