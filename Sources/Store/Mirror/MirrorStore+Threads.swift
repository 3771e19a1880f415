package import Domain
package import Foundation

/// Threads: which have to be read, and what was read.
extension MirrorStore {
    /// A ticket whose thread has to be read: its row changed since the last reading.
    package struct PendingThread: Sendable, Equatable {
        package var ticketID: ID<Ticket>
        package var updatedAt: Date
        package var hasStats: Bool

        package init(ticketID: ID<Ticket>, updatedAt: Date, hasStats: Bool) {
            self.ticketID = ticketID
            self.updatedAt = updatedAt
            self.hasStats = hasStats
        }
    }

    /// Which threads are due.
    package struct ThreadsDue: Sendable {
        /// Where the window of days begins; unresolved tickets are due whatever their age.
        package var since: Date?
        /// Tickets whose thread failed in this run are left for the next.
        package var run: ID<SyncRun>
        /// A thread that was read while its ticket's last second was still open is due again, unless that was after this moment.
        package var retriesOpenBefore: Date

        package init(since: Date?, run: ID<SyncRun>, retriesOpenBefore: Date) {
            self.since = since
            self.run = run
            self.retriesOpenBefore = retriesOpenBefore
        }
    }

    /// How a thread's version says that the second of its ticket's change was not over when it was read: more may have followed in it.
    private static let open: Int64 = 1

    private static let isDue = """
        workspace_id = $1 AND connection_id = $2 AND is_live
            AND (thread_version IS NULL OR thread_version <> updated_at AND (thread_version <> updated_at - 1 OR thread_read_at < $5))
            AND (thread_fault IS NULL OR thread_fault <> $3)
            AND (status IN ('open', 'pending') OR updated_at >= $4)
        """

    private func arguments(_ due: ThreadsDue) -> [SQLValue] {
        [
            scope.workspace.sqlValue, scope.connection.sqlValue, .text(due.run.description),
            (due.since ?? Date(milliseconds: 0)).sqlValue, due.retriesOpenBefore.sqlValue
        ]
    }

    /// Tickets in scope whose row changed since their thread was read, unresolved and newest first.
    package func pendingThreads(_ due: ThreadsDue, limit: Int) throws -> [PendingThread] {
        try db.rows(
            """
            SELECT id, updated_at, has_stats FROM tickets WHERE \(Self.isDue)
            ORDER BY CASE WHEN status IN ('open', 'pending') THEN 0 ELSE 1 END, updated_at DESC, id DESC LIMIT $6
            """, arguments: arguments(due) + [.integer(Int64(limit))]
        ).map(pending)
    }

    package func countPendingThreads(_ due: ThreadsDue) throws -> Int {
        try db.rows("SELECT COUNT(*) AS count FROM tickets WHERE \(Self.isDue)", arguments: arguments(due)).first?.get("count") ?? 0
    }

    /// Tickets whose thread was read in an open second: before a run ends they are read once more.
    package func openThreads(since windowStart: Date?) throws -> [PendingThread] {
        try db.rows(
            """
            SELECT id, updated_at, has_stats FROM tickets
            WHERE workspace_id = $1 AND connection_id = $2 AND is_live AND thread_version = updated_at - 1
                AND (status IN ('open', 'pending') OR updated_at >= $3)
            ORDER BY updated_at DESC, id DESC
            """, scope.workspace, scope.connection, windowStart ?? Date(milliseconds: 0)
        ).map(pending)
    }

    /// Tickets in scope, each with a thread.
    package func countThreads(since windowStart: Date?) throws -> Int {
        try db.first(
            """
            SELECT COUNT(*) AS count FROM tickets
            WHERE workspace_id = $1 AND connection_id = $2 AND is_live AND (status IN ('open', 'pending') OR updated_at >= $3)
            """, scope.workspace, scope.connection, windowStart ?? Date(milliseconds: 0)
        )?.get("count") ?? 0
    }

    /// The threads that have not been read for longest, for the sweep that finds silent edits.
    package func oldestThreads(since windowStart: Date?, readBefore: Date, limit: Int) throws -> [PendingThread] {
        try db.rows(
            """
            SELECT id, updated_at, has_stats FROM tickets
            WHERE workspace_id = $1 AND connection_id = $2 AND is_live AND thread_read_at < $4
                AND (status IN ('open', 'pending') OR updated_at >= $3)
            ORDER BY thread_read_at, id LIMIT $5
            """, scope.workspace, scope.connection, windowStart ?? Date(milliseconds: 0), readBefore, limit
        ).map(pending)
    }

    private func pending(_ row: Row) throws -> PendingThread {
        try PendingThread(ticketID: row.get("id"), updatedAt: row.get("updated_at"), hasStats: row.get("has_stats"))
    }

    /// A thread as read; `version` is the `updated_at` of the row that asked for it, so a later change asks again.
    package struct ReadThread: Sendable {
        package var ticketID: ID<Ticket>
        package var conversations: [Conversation]
        package var version: Date
        package var readAt: Date
        /// Whether the second of `version` was not over on the portal's clock when the thread was read.
        package var isOpen: Bool

        package init(ticketID: ID<Ticket>, conversations: [Conversation], version: Date, readAt: Date, isOpen: Bool = false) {
            self.ticketID = ticketID
            self.conversations = conversations
            self.version = version
            self.readAt = readAt
            self.isOpen = isOpen
        }
    }

    /// Replaces the threads of several tickets: what upstream no longer has is gone here too. A thread that was read for an older version
    /// of its ticket than the one held is left out: a run and a webhook event may read the same ticket at once.
    package func replace(_ threads: [ReadThread]) throws -> PhaseCounts {
        var counts = PhaseCounts()
        var changed: [(ticket: ID<Ticket>, conversations: [Conversation])] = []
        for thread in threads {
            let done = try replace(thread)
            if done.added + done.updated + done.deleted > 0 { changed.append((thread.ticketID, thread.conversations)) }
            counts += done
        }
        try saveWords(ofThreads: changed)
        return counts
    }

    private func replace(_ thread: ReadThread) throws -> PhaseCounts {
        let (ticket, conversations) = (thread.ticketID, thread.conversations)
        let held = try db.first(
            "SELECT thread_version FROM tickets WHERE workspace_id = $1 AND connection_id = $2 AND id = $3 \(db.dialect.forUpdate)",
            scope.workspace, scope.connection, ticket)
        if let version = try held?.find("thread_version", as: Int64.self), version > thread.version.milliseconds { return PhaseCounts() }
        let known = try db.rows(
            "SELECT id, raw, body_html FROM conversations WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3",
            scope.workspace, scope.connection, ticket)
        var left: [Int64: (raw: String, body: String)] = [:]
        for row in known { left[try row.get("id")] = try (row.get("raw"), row.get("body_html")) }
        var counts = PhaseCounts()
        for conversation in conversations {
            let old = left.removeValue(forKey: conversation.id.rawValue)
            if let old, old.raw == conversation.raw, old.body == conversation.bodyHTML {
                counts.count(.unchanged)
                continue
            }
            try save(conversation)
            counts.count(old == nil ? .added : .updated)
        }
        for id in left.keys {
            try db.run(
                "DELETE FROM conversations WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND id = $4",
                scope.workspace, scope.connection, ticket, id)
            counts.deleted += 1
        }
        try db.run(
            """
            UPDATE tickets SET conversation_count = $4, thread_version = $5, thread_read_at = $6, thread_fault = NULL
            WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
            """, scope.workspace, scope.connection, ticket, conversations.count,
            thread.version.milliseconds - (thread.isOpen ? Self.open : 0), thread.readAt)
        return counts
    }

    private func save(_ conversation: Conversation) throws {
        try db.run(
            """
            INSERT INTO conversations (workspace_id, connection_id, ticket_id, id, kind, is_incoming, is_private, user_id, from_email,
                to_emails, cc_emails, created_at, updated_at, attachments, body_html, body_text, raw)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (workspace_id, connection_id, ticket_id, id) DO UPDATE SET kind = excluded.kind, is_incoming = excluded.is_incoming,
                is_private = excluded.is_private, user_id = excluded.user_id, from_email = excluded.from_email,
                to_emails = excluded.to_emails, cc_emails = excluded.cc_emails, created_at = excluded.created_at,
                updated_at = excluded.updated_at, attachments = excluded.attachments, body_html = excluded.body_html,
                body_text = excluded.body_text, raw = excluded.raw
            """,
            scope.workspace, scope.connection, conversation.ticketID, conversation.id, conversation.kind, conversation.isIncoming,
            conversation.isPrivate, conversation.userID, conversation.fromEmail, JSONColumn.text(conversation.toEmails),
            JSONColumn.text(conversation.ccEmails), conversation.createdAt, conversation.updatedAt,
            JSONColumn.text(conversation.attachments),
            conversation.bodyHTML, conversation.bodyText, conversation.raw)
    }

    /// A thread that could not be read: kept out of this run, tried again in the next.
    package func markThreadFailed(of ticket: ID<Ticket>, in run: ID<SyncRun>) throws {
        try db.run(
            "UPDATE tickets SET thread_fault = $4 WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
            scope.workspace, scope.connection, ticket, run.description)
    }
}
