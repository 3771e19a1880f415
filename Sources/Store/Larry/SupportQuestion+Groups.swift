import Domain
import Foundation

/// Groupings and trends.
extension SupportQuestion {
    /// One group as it is counted, before names are known.
    private struct Group {
        var key: SQLValue
        var second: SQLValue
        var value: Double?
        var sample: Int
    }

    func groups(_ query: SupportQuery) throws -> SupportResult {
        let keys = query.keys ?? []
        guard let first = keys.first else { return try aggregate(query, query.filter) }
        var found = try measured(query, first, keys.dropFirst().first)
        if let having = query.having, keys.count == 1, having.holds(0), query.measure == .rows {
            found += try missing(first, among: found, query.filter)
        }
        found = found.filter { group in
            if query.includesNone != true, group.key == .null || (keys.count > 1 && group.second == .null) { return false }
            if group.sample < query.minimumSample ?? 0 { return false }
            guard let having = query.having else { return true }
            return group.value.map(having.holds) ?? false
        }
        let isDescending = query.isDescending ?? true
        if first.isTime, query.limit == nil {
            found.sort { Self.number($0.key) < Self.number($1.key) }
        } else {
            found.sort { left, right in
                let (a, b) = (left.value ?? -.infinity, right.value ?? -.infinity)
                if a != b { return isDescending ? a > b : a < b }
                return Self.sorts(left.key, before: right.key)
            }
        }
        let total = found.count
        if let limit = query.limit, found.count > limit, limit > 0 {
            let last = found[limit - 1].value
            found = found.enumerated().filter { $0.offset < limit || $0.element.value == last }.map(\.element)
        }
        var result = SupportResult(sample: found.map(\.sample).reduce(0, +), total: total)
        result.value = query.limit != nil ? found.first?.value : Double(total)
        let shown = Array(found.prefix(SupportQuery.longestList))
        let names = try names(first, shown.map(\.key), query)
        let seconds = try keys.count > 1 ? self.names(keys[1], shown.map(\.second), query) : [:]
        result.rows = shown.map { group in
            .init(
                key: names[group.key] ?? Self.fallback(first), id: first.hasID ? Self.id(group.key) : nil,
                second: keys.count > 1 ? seconds[group.second] ?? Self.fallback(keys[1]) : nil, value: group.value, sample: group.sample)
        }
        return result
    }

    /// Buckets of time with empty ones as 0.
    func trend(_ query: SupportQuery) throws -> SupportResult {
        let key = query.keys?.first ?? .week
        let field = Self.field(query)
        let found = try measured(query, key, nil)
        let numbers = found.map { Int(Self.number($0.key)) }
        let period = query.filter.period(of: field)
        let first = period?.from.map { bucket($0, key) } ?? numbers.min()
        // The last moment inside a half-open interval; nothing is counted after now.
        let end = min(period?.to?.addingTimeInterval(-0.001) ?? now, now)
        var result = SupportResult()
        guard let first else { return result }
        let last = max(first, bucket(end, key))
        let byBucket = Dictionary(found.map { (Int(Self.number($0.key)), $0) }, uniquingKeysWith: { first, _ in first })
        for bucket in first...min(last, first + Self.mostBuckets) {
            let group = byBucket[bucket]
            result.rows.append(
                .init(
                    key: Self.day(of: bucket, key).description, id: nil,
                    value: group?.value ?? (query.measure == .rows ? 0 : nil), sample: group?.sample ?? 0))
        }
        result.sample = found.map(\.sample).reduce(0, +)
        result.total = result.rows.count
        result.value = query.measure == .rows ? Double(result.sample) : nil
        return result
    }

    private static let mostBuckets = 1_000

    static func field(_ query: SupportQuery) -> SupportPeriod.Field {
        if let field = query.timeField { return field }
        switch SupportMeasures.subject(of: query) {
        case .ratings: return .rated
        case .conversations: return .sent
        default: return query.measure == .resolution ? .resolved : .created
        }
    }

    // MARK: Counting

    private func measured(_ query: SupportQuery, _ first: SupportQuery.Key, _ second: SupportQuery.Key?) throws -> [Group] {
        let measures = SupportMeasures(query)
        var rows = try rows(SupportMeasures.subject(of: query), query.filter)
        let field = Self.field(query)
        if let column = rows.column(of: field), first.isTime || second?.isTime == true { rows.require("\(column) IS NOT NULL") }
        let moment = local(rows.column(of: field) ?? "t.created_at", query.filter.period(of: field))
        let expressions = [first, second].compactMap { $0 }.map { Self.expression($0, rows, moment) }
        let measure = measures.expression(&rows, now: now)
        let join = [first, second].contains(.tag) ? Self.tagJoin : ""
        let statement = measures.statement(keys: expressions, measure, "FROM \(rows.from)\(join) WHERE \(rows.filter.sql)", db.dialect)
        return try db.rows(statement, arguments: rows.filter.arguments).map { row in
            Group(
                key: try row.value("key1"), second: second == nil ? .integer(0) : try row.value("key2"),
                value: try measures.value(of: row), sample: try row.get("sample"))
        }
    }

    private static let tagJoin = """
         LEFT JOIN ticket_tags k ON k.workspace_id = t.workspace_id AND k.connection_id = t.connection_id AND k.ticket_id = t.id
        """

    /// Milliseconds are cut into buckets by whole division: the same on both engines, and no time zone of the server's comes in.
    private static func expression(_ key: SupportQuery.Key, _ rows: SupportRows, _ moment: String) -> String {
        switch key {
        case .account: "t.account_id"
        case .agent: rows.subject == .conversations ? "v.user_id" : "t.agent_id"
        case .contact: "t.requester_id"
        case .group: "t.group_id"
        case .status: "t.status"
        case .priority: "t.priority"
        case .source: "t.source"
        case .type: "t.type"
        case .tag: "k.tag"
        case .day: "\(moment) / 86400000"
        case .week: "(\(moment) / 86400000 + 3) / 7"
        case .month: Months.sql(moment)
        case .weekday: "(\(moment) / 86400000 + 3) % 7"
        case .hour: "(\(moment) / 3600000) % 24"
        }
    }

    /// The column as clocks of the zone show it, in milliseconds. The changes of the clocks inside the interval are written into the
    /// statement, so that both engines cut alike whatever zones they know.
    private func local(_ column: String, _ period: SupportPeriod?) -> String {
        guard !zone.isUTC else { return column }
        let from = max(period?.from ?? .distantPast, now.addingTimeInterval(-Self.longestBack))
        let offsets = zone.offsets(from: from, to: max(period?.to ?? now, now))
        var sql = "0"
        for (place, change) in offsets.enumerated() {
            let milliseconds = change.offset * 1_000
            sql =
                place == 0 ? "\(milliseconds)" : "CASE WHEN \(column) >= \(change.since.milliseconds) THEN \(milliseconds) ELSE \(sql) END"
        }
        return "(\(column) + \(sql))"
    }

    /// Rows older than this are cut by the offset that held then.
    private static let longestBack: TimeInterval = 15 * 366 * 86_400

    /// Groups that no row mentions, for questions such as “which accounts have no open tickets”.
    private func missing(_ key: SupportQuery.Key, among found: [Group], _ filter: SupportFilter) throws -> [Group] {
        let table: String
        switch key {
        case .account: table = "accounts d WHERE d.workspace_id = $1"
        case .agent: table = "agents d WHERE d.workspace_id = $1 AND d.is_active"
        case .group: table = "groups d WHERE d.workspace_id = $1"
        default: return []
        }
        let known = Set(found.map { Self.number($0.key) })
        var wanted: Set<Int64>?
        if key == .account, let ids = filter.account?.ids, filter.account?.isNegated == false { wanted = Set(ids) }
        return try db.rows("SELECT d.id FROM \(table)", workspace).compactMap { row in
            let id: Int64 = try row.get("id")
            if known.contains(id) { return nil }
            if let wanted, !wanted.contains(id) { return nil }
            return Group(key: .integer(id), second: .integer(0), value: 0, sample: 0)
        }
    }

    // MARK: Names

    private func names(_ key: SupportQuery.Key, _ values: [SQLValue], _ query: SupportQuery) throws -> [SQLValue: String] {
        var names: [SQLValue: String] = [:]
        func look(_ table: String, former: String) throws {
            let ids = Array(Set(values.filter { $0 != .null }))
            guard !ids.isEmpty else { return }
            let sql =
                "SELECT d.id, d.name FROM \(table) d WHERE d.workspace_id = $1 AND d.id IN (\(placeholders(from: 2, count: ids.count)))"
            for row in try db.rows(sql, arguments: [workspace.sqlValue] + ids) {
                names[.integer(try row.get("id"))] = try row.get("name")
            }
            for id in ids where names[id] == nil { names[id] = "\(former) \(Self.number(id))" }
        }
        switch key {
        case .account: try look("accounts", former: "Account")
        case .agent: try look("agents", former: "Former agent")
        case .contact:
            try look("contacts", former: "Contact")
            // An agent may ask for help, too.
            for case .integer(let id) in values where names[.integer(id)] == "Contact \(id)" {
                let row = try db.first("SELECT d.name FROM agents d WHERE d.workspace_id = $1 AND d.id = $2", workspace, id)
                if let name: String = try row?.find("name") { names[.integer(id)] = name }
            }
        case .group: try look("groups", former: "Group")
        default:
            for value in values { names[value] = Self.text(value, key) }
        }
        return names
    }

    private static func fallback(_ key: SupportQuery.Key) -> String {
        switch key {
        case .account: "No account"
        case .agent: "Unassigned"
        case .contact: "No requester"
        case .group: "No group"
        case .type: "No type"
        case .tag: "No tag"
        default: "None"
        }
    }

    private static func text(_ value: SQLValue, _ key: SupportQuery.Key) -> String? {
        switch (key, value) {
        case (_, .null): nil
        case (.status, .text(let text)): TicketStatus(rawValue: text)?.label
        case (.source, .text(let text)): TicketSource(rawValue: text)?.label
        case (.priority, .integer(let code)): TicketPriority(code: Int(code)).label
        case (.weekday, .integer(let number)): weekdays[Int((number % 7 + 7) % 7)]
        case (.hour, .integer(let number)): (number < 10 ? "0" : "") + "\(number):00"
        case (.day, .integer(let number)), (.week, .integer(let number)), (.month, .integer(let number)):
            day(of: Int(number), key).description
        case (_, .text(let text)): text
        default: nil
        }
    }

    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    // MARK: Values

    private static func number(_ value: SQLValue) -> Int64 {
        switch value {
        case .integer(let value): value
        case .double(let value): Int64(value)
        default: -1
        }
    }

    private static func id(_ value: SQLValue) -> Int64? {
        if case .integer(let id) = value { id } else { nil }
    }

    private static func sorts(_ left: SQLValue, before right: SQLValue) -> Bool {
        switch (left, right) {
        case (.text(let left), .text(let right)): left < right
        default: number(left) < number(right)
        }
    }

    private func bucket(_ date: Date, _ key: SupportQuery.Key) -> Int {
        let day = zone.day(containing: date)
        return switch key {
        case .week: (day.number + 3) / 7
        case .month: Months.number(of: day)
        default: day.number
        }
    }

    private static func day(of bucket: Int, _ key: SupportQuery.Key) -> Day {
        switch key {
        case .week: Day(number: bucket * 7 - 3)
        case .month: Months.first(bucket)
        default: Day(number: bucket)
        }
    }
}

/// Months counted since January 1970, by integer arithmetic alone, so that SQL and Swift cannot disagree.
private enum Months {
    /// The civil calendar from a day's number, in whole numbers (days counted from 1 March of year 0, 400-year eras).
    static func sql(_ moment: String) -> String {
        let shifted = "(\(moment) / 86400000 + 719468)"
        let ofEra = "(\(shifted) % 146097)"
        let year = "((\(ofEra) - \(ofEra) / 1460 + \(ofEra) / 36524 - \(ofEra) / 146096) / 365)"
        let ofYear = "(\(ofEra) - (365 * \(year) + \(year) / 4 - \(year) / 100))"
        let march = "((5 * \(ofYear) + 2) / 153)"
        // March is the era's first month: 2 months after January.
        return "((\(shifted) / 146097 * 400 + \(year)) * 12 + \(march) + 2 - 23640)"
    }

    static func number(of day: Day) -> Int {
        let shifted = day.number + 719_468
        let ofEra = shifted % 146_097
        let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        return (shifted / 146_097 * 400 + year) * 12 + (5 * ofYear + 2) / 153 + 2 - 23_640
    }

    static func first(_ number: Int) -> Day {
        let (year, month) = (1970 + number / 12, number % 12 + 1)
        let text = "\(year)-" + (month < 10 ? "0" : "") + "\(month)-01"
        return Day(text) ?? Day(number: 0)
    }
}
