import Domain

/// The second half of the ledger: a word that was understood must also have come to something. “more than 5 replies” is no count of all
/// tickets because nothing counts replies.
extension Composer {
    /// What the query leaves out of the question; nil when there is nothing.
    func unused(by query: SupportQuery) -> Doubt? {
        for (place, item) in items.enumerated() where !isUsed(item, place, query) {
            return Doubt(
                understanding: .notUnderstood(
                    [reading.shown(item.range)], [.init(label: without([item.range]), question: without([item.range]))]))
        }
        return nil
    }

    private func isUsed(_ item: Reading.Item, _ place: Int, _ query: SupportQuery) -> Bool {
        switch item.content {
        case .number(let number):
            return query.limit == number || query.having?.number == Double(number) || query.minimumSample != nil
        case .slot(let slot):
            switch slot {
            case .than: return query.having != nil || query.minimumSample != nil || query.operation == .compare
            // A mean of counts is no measure of rows.
            case .statistic(.average), .statistic(.median):
                let isSaid = reading.words[item.range].contains { ["average", "mean", "avg", "median"].contains($0.text) }
                return !isSaid || query.measure != .rows || query.order?.isDuration == true
            // “within a day” bounds how long something took, which no part of a query says.
            case .bucket: return !["within", "under", "than"].contains(reading.text(item.range.lowerBound - 1))
            case .cue(.fastest), .cue(.slowest): return query.measure != .rows || query.operation == .list
            case .cue(.change): return query.operation == .compare || query.operation == .trend
            case .flag(.overdue, true): return !speaksOfPastBreach(item, query)
            case .cue(.negation): return query.having != nil
            default: return true
            }
        default: return true
        }
    }

    /// “breached their SLA last month” is not “created last month and overdue now”.
    private func speaksOfPastBreach(_ item: Reading.Item, _ query: SupportQuery) -> Bool {
        guard reading.words[item.range].contains(where: { ["breached", "missed"].contains($0.text) }) else { return false }
        return !(query.filter.periods ?? []).isEmpty
    }
}

extension SupportQuery.Order {
    var isDuration: Bool { self == .firstResponseTime || self == .resolutionTime }
}
