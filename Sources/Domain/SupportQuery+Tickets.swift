/// From a question to the Tickets page: only where the page's list has exactly the tickets that the figure counts.
extension SupportQuery {
    /// Groups whose tickets one link still names.
    private static let mostLinkedGroups = 50

    /// The tickets behind the figure as the Tickets page's list; nil where the page has no such filter, or the figure counts something
    /// else. What a limit or a condition leaves of groups is known to the result alone: see `ticketQuery(showing:)`.
    package var ticketQuery: TicketQuery? {
        guard subject == .tickets, measure == .rows, operation != .compare, operation != .aggregate else { return nil }
        var base = filter
        if operation == .share, let part { base = base.narrowed(by: part) }
        if operation == .group || operation == .trend {
            guard base.requireKeys(of: self) else { return nil }
        }
        var (query, isWhole) = base.ticketQuery
        guard isWhole else { return nil }
        if operation == .list { query.sort = listSort }
        // What the address cannot hold unchanged is not linked: a tag with a blank at its end, a search that is too long.
        let (read, faults) = TicketQuery.parse(query.items)
        return faults.isEmpty && read == query ? query : nil
    }

    /// The same once the rows are known: of groups that a limit or a condition chose, the tickets of those that are left.
    package func ticketQuery(showing result: SupportResult) -> TicketQuery? {
        // A ranking by a moment that none of the tickets has.
        if operation == .list, limit != nil, result.tickets.isEmpty, result.total > 0 { return nil }
        guard operation == .group, having != nil || minimumSample != nil || limit != nil else { return ticketQuery }
        // Several places of a ranking have several figures; no list has one of them as its total.
        guard limit == nil || result.rows.count == 1 else { return nil }
        guard let key = keys?.first, keys?.count == 1, result.rows.count <= Self.mostLinkedGroups, result.sample > 0 else { return nil }
        let ids = result.rows.compactMap(\.id)
        guard ids.count == result.rows.count, ids.count == result.total || limit != nil else { return nil }
        var chosen = self
        (chosen.having, chosen.minimumSample, chosen.limit) = (nil, nil, nil)
        guard chosen.filter.narrow(to: ids, of: key) else { return nil }
        return chosen.ticketQuery
    }

    private var listSort: TicketQuery.Sort {
        let key: TicketQuery.Sort.Key =
            switch order {
            case .updated: .updated
            case .priority: .priority
            case .due: .due
            case .waiting: .waiting
            case .created, .resolved, .name, .firstResponseTime, .resolutionTime, nil: .created
            }
        return .init(key, descending: isDescending ?? true)
    }
}

extension SupportFilter {
    /// Leaves out the rows that are in no group or bucket; false where a filter cannot say so.
    fileprivate mutating func requireKeys(of query: SupportQuery) -> Bool {
        for key in query.keys ?? [] {
            if key.isTime {
                // Without the moment a row is in no bucket, and only a period on it says that it is there.
                switch query.timeField ?? .created {
                case .created, .updated: continue
                case .resolved where period(of: .resolved) != nil: continue
                case .resolved, .due, .rated, .sent: return false
                }
            }
            // A ticket counts once for each of its tags.
            if key == .tag { return false }
            if query.operation == .group, query.includesNone == true { continue }
            switch key {
            case .account: guard Self.require(&account) else { return false }
            case .agent: guard Self.require(&agent) else { return false }
            case .contact: guard Self.require(&contact) else { return false }
            case .group: guard Self.require(&group) else { return false }
            case .type: guard let type, !type.isNegated else { return false }
            case .tag, .status, .priority, .source, .day, .week, .month, .weekday, .hour: continue
            }
        }
        return true
    }

    /// Leaves out what has no such thing; false where nothing would be left.
    private static func require(_ references: inout References?) -> Bool {
        guard var present = references else {
            references = .present
            return true
        }
        if present.isNegated {
            present.includesNone = true
        } else {
            guard !present.ids.isEmpty else { return false }
            present.includesNone = false
        }
        references = present
        return true
    }

    /// Narrows to groups by their ids, as far as the filter admits them; false where the key has no ids.
    fileprivate mutating func narrow(to ids: [Int64], of key: SupportQuery.Key) -> Bool {
        func narrowed(_ references: References?) -> References {
            guard let references else { return References(ids) }
            return References(ids.filter { references.ids.contains($0) != references.isNegated })
        }
        switch key {
        case .account: account = narrowed(account)
        case .agent: agent = narrowed(agent)
        case .contact: contact = narrowed(contact)
        case .group: group = narrowed(group)
        default: return false
        }
        return true
    }
}
