import Domain
import Foundation

/// Single tickets and ranked lists.
extension Composer {
    /// “Acme's last ticket”, “ticket 12”: one ticket of which something is asked.
    var isDetailOfOne: Bool {
        if items.contains(where: { if case .ticket = $0.content { true } else { false } }) { return true }
        guard reading.has(.cue(.latest)) || reading.has(.cue(.oldest)) else { return false }
        if reading.slots.contains(.flag(.escalated, true)) { return true }
        return reading.has(.rows(.tickets)) || !reading.has(.cue(.most))
    }

    mutating func ranked(_ filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        let hasTicket = filter.ticket != nil
        let isLatest = reading.has(.cue(.latest))
        let isOldest = reading.has(.cue(.oldest)) || isSorted && reading.slots.contains(.measure(.age))
        let slow = reading.has(.cue(.slowest))
        let fast = reading.has(.cue(.fastest))
        if measure == .resolution || measure == .firstResponse, slow || fast,
            reading.has(.cue(.which)) || reading.has(.cue(.what)) && reading.has(.rows(.tickets))
        {
            var query = SupportQuery(.list, .tickets, filter)
            query.order = measure == .resolution ? .resolutionTime : .firstResponseTime
            query.isDescending = slow
            query.limit = limit ?? 1
            return query
        }
        guard measure == .rows || measure == .age, hasTicket || isLatest || isOldest || isWaiting else { return nil }
        guard subject == .tickets, !reading.has(.cue(.howMany)) else { return nil }
        // “Is ticket 12 open?” counts whether it is.
        if hasTicket, startsWithYesNo,
            {
                var only = SupportFilter(); only.ticket = filter.ticket; return only != filter
            }()
        {
            return nil
        }
        var query = SupportQuery(.list, .tickets, filter)
        query.isDescending = !(isOldest || isWaiting)
        query.order = isWaiting ? .waiting : orderField
        // A plural without a number asks for some, the singular for one.
        let isPlural = reading.contains(["tickets", "issues", "cases", "requests", "tix", "tkts", "escalations", "ones"])
        query.limit = limit ?? (isPlural ? 10 : 1)
        if hasTicket { query.limit = nil }
        query.detail = detail(hasTicket: hasTicket)
        // “When was it resolved?” asks for the moment, not for resolved ones.
        if query.detail == .resolved || hasTicket { query.filter.status = nil }
        return query
    }

    var isWaiting: Bool {
        reading.has(.cue(.waiting)) && (reading.has(.cue(.oldest)) || reading.has(.cue(.slowest)) || reading.contains(["longest"]))
    }

    var orderField: SupportQuery.Order {
        for (place, item) in items.enumerated() {
            switch item.slot {
            case .verb(.updated): return .updated
            case .verb(.resolved): return .resolved
            case .verb(.due): return .due
            case .status(.resolved), .status(.closed):
                // “last closed ticket”, “most recently resolved”.
                if reading.text(item.range.lowerBound - 1) == "last" || reading.text(item.range.lowerBound - 1) == "recently"
                    || items.indices.contains(place - 1) && items[place - 1].slot == .cue(.latest)
                {
                    return .resolved
                }
            default: continue
            }
        }
        return .created
    }

    /// What is asked of the ticket.
    func detail(hasTicket: Bool) -> SupportQuery.Detail? {
        for slot in reading.slots { if case .detail(let detail) = slot { return detail } }
        if reading.has(.cue(.overview)) { return .about }
        if reading.has(.noun(.account)), reading.has(.cue(.which)) || reading.has(.cue(.what)) || reading.has(.cue(.who)),
            !items.contains(where: { $0.entities?.first?.kind == .account })
        {
            return .account
        }
        let isCreation = reading.has(.verb(.created))
        if reading.has(.cue(.who)) || reading.has(.noun(.agent))
            || reading.has(.handled) && (reading.has(.cue(.who)) || reading.has(.cue(.which)) || reading.has(.cue(.what)))
        {
            if reading.has(.noun(.agent)) || reading.has(.handled) { return .agent }
            return isCreation || reading.has(.noun(.contact)) ? .requester : .agent
        }
        if reading.has(.noun(.contact)), !reading.has(.cue(.when)) { return .requester }
        if reading.has(.cue(.when)) {
            if reading.has(.verb(.resolved)) || reading.slots.contains(.status(.resolved)) || reading.slots.contains(.status(.closed)) {
                return .resolved
            }
            if reading.has(.verb(.updated)) { return .updated }
            if reading.has(.verb(.due)) { return .due }
            return .created
        }
        if reading.contains(["about", "regarding", "concerning"]) { return .about }
        let asks = reading.has(.cue(.what)) || reading.has(.cue(.which)) || reading.has(.cue(.list))
        if asks {
            if reading.has(.noun(.status)) { return .status }
            if reading.has(.noun(.priority)) { return .priority }
            if reading.has(.noun(.account)), !items.contains(where: { $0.entities?.first?.kind == .account }) { return .account }
            if reading.has(.noun(.group)), !items.contains(where: { $0.entities?.first?.kind == .group }) { return .group }
            if reading.has(.noun(.source)) { return .source }
            if reading.has(.noun(.type)) { return .type }
            if reading.has(.noun(.tag)) { return .tags }
            if reading.has(.rows(.ratings)) || reading.slots.contains(.measure(.satisfaction)) { return .satisfaction }
            if reading.has(.verb(.due)) { return .due }
        }
        if reading.slots.contains(.measure(.age)) || reading.contains(["old", "long"]) { return .created }
        let isSingular = reading.contains(["ticket", "issue", "case", "request", "one", "escalation"])
        return (reading.has(.cue(.what)) && isSingular) || hasTicket ? .about : nil
    }
}
