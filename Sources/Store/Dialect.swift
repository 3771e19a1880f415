/// What the engines do differently, each with its reason. Everything else is one SQL text for both.
package enum Dialect: Sendable {
    case sqlite, postgresql

    /// Ends a SELECT in a write: its rows stay as they are until the transaction ends.
    ///
    /// SQLite has one writer at a time, so nothing can change meanwhile; PostgreSQL has many.
    var forUpdate: String {
        switch self {
        case .sqlite: ""
        case .postgresql: "FOR UPDATE"
        }
    }

    /// What a migration's transaction says first, so that of many processes that start at once one migrates and the others wait.
    ///
    /// SQLite's write transaction is that lock already. On PostgreSQL two could create the same table at the same time and one would
    /// fail; the advisory lock ends with the transaction, so it also works behind a pooler.
    var migrationLock: String? {
        switch self {
        case .sqlite: nil
        case .postgresql: "SELECT pg_advisory_xact_lock(7166188532)"
        }
    }

    /// A migration's script as the engine needs it.
    ///
    /// Text sorts and compares by its bytes on SQLite; on PostgreSQL by the database's locale unless the column says otherwise.
    func schema(_ script: String) -> String {
        switch self {
        case .sqlite: script
        case .postgresql:
            script.replacing(" TEXT", with: " TEXT COLLATE \"C\"").replacing("AS TEXT COLLATE \"C\"", with: "AS TEXT")
        }
    }

    /// Sends `$2` to the listeners of channel `$1` when the transaction commits; nil where there is nothing of the kind.
    ///
    /// SQLite cannot wake another process.
    var notification: String? {
        switch self {
        case .sqlite: nil
        case .postgresql: "SELECT pg_notify($1, $2)"
        }
    }

    /// Further indexes for lists that begin with the largest and end with what has no value.
    ///
    /// SQLite reads one index twice for that, values first. PostgreSQL reads an index in its order or backwards, and the ascending one
    /// begins with the missing values when it is read backwards.
    var missingLastIndexes: String {
        switch self {
        case .sqlite: ""
        case .postgresql:
            """
            CREATE INDEX tickets_by_due_last ON tickets (workspace_id, due_by DESC NULLS LAST, id DESC) WHERE is_live;
            CREATE INDEX tickets_by_waiting_last ON tickets (workspace_id, waiting_since DESC NULLS LAST, id DESC) WHERE is_live;
            """
        }
    }

    /// The condition that `column` names one of the workspace's portals: the indexes over companies, requesters and tags begin with it.
    ///
    /// For PostgreSQL as an array: joined to the portals, it would reckon with far fewer rows than there are and choose by that.
    func isOwnPortal(_ column: String, workspace: String) -> String {
        isAmong(column, "SELECT id FROM connections WHERE workspace_id = \(workspace)")
    }

    /// The condition that `column` is one of what a subquery finds, each of which is then looked up.
    ///
    /// For PostgreSQL as an array: it would join the subquery, and read all of a table for the half of it.
    func isAmong(_ column: String, _ subquery: String) -> String {
        switch self {
        case .sqlite: "\(column) IN (\(subquery))"
        case .postgresql: "\(column) = ANY (ARRAY(\(subquery)))"
        }
    }

    /// A column whose condition shall only sieve the rows that another condition or the list's order leads to.
    ///
    /// Without statistics SQLite takes any range for more telling than an equal value or an order: it would find the half of a million
    /// tickets that were created before a day, and sort them for one page. The plus sign hides the column from its indexes. PostgreSQL
    /// knows how many rows each condition leaves.
    func sieved(_ column: String) -> String {
        switch self {
        case .sqlite: "+\(column)"
        case .postgresql: column
        }
    }

    /// The median of a whole number over a group, as a figure or as what `SupportMeasures.median` makes one of; a duration in
    /// milliseconds fits a double exactly.
    ///
    /// SQLite has no such aggregate, and numbering the rows of each group by window functions takes five times as long as handing over
    /// their numbers as one text.
    func median(_ expression: String) -> String {
        switch self {
        case .sqlite: "GROUP_CONCAT(\(expression))"
        case .postgresql: "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(\(expression) AS DOUBLE PRECISION))"
        }
    }

    // MARK: Full-text search

    /// The table of token text and the engine's own index over it.
    ///
    /// Words are made in Swift and only stored and found by the engines: FTS5 with the token table as its content on SQLite, a
    /// `tsvector` under GIN on PostgreSQL.
    var searchSchema: String {
        switch self {
        case .sqlite:
            // `entry` must be the rowid's own name: an implicit rowid may change in a VACUUM.
            """
            CREATE TABLE ticket_search (
                entry INTEGER PRIMARY KEY, workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, ticket_id BIGINT NOT NULL,
                scope TEXT NOT NULL, ticket TEXT NOT NULL DEFAULT '', requester TEXT NOT NULL DEFAULT '', thread TEXT NOT NULL DEFAULT '');
            CREATE UNIQUE INDEX ticket_search_key ON ticket_search (workspace_id, connection_id, ticket_id);
            CREATE VIRTUAL TABLE ticket_words USING fts5 (
                scope, ticket, requester, thread, content='ticket_search', content_rowid='entry', tokenize='ascii', prefix='2 3');
            CREATE TRIGGER ticket_search_added AFTER INSERT ON ticket_search BEGIN
                INSERT INTO ticket_words (rowid, scope, ticket, requester, thread)
                VALUES (new.entry, new.scope, new.ticket, new.requester, new.thread);
            END;
            CREATE TRIGGER ticket_search_removed AFTER DELETE ON ticket_search BEGIN
                INSERT INTO ticket_words (ticket_words, rowid, scope, ticket, requester, thread)
                VALUES ('delete', old.entry, old.scope, old.ticket, old.requester, old.thread);
            END;
            CREATE TRIGGER ticket_search_changed AFTER UPDATE ON ticket_search BEGIN
                INSERT INTO ticket_words (ticket_words, rowid, scope, ticket, requester, thread)
                VALUES ('delete', old.entry, old.scope, old.ticket, old.requester, old.thread);
                INSERT INTO ticket_words (rowid, scope, ticket, requester, thread)
                VALUES (new.entry, new.scope, new.ticket, new.requester, new.thread);
            END;
            """
        case .postgresql:
            // The words as they are: `to_tsvector` would split them once more, each server locale its own way. Without positions, which
            // end at 16,383 and 256 a word; phrases are looked up in the token text. The portal's scope is a word too, with a sign that
            // no word has, so that the index finds the words of one portal and not of every workspace.
            """
            CREATE TABLE ticket_search (
                workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, ticket_id BIGINT NOT NULL, scope TEXT NOT NULL,
                ticket TEXT NOT NULL DEFAULT '', requester TEXT NOT NULL DEFAULT '', thread TEXT NOT NULL DEFAULT '',
                words tsvector GENERATED ALWAYS AS (array_to_tsvector(array_append(
                    array_remove(string_to_array(ticket || ' ' || requester || ' ' || thread, ' '), ''), '#' || scope))) STORED,
                PRIMARY KEY (workspace_id, connection_id, ticket_id));
            CREATE INDEX ticket_words ON ticket_search USING gin (words);
            """
        }
    }
}
