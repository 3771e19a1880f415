import Domain

/// The tickets that have the words of a search. They are looked up once and named to every statement of a list: finding them is most of
/// the work, and a list counts its rows and reads a page of them.
struct SearchHits: Sendable, Equatable {
    /// Ids, separated by commas; where more than `Dialect.mostHits` tickets have the words, the newest of them.
    var ids: String
    /// More tickets have the words than are looked at, so a list may lack older ones.
    var isCut: Bool

    static let none = SearchHits(ids: "", isCut: false)

    /// What the search of `query` finds in the workspace; nil for a query without one. Nothing but punctuation finds nothing, rather
    /// than everything.
    static func find(_ workspace: ID<Workspace>, _ query: TicketQuery, _ db: any Queries) throws -> SearchHits? {
        guard let text = query.search else { return nil }
        // A workspace holds one portal's tickets at a time.
        let portal = try db.first("SELECT id FROM connections WHERE workspace_id = $1 ORDER BY id LIMIT 1", workspace)
        guard let search = SearchQuery(text), let portal else { return SearchHits.none }
        return try Lookup(search: search, scope: MirrorScope(workspace: workspace, connection: portal.get("id")), db: db).hits()
    }
}

/// How the hits of one search are found on each engine.
private struct Lookup {
    let search: SearchQuery
    let scope: MirrorScope
    let db: any Queries

    /// When at least so many of the newest `sample` tickets have the words, enough of them are expected among the newer tickets.
    private static let (widespread, sample) = (8, 200)

    func hits() throws -> SearchHits {
        switch db.dialect {
        case .sqlite:
            let (ids, count) = try ids(.newest, limit: Dialect.mostHits)
            return SearchHits(ids: ids, isCut: try count == Dialect.mostHits && self.count(upTo: Dialect.mostHits + 1) > Dialect.mostHits)
        case .postgresql:
            if let reach = try reach() {
                let (ids, count) = try planned { try self.ids(.newest, within: reach, limit: Dialect.mostHits + 1) }
                if count > Dialect.mostHits { return SearchHits(ids: Self.dropOldest(ids), isCut: true) }
            }
            let (ids, count) = try ids(.newest, limit: Dialect.mostHits + 1)
            return count > Dialect.mostHits ? SearchHits(ids: Self.dropOldest(ids), isCut: true) : SearchHits(ids: ids, isCut: false)
        }
    }

    /// The newer tickets among which there should be twice as many hits as are looked at; nil where that is no bound. A word of every
    /// fourth ticket stands in some hundred thousand rows of a million, and visiting each takes a second.
    private func reach() throws -> SearchReach? {
        let found = try found()
        guard found >= Self.widespread else { return nil }
        let row = try db.first(
            """
            SELECT MIN(ticket_id) AS lowest, MAX(ticket_id) AS highest FROM ticket_search
            WHERE workspace_id = $1 AND connection_id = $2
            """, scope.workspace, scope.connection)
        guard let lowest: Int64 = try row?.find("lowest"), let highest: Int64 = try row?.find("highest") else { return nil }
        // Freshdesk counts a portal's tickets, so ids have few gaps; where they have many, too few are found and all are looked at.
        let first = highest - Int64(2 * Dialect.mostHits * Self.sample / found)
        return first > lowest ? SearchReach(connection: scope.connection, lowest: first) : nil
    }

    private func planned<Value>(_ body: () throws -> Value) throws -> Value {
        guard let planning = db.dialect.planningForValues else { return try body() }
        try db.script(planning.begin)
        let value = try body()
        try db.script(planning.end)
        return value
    }

    /// Without the smallest id, which is the oldest ticket's: all hits are one portal's.
    private static func dropOldest(_ ids: String) -> String {
        let numbers = ids.split(separator: ",")
        let oldest = numbers.indices.min { (Int64(numbers[$0]) ?? 0) < (Int64(numbers[$1]) ?? 0) }
        return numbers.indices.filter { $0 != oldest }.map { String(numbers[$0]) }.joined(separator: ",")
    }

    private func ids(_ order: SearchOrder, within reach: SearchReach? = nil, limit: Int) throws -> (ids: String, count: Int) {
        let row = try row { dialect, workspace, bind in
            let found = dialect.searchHits(
                search, scope: scope.searchWord, workspace: workspace, order, within: reach, limit: limit, bind: bind)
            return "SELECT COUNT(*) AS count, \(dialect.list("hits.ticket_id")) AS ids FROM (\(found)) hits"
        }
        return try (row?.find("ids") ?? "", row?.get("count") ?? 0)
    }

    private func count(upTo limit: Int) throws -> Int {
        let row = try row { dialect, workspace, bind in
            let found = dialect.searchHits(search, scope: scope.searchWord, workspace: workspace, .any, limit: limit, bind: bind)
            return "SELECT COUNT(*) AS count FROM (\(found)) hits"
        }
        return try row?.get("count") ?? 0
    }

    /// How many of the newest tickets have the words.
    private func found() throws -> Int {
        let row = try row { dialect, workspace, bind in
            dialect.searchSample(search, scope: scope.searchWord, workspace: workspace, of: Self.sample, bind: bind)
        }
        return try row?.get("count") ?? 0
    }

    private func row(_ statement: (Dialect, _ workspace: String, _ bind: (SQLValue) -> String) -> String) throws -> Row? {
        var arguments = [scope.workspace.sqlValue]
        let sql = statement(db.dialect, "$1") {
            arguments.append($0)
            return "$\(arguments.count)"
        }
        return try db.rows(sql, arguments: arguments).first
    }
}
