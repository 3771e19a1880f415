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
        let scope = try MirrorScope(workspace: workspace, connection: portal.get("id")).searchWord
        return try Lookup(search: search, scope: scope, workspace: workspace, db: db).hits()
    }
}

/// How the hits of one search are found on each engine.
private struct Lookup {
    let search: SearchQuery
    let scope: String
    let workspace: ID<Workspace>
    let db: any Queries

    /// When at least so many of the newest `sample` tickets have the words, reading from the newest on finds enough of them soonest.
    private static let (widespread, sample) = (40, 500)

    func hits() throws -> SearchHits {
        switch db.dialect {
        case .sqlite:
            let (ids, count) = try ids(.newest, limit: Dialect.mostHits)
            return SearchHits(ids: ids, isCut: try count == Dialect.mostHits && self.count(upTo: Dialect.mostHits + 1) > Dialect.mostHits)
        case .postgresql:
            if try isWidespread() {
                let (ids, count) = try ids(.newest, limit: Dialect.mostHits + 1)
                return count > Dialect.mostHits ? SearchHits(ids: Self.dropOldest(ids), isCut: true) : SearchHits(ids: ids, isCut: false)
            }
            let (ids, count) = try ids(.any, limit: Dialect.mostHits + 1)
            guard count > Dialect.mostHits else { return SearchHits(ids: ids, isCut: false) }
            return SearchHits(ids: try self.ids(.newestOfAll, limit: Dialect.mostHits).ids, isCut: true)
        }
    }

    /// Without the smallest id, which is the oldest ticket's: all hits are one portal's.
    private static func dropOldest(_ ids: String) -> String {
        let numbers = ids.split(separator: ",")
        let oldest = numbers.indices.min { (Int64(numbers[$0]) ?? 0) < (Int64(numbers[$1]) ?? 0) }
        return numbers.indices.filter { $0 != oldest }.map { String(numbers[$0]) }.joined(separator: ",")
    }

    private func ids(_ order: SearchOrder, limit: Int) throws -> (ids: String, count: Int) {
        let row = try row { dialect, workspace, bind in
            let found = dialect.searchHits(search, scope: scope, workspace: workspace, order, limit: limit, bind: bind)
            return "SELECT COUNT(*) AS count, \(dialect.list("hits.ticket_id")) AS ids FROM (\(found)) hits"
        }
        return try (row?.find("ids") ?? "", row?.get("count") ?? 0)
    }

    private func count(upTo limit: Int) throws -> Int {
        let row = try row { dialect, workspace, bind in
            "SELECT COUNT(*) AS count FROM (\(dialect.searchHits(search, scope: scope, workspace: workspace, .any, limit: limit, bind: bind))) hits"
        }
        return try row?.get("count") ?? 0
    }

    /// Whether a good part of all tickets has the words, told by the newest ones.
    private func isWidespread() throws -> Bool {
        let row = try row { dialect, workspace, bind in
            dialect.searchSample(search, scope: scope, workspace: workspace, of: Self.sample, bind: bind)
        }
        return try row?.get("count", as: Int.self) ?? 0 >= Self.widespread
    }

    private func row(_ statement: (Dialect, _ workspace: String, _ bind: (SQLValue) -> String) -> String) throws -> Row? {
        var arguments = [workspace.sqlValue]
        let sql = statement(db.dialect, "$1") {
            arguments.append($0)
            return "$\(arguments.count)"
        }
        return try db.rows(sql, arguments: arguments).first
    }
}
