import Domain
import Foundation

/// `TicketQuery` as SQL: the WHERE of a list, its order, and where its page begins. Arguments are numbered from 1.
struct TicketFilter {
    private(set) var conditions: [String] = []
    private(set) var arguments: [SQLValue] = []

    /// How an engine shall come by the tickets.
    enum Way: Sendable {
        /// It finds all that the filters leave.
        case filters
        /// As many of those as it finds first, and nothing else asks for more than the filters do.
        case counting
        /// It reads in the list's order until a page is full: of many tickets, a page is soon found.
        case order(TicketQuery.Sort)

        var isInOrder: Bool { if case .order = self { true } else { false } }
    }

    /// - Parameter hits: what the query's search has found; nil where it has none.
    init(
        _ query: TicketQuery, workspace: ID<Workspace>, now: Date, dialect: Dialect, hits: SearchHits?, by way: Way = .filters
    ) {
        let ranges = Ranges(query, way, dialect)
        let owner = bind(workspace.sqlValue)
        conditions.append("t.workspace_id = \(owner)")
        // Written so that it does not call for the indexes over live tickets when there are words to find: SQLite would read a million
        // tickets in the list's order to look for a few hundred hits, instead of sorting the hits.
        conditions.append(hits == nil ? "t.is_live" : "t.is_live = TRUE")
        add(query.status, "t.status") { $0.sqlValue }
        add(query.priority, "t.priority") { $0.sqlValue }
        add(query.source, "t.source") { $0.sqlValue }
        add(query.agent, "t.agent_id")
        add(query.account, "t.account_id")
        add(query.company, "t.company_id")
        add(query.group, "t.group_id")
        add(query.requester, "t.requester_id")
        // The indexes over companies and requesters begin with the portal, which is the workspace's only one.
        if query.company != nil || query.requester != nil {
            conditions.append(dialect.isOwnPortal("t.connection_id", workspace: owner))
        }
        add(query.type, "t.type") { .text($0) }
        add(tags: query, owner, dialect, way)
        bound(query.priority, way)
        add(match: query.match, owner, dialect, way)
        add(csat: query.csat, ranges.rating)
        add(query.created, ranges.time("t.created_at", query.created, now), now)
        add(query.updated, ranges.time("t.updated_at", query.updated, now), now)
        add(query.resolved, ranges.time("t.resolved_at", query.resolved, now), now)
        if let hits { add(hits, owner, dialect) }
    }

    var sql: String { conditions.joined(separator: " AND ") }

    mutating func bind(_ value: SQLValue) -> String {
        arguments.append(value)
        return "$\(arguments.count)"
    }

    /// A further condition, whose values are bound already.
    mutating func require(_ condition: String) { conditions.append(condition) }

    // MARK: Filters

    private mutating func add<Value>(_ filter: TicketQuery.AnyOf<Value>?, _ column: String, _ value: (Value) -> SQLValue) {
        guard let filter else { return }
        let list = filter.values.map { bind(value($0)) }.joined(separator: ", ")
        // A missing value is none of the listed ones.
        conditions.append(filter.isNegated ? "(\(column) IS NULL OR \(column) NOT IN (\(list)))" : "\(column) IN (\(list))")
    }

    private mutating func add<Subject>(_ filter: TicketQuery.AnyOf<TicketQuery.Reference<Subject>>?, _ column: String) {
        guard let filter else { return }
        var ids: [String] = []
        var includesNone = false
        for reference in filter.values {
            switch reference {
            case .id(let id): ids.append(bind(id.sqlValue))
            case .none: includesNone = true
            }
        }
        var parts: [String] = []
        let list = ids.joined(separator: ", ")
        if filter.isNegated {
            if !ids.isEmpty {
                parts.append(includesNone ? "\(column) NOT IN (\(list))" : "(\(column) IS NULL OR \(column) NOT IN (\(list)))")
            }
            if includesNone { parts.append("\(column) IS NOT NULL") }
            conditions.append(parts.joined(separator: " AND "))
        } else {
            if !ids.isEmpty { parts.append("\(column) IN (\(list))") }
            if includesNone { parts.append("\(column) IS NULL") }
            conditions.append(parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " OR ")))")
        }
    }

    private mutating func add(tags query: TicketQuery, _ workspace: String, _ dialect: Dialect, _ way: Way) {
        guard let filter = query.tag else { return }
        let list = filter.values.map { bind(.text($0)) }.joined(separator: ", ")
        if !way.isInOrder, !filter.isNegated {
            // The tag's own list of tickets first: most tags have few. A workspace holds one portal's tickets at a time.
            conditions.append(dialect.isOwnPortal("t.connection_id", workspace: workspace))
            let tagged = """
                SELECT g.ticket_id FROM ticket_tags g WHERE g.workspace_id = \(workspace)
                AND \(dialect.isOwnPortal("g.connection_id", workspace: workspace)) AND g.tag IN (\(list))
                """
            var rest = query
            rest.tag = nil
            // Beside other conditions the engine chooses which of them leads.
            if case .counting = way, !rest.isFiltered {
                conditions.append(dialect.isAmong("t.id", tagged))
            } else {
                conditions.append("t.id IN (\(tagged))")
            }
            return
        }
        conditions.append(
            """
            \(filter.isNegated ? "NOT " : "")EXISTS (SELECT 1 FROM ticket_tags g WHERE g.workspace_id = t.workspace_id
            AND g.connection_id = t.connection_id AND g.ticket_id = t.id AND g.tag IN (\(list)))
            """)
    }

    /// Where a list by priority begins and ends when only some are asked for: read from the other end, an index has the rest first.
    private mutating func bound(_ filter: TicketQuery.AnyOf<TicketPriority>?, _ way: Way) {
        guard let filter, !filter.isNegated, case .order(let sort) = way, sort.key == .priority else { return }
        let codes = filter.values.map { Int64($0.code) }
        guard let least = codes.min(), let most = codes.max() else { return }
        conditions.append("t.priority >= \(bind(.integer(least))) AND t.priority <= \(bind(.integer(most)))")
    }

    private mutating func add(
        match filter: TicketQuery.AnyOf<TicketQuery.MatchState>?, _ workspace: String, _ dialect: Dialect, _ way: Way
    ) {
        guard let filter else { return }
        if filter.values == [.review], !filter.isNegated {
            // The companies under review first: they are few, and the tickets without an account many. A workspace holds one portal's
            // tickets at a time.
            let company = way.isInOrder ? dialect.sieved("t.company_id") : "t.company_id"
            conditions.append("\(dialect.sieved("t.account_id")) IS NULL")
            conditions.append(dialect.isOwnPortal("t.connection_id", workspace: workspace))
            conditions.append(
                """
                \(company) IN (SELECT m.id FROM companies m WHERE m.workspace_id = \(workspace)
                AND \(dialect.isOwnPortal("m.connection_id", workspace: workspace)) AND m.match_state = 'review')
                """)
            return
        }
        let inReview = """
            EXISTS (SELECT 1 FROM companies m WHERE m.workspace_id = t.workspace_id AND m.connection_id = t.connection_id
            AND m.id = t.company_id AND m.match_state = 'review')
            """
        let parts = filter.values.map { state in
            switch state {
            case .matched: "t.account_id IS NOT NULL"
            case .review: "(t.account_id IS NULL AND \(inReview))"
            case .none: "(t.account_id IS NULL AND NOT \(inReview))"
            }
        }
        conditions.append("\(filter.isNegated ? "NOT " : "")(\(parts.joined(separator: " OR ")))")
    }

    private mutating func add(csat filter: TicketQuery.AnyOf<TicketQuery.RatingState>?, _ column: String) {
        guard let filter else { return }
        let wanted = Set(TicketQuery.RatingState.allCases.filter { filter.values.contains($0) != filter.isNegated })
        // Ranges, as far as the states make one: an index knows those. The least number stands for any rating, as SQLite takes "is not
        // null" for no range.
        let rated: String? =
            switch (wanted.contains(.positive), wanted.contains(.neutral), wanted.contains(.negative)) {
            case (true, true, true): "\(column) >= \(Int64.min + 1)"
            case (true, true, false): "\(column) >= 100"
            case (true, false, true): "\(column) >= \(Int64.min + 1) AND \(column) <> 100"
            case (true, false, false): "\(column) > 100"
            case (false, true, true): "\(column) <= 100"
            case (false, true, false): "\(column) = 100"
            case (false, false, true): "\(column) < 100"
            case (false, false, false): nil
            }
        switch (rated, wanted.contains(.none)) {
        case (let rated?, false): conditions.append(rated)
        case (let rated?, true): conditions.append("(\(column) IS NULL OR (\(rated)))")
        case (nil, true): conditions.append("\(column) IS NULL")
        case (nil, false): conditions.append("FALSE")
        }
    }

    private mutating func add(_ period: TicketQuery.Period?, _ column: String, _ now: Date) {
        guard let period else { return }
        let (from, to) = period.bounds(at: now)
        if let from { conditions.append("\(column) >= \(bind(from.sqlValue))") }
        if let to { conditions.append("\(column) < \(bind(to.sqlValue))") }
    }

    private mutating func add(_ hits: SearchHits, _ workspace: String, _ dialect: Dialect) {
        guard !hits.ids.isEmpty else { return conditions.append("FALSE") }
        conditions.append(dialect.isOwnPortal("t.connection_id", workspace: workspace))
        conditions.append(dialect.isListed("t.id", in: hits.ids) { bind($0) })
    }

    // MARK: Order and page

    /// The order of `sort`, reversed for a page that is read backwards.
    ///
    /// - Parameter sorting: whether the rows are found by the filters and then sorted, instead of being read in the list's order until
    ///   there are enough. The plus sign keeps an engine from the second, which takes a walk over a million tickets when few are listed.
    static func order(_ sort: TicketQuery.Sort, reversed: Bool, sorting: Bool = false) -> String {
        let isDescending = sort.isDescending != reversed
        let direction = isDescending ? "DESC" : "ASC"
        let column = (sorting ? "+" : "") + column(of: sort.key)
        guard isNullable(sort.key) else { return "\(column) \(direction), t.id \(direction)" }
        // Missing values come last, whichever way the list is sorted, and so first when it is read backwards.
        return "\(column) \(direction) NULLS \(reversed ? "FIRST" : "LAST"), t.id \(direction)"
    }

    static func column(of key: TicketQuery.Sort.Key) -> String {
        switch key {
        case .updated: "t.updated_at"
        case .created: "t.created_at"
        case .priority: "t.priority"
        case .due: "t.due_by"
        case .waiting: "t.waiting_since"
        }
    }

    private static func isNullable(_ key: TicketQuery.Sort.Key) -> Bool { key == .due || key == .waiting }

    /// Restricts to the rows beyond the cursor's.
    mutating func begin(at cursor: TicketCursor, sort: TicketQuery.Sort) {
        let column = Self.column(of: sort.key)
        let isReversed = cursor.direction == .before
        let beyond = sort.isDescending != isReversed ? "<" : ">"
        let id = bind(cursor.id.sqlValue)
        guard Self.isNullable(sort.key) else {
            conditions.append("(\(column), t.id) \(beyond) (\(bind(.integer(cursor.key ?? 0))), \(id))")
            return
        }
        guard let key = cursor.key else {
            let rest = isReversed ? " OR \(column) IS NOT NULL" : ""
            conditions.append("((\(column) IS NULL AND t.id \(beyond) \(id))\(rest))")
            return
        }
        let value = bind(.integer(key))
        let rest = isReversed ? "" : " OR \(column) IS NULL"
        conditions.append("((\(column), t.id) \(beyond) (\(value), \(id))\(rest))")
    }
}
