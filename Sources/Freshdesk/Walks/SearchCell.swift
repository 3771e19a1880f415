/// One query of a split: some statuses, perhaps one priority, days of creation from and to, both included (facts 163–164).
struct SearchCell: Codable, Sendable, Equatable {
    var statuses: [Int]
    /// Everything but resolved and closed, named by two bounds: reaches statuses that the portal has deleted but old tickets still
    /// carry (facts 165, 177), which naming the known ones does not.
    var isByRange = false
    var priority: Int?
    /// Days from 1970-01-01; nil is open, so that nothing lies outside all cells.
    var from: Int?
    var to: Int?

    var query: String {
        var parts: [String] = []
        if isByRange {
            parts.append("(status:<3 OR status:>6)")
        } else {
            let expression = statuses.map { "status:\($0)" }.joined(separator: " OR ")
            parts.append(statuses.count == 1 ? expression : "(\(expression))")
        }
        if let priority { parts.append("priority:\(priority)") }
        if let from { parts.append("created_at:>'\(WireTime.format(day: from))'") }
        if let to { parts.append("created_at:<'\(WireTime.format(day: to))'") }
        return parts.joined(separator: " AND ")
    }

    /// Whole-range cells whose longest possible query keeps within Freshdesk's limit (fact 160).
    static func chunks(of statuses: [Int], within limit: Int) -> [SearchCell] {
        var chunks: [SearchCell] = []
        for status in statuses {
            if var last = chunks.last {
                last.statuses.append(status)
                let longest = SearchCell(statuses: last.statuses, priority: 4, from: 0, to: 0)
                if longest.query.count <= limit {
                    chunks[chunks.count - 1] = last
                    continue
                }
            }
            chunks.append(SearchCell(statuses: [status]))
        }
        return chunks
    }

    /// Smaller cells that together match the same tickets; empty when nothing is left to split by.
    func split(earliest: Int, latest: Int) -> [SearchCell] {
        let (low, high) = (from ?? min(earliest, to ?? earliest), to ?? max(latest, from ?? latest))
        if low < high {
            // Floor division, also before 1970, so that the right half is never the whole.
            let middle = low + (high - low) / 2
            var (left, right) = (self, self)
            left.to = middle
            right.from = middle + 1
            return [left, right]
        }
        if priority == nil {
            return (1...4).map { code in
                var part = self
                part.priority = code
                return part
            }
        }
        if statuses.count > 1 {
            return statuses.map { code in
                var part = self
                part.statuses = [code]
                part.isByRange = false
                return part
            }
        }
        return []
    }
}
