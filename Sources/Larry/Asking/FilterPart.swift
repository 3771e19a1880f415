import Domain

/// One part of a filter that can be shown, changed or left out by itself.
package enum FilterPart: String, Sendable, CaseIterable {
    case ticket, account, agent, author, contact, group, status
    case statusCode = "status_code"
    case priority, source, type, tag, text, matched, responded, escalated, overdue, rated, sentiment, kind, incoming
    case created, resolved, updated, due, ratedOn = "rated_on", sent

    /// The moment a part of time is about.
    var field: SupportPeriod.Field? {
        switch self {
        case .created: .created
        case .resolved: .resolved
        case .updated: .updated
        case .due: .due
        case .ratedOn: .rated
        case .sent: .sent
        default: nil
        }
    }
}

extension SupportFilter {
    /// The filter with this part alone.
    func only(_ part: FilterPart) -> SupportFilter {
        var one = SupportFilter()
        one.take(part, from: self)
        return one
    }

    mutating func drop(_ part: FilterPart) { take(part, from: SupportFilter()) }

    /// Makes one part what it is in another filter, unset included.
    mutating func take(_ part: FilterPart, from other: SupportFilter) {
        switch part {
        case .ticket: ticket = other.ticket
        case .account: account = other.account
        case .agent: agent = other.agent
        case .author: author = other.author
        case .contact: contact = other.contact
        case .group: group = other.group
        case .status: status = other.status
        case .statusCode: statusCode = other.statusCode
        case .priority: priority = other.priority
        case .source: source = other.source
        case .type: type = other.type
        case .tag: tag = other.tag
        case .text: text = other.text
        case .matched: isMatched = other.isMatched
        case .responded: isResponded = other.isResponded
        case .escalated: isEscalated = other.isEscalated
        case .overdue: isOverdue = other.isOverdue
        case .rated: isRated = other.isRated
        case .sentiment: sentiment = other.sentiment
        case .kind: kind = other.kind
        case .incoming: isIncoming = other.isIncoming
        case .created, .resolved, .updated, .due, .ratedOn, .sent:
            let rest = (periods ?? []).filter { $0.field != part.field } + [part.field.flatMap(other.period(of:))].compactMap { $0 }
            periods = rest.isEmpty ? nil : rest
        }
    }
}
