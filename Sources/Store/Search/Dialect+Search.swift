import Domain

/// Which hits of a search are wanted when there are more than so many.
enum SearchOrder: Sendable {
    /// Whichever are found first.
    case any
    /// The newest.
    case newest
}

/// The newer tickets of a portal: those from an id on.
struct SearchReach: Sendable {
    var connection: ID<Connection>
    var lowest: Int64
}

/// How the words of a search are looked up on each engine.
extension Dialect {
    /// Most hits that a search looks at, the newest first. A word that more tickets hold tells little, and looking at all of them would
    /// cost seconds among a million.
    static let mostHits = 10_000

    /// A subquery of the ids (`ticket_id`) of at most `limit` tickets that have the words of `search`.
    ///
    /// - Parameters:
    ///   - scope: the portal's search word.
    ///   - workspace: the placeholder of the workspace's id.
    ///   - reach: only these tickets are looked at; SQLite reads its entries from the newest on and needs no such bound.
    ///   - bind: adds an argument and answers its placeholder.
    func searchHits(
        _ search: SearchQuery, scope: String, workspace: String, _ order: SearchOrder, within reach: SearchReach? = nil, limit: Int,
        bind: (SQLValue) -> String
    ) -> String {
        let condition = match(search, scope, bind)
        switch self {
        case .sqlite:
            // Entries are numbered as they come, so the highest are the newest. The named index holds nothing but the two numbers;
            // the rows themselves carry the token text and lie far apart.
            let newest = order == .any ? "" : "ORDER BY rowid DESC "
            return """
                SELECT s.ticket_id FROM ticket_search s INDEXED BY ticket_search_entries
                WHERE s.entry IN (SELECT rowid FROM ticket_words WHERE \(condition) \(newest)LIMIT \(limit))
                """
        case .postgresql:
            // Read in the key's order, the words of each row are unpacked and compared until there are enough, which the planner takes for
            // cheaper than it is by far. The sums keep it from that.
            let newest = order == .any ? "" : "ORDER BY s.connection_id + 0 DESC, s.ticket_id + 0 DESC "
            let bound =
                reach.map { "AND s.connection_id = \(bind($0.connection.sqlValue)) AND s.ticket_id >= \(bind(.integer($0.lowest))) " } ?? ""
            return """
                SELECT s.ticket_id FROM ticket_search s
                WHERE s.workspace_id = \(workspace) AND \(condition) \(bound)\(newest)LIMIT \(limit)
                """
        }
    }

    /// A statement that counts how many of the newest `size` tickets have the words of `search`.
    func searchSample(
        _ search: SearchQuery, scope: String, workspace: String, of size: Int, bind: (SQLValue) -> String
    ) -> String {
        """
        SELECT COUNT(*) AS count FROM (SELECT * FROM ticket_search s WHERE s.workspace_id = \(workspace)
        ORDER BY s.connection_id DESC, s.ticket_id DESC LIMIT \(size)) s WHERE \(match(search, scope, bind))
        """
    }

    /// Has the statements of a transaction planned for the values at hand until the second of the two.
    ///
    /// PostgreSQL keeps one plan for all words once it takes that for as good. It is not for a common word among the newer tickets: there
    /// the words' index and that of the tickets are to be read together. SQLite plans once, whatever the values.
    var planningForValues: (begin: String, end: String)? {
        switch self {
        case .sqlite: nil
        case .postgresql: ("SET LOCAL plan_cache_mode = force_custom_plan", "SET LOCAL plan_cache_mode = auto")
        }
    }

    /// An aggregate: numbers, separated by commas.
    func list(_ column: String) -> String {
        switch self {
        // SQLite 3.40 has no `string_agg`.
        case .sqlite: "group_concat(\(column))"
        case .postgresql: "string_agg(CAST(\(column) AS TEXT), ',')"
        }
    }

    /// The condition that `column` is one of a list's numbers, handed over as one argument however many they are.
    ///
    /// - Parameter numbers: separated by commas.
    func isListed(_ column: String, in numbers: String, bind: (SQLValue) -> String) -> String {
        switch self {
        case .sqlite: "\(column) IN (SELECT value FROM json_each(\(bind(.text("[\(numbers)]")))))"
        // Not seeing how many there are, the planner looks each one up. Seeing thousands, it would rather read the list in its order, or
        // any index from end to end, and sieve.
        case .postgresql: "\(column) = ANY (ARRAY(SELECT unnest(CAST(\(bind(.text("{\(numbers)}"))) AS BIGINT[]))))"
        }
    }

    private func match(_ search: SearchQuery, _ scope: String, _ bind: (SQLValue) -> String) -> String {
        switch self {
        case .sqlite: return "ticket_words MATCH \(bind(.text(search.fts5(scope: scope))))"
        case .postgresql:
            var conditions = ["s.words @@ CAST(\(bind(.text(search.tsquery(scope: scope)))) AS tsquery)"]
            for phrase in search.phrases where phrase.words.count > 1 {
                let words = bind(.text(" " + phrase.words.joined(separator: " ") + " "))
                conditions.append(
                    "(" + ["ticket", "requester", "thread"].map { "strpos(' ' || s.\($0) || ' ', \(words)) > 0" }.joined(separator: " OR ")
                        + ")")
            }
            return conditions.joined(separator: " AND ")
        }
    }
}
