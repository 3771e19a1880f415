package import Domain
package import Foundation

/// Executes `SupportQuery`: the only place where a question becomes SQL. It only reads.
package struct SupportQueryStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// What the workspace's rows say. `now` is the moment that ages, due dates and open ends are counted by.
    ///
    /// - Parameter zone: whose days, weeks, months and hours trends and groups by time are cut into.
    package func answer(
        _ workspace: ID<Workspace>, _ query: SupportQuery, now: Date, zone: CivilZone = .utc
    ) async throws -> SupportResult {
        try await database.read { db in
            try SupportQuestion(workspace: workspace, now: now, zone: zone, db: db).answer(query)
        }
    }
}

/// One question inside one read transaction.
struct SupportQuestion {
    let workspace: ID<Workspace>
    let now: Date
    let zone: CivilZone
    let db: any Queries

    func answer(_ query: SupportQuery) throws -> SupportResult {
        switch query.operation {
        case .count: try count(query)
        case .list: try list(query)
        case .aggregate: try aggregate(query, query.filter)
        case .group: try groups(query)
        case .trend: try trend(query)
        case .compare: try compare(query)
        case .share: try share(query)
        }
    }

    func rows(_ subject: SupportQuery.Subject, _ filter: SupportFilter) throws -> SupportRows {
        try SupportRows(subject, filter, workspace: workspace, now: now, db)
    }

    // MARK: Single figures

    private func count(_ query: SupportQuery) throws -> SupportResult {
        let count = try number(query.subject, query.filter)
        return SupportResult(value: Double(count), sample: count, total: count)
    }

    func number(_ subject: SupportQuery.Subject, _ filter: SupportFilter) throws -> Int {
        if let directory = SupportDirectory(subject, filter, workspace) {
            return try db.rows("SELECT COUNT(*) AS count FROM \(directory.sql)", arguments: directory.arguments).first?.get("count") ?? 0
        }
        let rows = try rows(subject, filter)
        let what =
            switch subject {
            case .tickets, .conversations, .ratings: "COUNT(*)"
            case .accounts: "COUNT(DISTINCT t.account_id)"
            case .agents: "COUNT(DISTINCT t.agent_id)"
            case .contacts: "COUNT(DISTINCT t.requester_id)"
            }
        let sql = "SELECT \(what) AS count FROM \(rows.from) WHERE \(rows.filter.sql)"
        return try db.rows(sql, arguments: rows.filter.arguments).first?.get("count") ?? 0
    }

    func aggregate(_ query: SupportQuery, _ filter: SupportFilter) throws -> SupportResult {
        let measures = SupportMeasures(query)
        var rows = try rows(SupportMeasures.subject(of: query), filter)
        guard let expression = measures.expression(&rows, now: now) else {
            let count = try number(query.subject, filter)
            return SupportResult(value: Double(count), sample: count, total: count)
        }
        let source = "FROM \(rows.from) WHERE \(rows.filter.sql)"
        if measures.isMedian {
            let counted = "SELECT COUNT(*) AS sample \(source) AND \(expression) IS NOT NULL"
            let sample: Int = try db.rows(counted, arguments: rows.filter.arguments).first?.get("sample") ?? 0
            guard sample > 0 else { return SupportResult(value: nil, sample: 0, total: 0) }
            let middle = try db.rows(
                SupportMeasures.middle(of: expression, source, sample: sample), arguments: rows.filter.arguments
            ).map { try $0.get("measure", as: Int64.self) }
            let value = middle.map(Double.init).reduce(0, +) / Double(max(1, middle.count))
            return SupportResult(value: measures.figure(value), sample: sample, total: sample)
        }
        let row = try db.rows(measures.statement(keys: [], expression, source, db.dialect), arguments: rows.filter.arguments).first
        let sample: Int = try row?.find("sample") ?? 0
        let value: Double? = sample == 0 ? nil : try row?.find("value")
        return SupportResult(value: measures.figure(value), sample: sample, total: sample)
    }

    private func compare(_ query: SupportQuery) throws -> SupportResult {
        var result = SupportResult()
        for side in query.sides ?? [] {
            let part = try aggregate(query, side.filter)
            result.rows.append(.init(key: side.label, id: nil, value: part.value, sample: part.sample))
        }
        result.sample = result.rows.map(\.sample).reduce(0, +)
        result.total = result.rows.count
        return result
    }

    private func share(_ query: SupportQuery) throws -> SupportResult {
        let whole = try number(query.subject, query.filter)
        let part = try number(query.subject, query.filter.narrowed(by: query.part ?? SupportFilter()))
        var result = SupportResult(value: whole == 0 ? nil : 100 * Double(part) / Double(whole), sample: whole, total: whole)
        result.rows = [
            .init(key: "part", id: nil, value: Double(part), sample: part),
            .init(key: "whole", id: nil, value: Double(whole), sample: whole)
        ]
        return result
    }

    // MARK: Lists

    private func list(_ query: SupportQuery) throws -> SupportResult {
        guard query.subject == .tickets else { return try members(query) }
        let total = try number(.tickets, query.filter)
        var rows = try rows(.tickets, query.filter)
        let isDescending = query.isDescending ?? true
        let column = Self.column(of: query.order ?? .created)
        let direction = isDescending ? "DESC" : "ASC"
        // Few rows are found by what narrows them and sorted; an index in the list's order would be read to the end for them.
        let sorting = total <= Self.fewRows && Self.isMoment(query.order ?? .created) ? "(\(column) + 0)" : column
        // Whoever ranks last among rows without the moment is not first by it.
        if let order = query.order, Self.isOptional(order), query.limit != nil {
            rows.require("\(column) IS NOT NULL")
        }
        let asked = min(query.limit ?? SupportQuery.longestList, SupportQuery.longestList)
        let limit = rows.bind(.integer(Int64(asked + Self.mostTies)))
        let found = try db.rows(
            """
            SELECT \(TicketStore.columns), \(column) AS sort_key FROM tickets t \(TicketStore.joins)
            WHERE \(rows.filter.sql) ORDER BY \(sorting) \(direction) NULLS LAST, t.id \(direction) LIMIT \(limit)
            """, arguments: rows.filter.arguments)
        var kept = Array(found.prefix(asked))
        if query.limit != nil, let last: Int64 = try kept.last?.find("sort_key") {
            for row in found.dropFirst(asked) {
                guard let key: Int64 = try row.find("sort_key"), key == last else { break }
                kept.append(row)
            }
        }
        var result = SupportResult(value: Double(total), sample: total, total: total)
        result.tickets = try kept.map(TicketStore.summary)
        if query.detail == .about, let first = result.tickets.first, query.limit == 1 || result.tickets.count == 1 {
            result.firstMessage = try firstMessage(of: first.id)
        }
        return result
    }

    /// Sorting so many takes less than a page of an index that was read in vain.
    private static let fewRows = 2_000

    private static func isMoment(_ order: SupportQuery.Order) -> Bool {
        switch order {
        case .created, .name, .updated, .resolved, .due, .waiting: true
        case .priority, .firstResponseTime, .resolutionTime: false
        }
    }

    /// Rows that share the last place of a limited list and are kept beside it.
    private static let mostTies = 50

    private static func isOptional(_ order: SupportQuery.Order) -> Bool {
        switch order {
        case .created, .updated, .priority, .name: false
        case .resolved, .due, .waiting, .firstResponseTime, .resolutionTime: true
        }
    }

    private static func column(of order: SupportQuery.Order) -> String {
        switch order {
        case .created, .name: "t.created_at"
        case .updated: "t.updated_at"
        case .resolved: "t.resolved_at"
        case .priority: "t.priority"
        case .due: "t.due_by"
        case .waiting: "t.waiting_since"
        case .firstResponseTime: "(t.first_responded_at - t.created_at)"
        case .resolutionTime: "(t.resolved_at - t.created_at)"
        }
    }

    private func firstMessage(of ticket: ID<Ticket>) throws -> String? {
        try db.first(
            """
            SELECT b.description_text FROM ticket_bodies b WHERE b.workspace_id = $1
            AND b.connection_id IN (SELECT id FROM connections WHERE workspace_id = $1) AND b.ticket_id = $2
            """, workspace, ticket
        )?.find("description_text")
    }

    /// A list of accounts, agents or contacts that is not about tickets.
    private func members(_ query: SupportQuery) throws -> SupportResult {
        guard let directory = SupportDirectory(query.subject, query.filter, workspace) else {
            // About tickets after all: whoever has such tickets.
            var grouped = query
            grouped.operation = .group
            grouped.keys = [query.subject == .accounts ? .account : query.subject == .agents ? .agent : .contact]
            grouped.subject = .tickets
            return try groups(grouped)
        }
        let total = try number(query.subject, query.filter)
        let limit = min(query.limit ?? SupportQuery.longestList, SupportQuery.longestList)
        let found = try db.rows(
            "SELECT d.id, d.name FROM \(directory.sql) ORDER BY d.name, d.id LIMIT \(limit)", arguments: directory.arguments)
        var result = SupportResult(value: Double(total), sample: total, total: total)
        result.members = try found.map { .init(id: try $0.get("id"), name: try $0.get("name")) }
        return result
    }
}

/// Accounts, agents and contacts themselves, whether or not they have tickets.
struct SupportDirectory {
    /// FROM and WHERE; the rows are called `d`.
    let sql: String
    let arguments: [SQLValue]

    /// Nil when the filter speaks of tickets, or the subject is none of the three.
    init?(_ subject: SupportQuery.Subject, _ filter: SupportFilter, _ workspace: ID<Workspace>) {
        var rest = filter
        var arguments: [SQLValue] = [workspace.sqlValue]
        func list(_ references: SupportFilter.References) -> String {
            references.ids.map { id -> String in
                arguments.append(.integer(id))
                return "$\(arguments.count)"
            }.joined(separator: ", ")
        }
        switch subject {
        case .accounts:
            sql = "accounts d WHERE d.workspace_id = $1"
        case .agents:
            var condition = ""
            if let group = filter.group, !group.ids.isEmpty, !group.isNegated {
                condition = """
                     AND EXISTS (SELECT 1 FROM group_agents m WHERE m.workspace_id = d.workspace_id
                    AND m.connection_id = d.connection_id AND m.agent_id = d.id AND m.group_id IN (\(list(group))))
                    """
                rest.group = nil
            }
            sql = "agents d WHERE d.workspace_id = $1 AND d.is_active\(condition)"
        case .contacts:
            var condition = ""
            if let account = filter.account, !account.ids.isEmpty, !account.isNegated {
                condition = " AND d.account_id IN (\(list(account)))"
                rest.account = nil
            }
            sql = "contacts d WHERE d.workspace_id = $1 AND d.is_live\(condition)"
        case .tickets, .conversations, .ratings: return nil
        }
        guard rest.isEmpty else { return nil }
        self.arguments = arguments
    }
}
