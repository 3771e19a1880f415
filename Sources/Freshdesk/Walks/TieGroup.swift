/// The tickets of one tie window, read page by page, as often as it takes.
///
/// Reading by page numbers loses a row when an earlier row leaves the group between two pages. A reading is known to be whole
/// when the next one still finds everything the first found: then nothing had left. Each departure shrinks the group for good,
/// so this ends. When a row turns up twice within one reading, the portal shuffles equal times from page to page and no reading
/// is whole; then the group is read until many readings in a row bring nothing new.
struct TieGroup: Codable, Sendable, Equatable {
    private static let quietReadingsWhenShuffled = 12
    private static let mostReadings = 100

    private var seen: Set<Int64> = []
    private var reading: Set<Int64> = []
    private var previous: Set<Int64>?
    private var broughtNew = false
    private var isShuffled = false
    private var quiet = 0
    private var readings = 0
    /// The shortest reach of all readings; nil while every reading came to the end of the list.
    private var reach: Int64?

    mutating func read(_ ids: some Sequence<Int64>) {
        for id in ids {
            if !reading.insert(id).inserted { isShuffled = true }
            if seen.insert(id).inserted { broughtNew = true }
        }
    }

    /// Ends a reading whose last row lay at `end`, or at the end of the list (nil). Answers where the walk goes on once the
    /// group is known to be whole: the shortest reach, for rows beyond it may have slipped past a page's edge.
    mutating func endReading(at end: Int64?) -> (reach: Int64?, isExact: Bool)? {
        if let end { reach = min(reach ?? end, end) }
        readings += 1
        let isWhole = previous.map { $0.isSubset(of: reading) } ?? false
        quiet = broughtNew ? 0 : quiet + 1
        let isSettled = isShuffled ? quiet >= TieGroup.quietReadingsWhenShuffled : isWhole && quiet > 0
        if isSettled { return (reach, true) }
        if readings >= TieGroup.mostReadings { return (reach, false) }
        previous = reading
        reading = []
        broughtNew = false
        return nil
    }
}
