/// How much two words differ.
enum EditDistance {
    /// Letters to insert, remove, change or swap with their neighbour (Damerau-Levenshtein, optimal alignment); nil above `limit`.
    static func distance(_ a: [UInt32], _ b: [UInt32], limit: Int) -> Int? {
        if abs(a.count - b.count) > limit { return nil }
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var before = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        var current = before
        for i in 1...a.count {
            current[0] = i
            var least = i
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                var value = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { value = min(value, before[j - 2] + 1) }
                current[j] = value
                least = min(least, value)
            }
            if least > limit { return nil }
            (before, previous, current) = (previous, current, before)
        }
        return previous[b.count] <= limit ? previous[b.count] : nil
    }

    /// From 0 to 1, by the longer of the two; nil below `least`.
    static func similarity(_ a: [UInt32], _ b: [UInt32], least: Double) -> Double? {
        let longer = max(a.count, b.count)
        guard longer > 0 else { return 1 }
        let limit = Int((1 - least) * Double(longer) + 0.000_1)
        return distance(a, b, limit: limit).map { 1 - Double($0) / Double(longer) }
    }

    /// Jaro-Winkler: near 1 for texts that begin alike.
    static func jaroWinkler(_ a: [UInt32], _ b: [UInt32]) -> Double {
        if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty ? 1 : 0 }
        let window = max(0, max(a.count, b.count) / 2 - 1)
        var taken = [Bool](repeating: false, count: b.count)
        var fromA: [UInt32] = []
        for i in a.indices {
            let start = max(0, i - window)
            let end = min(b.count, i + window + 1)
            guard start < end, let j = (start..<end).first(where: { !taken[$0] && b[$0] == a[i] }) else { continue }
            taken[j] = true
            fromA.append(a[i])
        }
        guard !fromA.isEmpty else { return 0 }
        let fromB = b.indices.filter { taken[$0] }.map { b[$0] }
        let swapped = zip(fromA, fromB).count { $0 != $1 } / 2
        let m = Double(fromA.count)
        let jaro = (m / Double(a.count) + m / Double(b.count) + (m - Double(swapped)) / m) / 3
        let prefix = zip(a.prefix(4), b.prefix(4)).prefix { $0 == $1 }.count
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }
}
