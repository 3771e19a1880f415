/// How the words of a search are looked up on each engine.
extension Dialect {
    /// Most hits that a search looks at, the newest first. A word that more tickets hold tells little, and looking at all of them would
    /// cost seconds among a million.
    static let mostHits = 10_000

    /// The condition that the ticket `t` is among the newest `mostHits` that have the words of `search`.
    ///
    /// The hits are found first and their tickets by key. A workspace holds one portal's tickets at a time, and the scope names it, so the
    /// id alone tells; a pair of columns would cost more than twice as much.
    ///
    /// - Parameters:
    ///   - scope: the portal's search word.
    ///   - workspace: the placeholder of the workspace's id.
    ///   - bind: adds an argument and answers its placeholder.
    func searchCondition(_ search: SearchQuery, scope: String, workspace: String, bind: (SQLValue) -> String) -> String {
        let hits =
            switch self {
            case .sqlite:
                // Entries are numbered as they come, so the highest are the newest. The named index holds nothing but the two numbers;
                // the rows themselves carry the token text and lie far apart.
                """
                SELECT s.ticket_id FROM ticket_search s INDEXED BY ticket_search_entries
                WHERE s.entry IN (SELECT rowid FROM ticket_words WHERE \(match(search, scope, bind)) ORDER BY rowid DESC LIMIT \(Self.mostHits))
                """
            case .postgresql:
                """
                SELECT s.ticket_id FROM ticket_search s WHERE s.workspace_id = \(workspace) AND \(match(search, scope, bind))
                ORDER BY s.connection_id DESC, s.ticket_id DESC LIMIT \(Self.mostHits)
                """
            }
        return """
            t.connection_id IN (SELECT id FROM connections WHERE workspace_id = \(workspace)) AND t.id IN (\(hits))
            """
    }

    /// A statement that counts the hits of `search`, up to one more than are looked at.
    func searchCount(_ search: SearchQuery, scope: String, workspace: String, bind: (SQLValue) -> String) -> String {
        let hits =
            switch self {
            case .sqlite: "SELECT rowid FROM ticket_words WHERE \(match(search, scope, bind))"
            case .postgresql:
                "SELECT 1 FROM ticket_search s WHERE s.workspace_id = \(workspace) AND \(match(search, scope, bind))"
            }
        return "SELECT COUNT(*) AS count FROM (\(hits) LIMIT \(Self.mostHits + 1)) hits"
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
