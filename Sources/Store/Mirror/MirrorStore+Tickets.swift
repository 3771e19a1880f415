package import Domain
package import Foundation

extension MirrorStore {
    /// Saves tickets with their bodies, tags and search words. A record without stats (from search, fact 168) keeps known ones.
    package func save(_ tickets: [Ticket]) throws -> PhaseCounts {
        try saveAll(tickets) { try save($0) }
    }

    private func save(_ ticket: Ticket) throws -> Change {
        let known = try db.first(
            """
            SELECT t.updated_at, t.is_live, t.has_stats, b.raw FROM tickets t
            JOIN ticket_bodies b ON b.workspace_id = t.workspace_id AND b.connection_id = t.connection_id AND b.ticket_id = t.id
            WHERE t.workspace_id = $1 AND t.connection_id = $2 AND t.id = $3
            """, scope.workspace, scope.connection, ticket.id)
        let isLive = !ticket.isDeleted && !ticket.isSpam
        if let known {
            let knownAt: Date = try known.get("updated_at")
            // A late answer must not undo a newer one; an equal one is read again only to learn what it lacked.
            if knownAt > ticket.updatedAt { return .unchanged }
            let isSame = try knownAt == ticket.updatedAt && known.get("raw", as: String.self) == ticket.raw
            let learnsStats = try ticket.stats != nil && !known.get("has_stats", as: Bool.self)
            let isSameLife = try known.get("is_live", as: Bool.self) == isLive
            if isSame && !learnsStats && isSameLife { return .unchanged }
        }
        try saveRow(ticket, isLive: isLive)
        try saveBody(ticket)
        try saveTags(ticket)
        try saveWords(ticket)
        if known == nil { try showLatestRating(of: ticket.id) }
        return known == nil ? .added : .updated
    }

    private func saveRow(_ ticket: Ticket, isLive: Bool) throws {
        let stats = ticket.stats
        try db.run(
            """
            INSERT INTO tickets (workspace_id, connection_id, id, subject, status, status_code, priority, source, source_code, type, tags,
                requester_id, agent_id, group_id, company_id, created_at, updated_at, due_by, first_responded_at, agent_responded_at,
                requester_responded_at, resolved_at, closed_at, waiting_since, is_escalated, has_stats, is_live, is_deleted, is_spam)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
                $26, $27, $28, $29)
            ON CONFLICT (workspace_id, connection_id, id) DO UPDATE SET subject = excluded.subject, status = excluded.status,
                status_code = excluded.status_code, priority = excluded.priority, source = excluded.source,
                source_code = excluded.source_code, type = excluded.type, tags = excluded.tags, requester_id = excluded.requester_id,
                agent_id = excluded.agent_id, group_id = excluded.group_id, company_id = excluded.company_id,
                created_at = excluded.created_at, updated_at = excluded.updated_at, due_by = excluded.due_by,
                is_escalated = excluded.is_escalated, is_live = excluded.is_live, is_deleted = excluded.is_deleted,
                is_spam = excluded.is_spam
            """,
            scope.workspace, scope.connection, ticket.id, ticket.subject, ticket.status, ticket.statusCode, ticket.priority,
            ticket.source, ticket.sourceCode, ticket.type, JSONColumn.text(ticket.tags), ticket.requesterID, ticket.agentID, ticket.groupID,
            ticket.companyID, ticket.createdAt, ticket.updatedAt, ticket.dueBy, stats?.firstRespondedAt, stats?.agentRespondedAt,
            stats?.requesterRespondedAt, stats?.resolvedAt, stats?.closedAt, ticket.waitingSince, ticket.isEscalated, stats != nil, isLive,
            ticket.isDeleted, ticket.isSpam)
        guard let stats else {
            // Without stats nobody can say who waits; what was known of a ticket that has since been solved must not linger.
            if !ticket.status.isUnresolved {
                try db.run(
                    "UPDATE tickets SET waiting_since = NULL WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
                    scope.workspace, scope.connection, ticket.id)
            }
            return
        }
        try db.run(
            """
            UPDATE tickets SET first_responded_at = $4, agent_responded_at = $5, requester_responded_at = $6, resolved_at = $7,
                closed_at = $8, waiting_since = $9, has_stats = TRUE
            WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
            """,
            scope.workspace, scope.connection, ticket.id, stats.firstRespondedAt, stats.agentRespondedAt, stats.requesterRespondedAt,
            stats.resolvedAt, stats.closedAt, ticket.waitingSince)
    }

    private func saveBody(_ ticket: Ticket) throws {
        try db.run(
            """
            INSERT INTO ticket_bodies (workspace_id, connection_id, ticket_id, description_html, description_text, custom_fields,
                attachments, raw)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (workspace_id, connection_id, ticket_id) DO UPDATE SET description_html = excluded.description_html,
                description_text = excluded.description_text, custom_fields = excluded.custom_fields,
                attachments = COALESCE(excluded.attachments, ticket_bodies.attachments), raw = excluded.raw
            """,
            scope.workspace, scope.connection, ticket.id, ticket.descriptionHTML, ticket.descriptionText, ticket.customFields,
            ticket.attachments.map(JSONColumn.text), ticket.raw)
    }

    private func saveTags(_ ticket: Ticket) throws {
        try db.run(
            "DELETE FROM ticket_tags WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3",
            scope.workspace, scope.connection, ticket.id)
        for tag in Set(ticket.tags) {
            try db.run(
                "INSERT INTO ticket_tags (workspace_id, connection_id, tag, ticket_id) VALUES ($1, $2, $3, $4)",
                scope.workspace, scope.connection, tag, ticket.id)
        }
    }

    /// The ticket's own words and its requester's name and address.
    private func saveWords(_ ticket: Ticket) throws {
        let requester = try ticket.requesterID.flatMap { id in
            try db.first(
                """
                SELECT name, email FROM contacts WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
                UNION ALL SELECT name, email FROM agents WHERE workspace_id = $1 AND connection_id = $2 AND id = $3 LIMIT 1
                """, scope.workspace, scope.connection, id)
        }
        let name: String = try requester?.get("name") ?? ""
        let email: String = try requester?.find("email") ?? ""
        try db.run(
            """
            INSERT INTO ticket_search (workspace_id, connection_id, ticket_id, scope, ticket, requester) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (workspace_id, connection_id, ticket_id) DO UPDATE SET ticket = excluded.ticket, requester = excluded.requester
            """,
            scope.workspace, scope.connection, ticket.id, scope.searchWord,
            SearchText.tokens(of: "\(ticket.id) \(ticket.subject)\n\(ticket.descriptionText)"), SearchText.tokens(of: "\(name) \(email)"))
    }

    // MARK: Threads

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

    /// Tickets in scope whose row changed since their thread was read, unresolved and newest first. Tickets whose thread failed in
    /// this run are left for the next.
    package func pendingThreads(since windowStart: Date?, notFailedIn run: ID<SyncRun>, limit: Int) throws -> [PendingThread] {
        try db.rows(
            """
            SELECT id, updated_at, has_stats FROM tickets
            WHERE workspace_id = $1 AND connection_id = $2 AND is_live
                AND (thread_version IS NULL OR thread_version <> updated_at)
                AND (thread_fault IS NULL OR thread_fault <> $3)
                AND (status IN ('open', 'pending') OR updated_at >= $4)
            ORDER BY CASE WHEN status IN ('open', 'pending') THEN 0 ELSE 1 END, updated_at DESC, id DESC LIMIT $5
            """, scope.workspace, scope.connection, run.description, windowStart ?? Date(milliseconds: 0), limit
        ).map { try PendingThread(ticketID: $0.get("id"), updatedAt: $0.get("updated_at"), hasStats: $0.get("has_stats")) }
    }

    package func countPendingThreads(since windowStart: Date?, notFailedIn run: ID<SyncRun>) throws -> Int {
        try db.first(
            """
            SELECT COUNT(*) AS count FROM tickets
            WHERE workspace_id = $1 AND connection_id = $2 AND is_live
                AND (thread_version IS NULL OR thread_version <> updated_at)
                AND (thread_fault IS NULL OR thread_fault <> $3)
                AND (status IN ('open', 'pending') OR updated_at >= $4)
            """, scope.workspace, scope.connection, run.description, windowStart ?? Date(milliseconds: 0)
        )?.get("count") ?? 0
    }

    /// Replaces a ticket's thread; `version` is the `updated_at` of the row that asked for it, so a later change asks again.
    package func replace(thread conversations: [Conversation], of ticket: ID<Ticket>, version: Date, readAt: Date) throws -> PhaseCounts {
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
            """, scope.workspace, scope.connection, ticket, conversations.count, version, readAt)
        if counts.added + counts.updated + counts.deleted > 0 {
            try db.run(
                "UPDATE ticket_search SET thread = $4 WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3",
                scope.workspace, scope.connection, ticket, SearchText.tokens(of: conversations.map(\.bodyText).joined(separator: "\n")))
        }
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

    // MARK: Life and death

    /// Live tickets among `ids` become trashed or spam; returns how many changed.
    package func markGone(_ ids: [ID<Ticket>], isSpam: Bool) throws -> Int {
        try ids.reduce(0) { count, id in
            try count
                + db.run(
                    """
                    UPDATE tickets SET is_live = FALSE, is_deleted = $4, is_spam = $5
                    WHERE workspace_id = $1 AND connection_id = $2 AND id = $3 AND is_live
                    """, scope.workspace, scope.connection, id, !isSpam, isSpam)
        }
    }

    /// Tickets held as trashed or spam.
    package func goneTickets() throws -> [ID<Ticket>] {
        try db.rows(
            "SELECT id FROM tickets WHERE workspace_id = $1 AND connection_id = $2 AND NOT is_live ORDER BY id",
            scope.workspace, scope.connection
        ).map { try $0.get("id") }
    }

    /// Removes a ticket that upstream confirmed gone for good, with everything that hangs on it.
    package func purge(_ ticket: ID<Ticket>) throws {
        for table in ["conversations", "satisfaction_ratings", "ticket_bodies", "ticket_tags", "ticket_search"] {
            try db.run(
                "DELETE FROM \(table) WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3",
                scope.workspace, scope.connection, ticket)
        }
        try db.run(
            "DELETE FROM tickets WHERE workspace_id = $1 AND connection_id = $2 AND id = $3", scope.workspace, scope.connection, ticket)
    }

    // MARK: Satisfaction ratings

    package func save(_ ratings: [SatisfactionRating]) throws -> PhaseCounts {
        try saveAll(ratings) { rating in
            let known = try db.first(
                "SELECT raw FROM satisfaction_ratings WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
                scope.workspace, scope.connection, rating.id)
            try db.run(
                """
                INSERT INTO satisfaction_ratings (workspace_id, connection_id, id, ticket_id, rating, comment, contact_id, agent_id,
                    created_at, updated_at, raw)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                ON CONFLICT (workspace_id, connection_id, id) DO UPDATE SET ticket_id = excluded.ticket_id, rating = excluded.rating,
                    comment = excluded.comment, contact_id = excluded.contact_id, agent_id = excluded.agent_id,
                    created_at = excluded.created_at, updated_at = excluded.updated_at, raw = excluded.raw
                """,
                scope.workspace, scope.connection, rating.id, rating.ticketID, rating.rating, rating.comment, rating.contactID,
                rating.agentID, rating.createdAt, rating.updatedAt, rating.raw)
            try showLatestRating(of: rating.ticketID)
            guard let known else { return .added }
            return try known.get("raw", as: String.self) == rating.raw ? .unchanged : .updated
        }
    }

    /// A ticket shows its latest rating.
    private func showLatestRating(of ticket: ID<Ticket>) throws {
        let latest = try db.first(
            """
            SELECT id, rating FROM satisfaction_ratings WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3
            ORDER BY created_at DESC, id DESC LIMIT 1
            """, scope.workspace, scope.connection, ticket)
        try db.run(
            "UPDATE tickets SET rating = $4, rating_id = $5 WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
            scope.workspace, scope.connection, ticket, try latest?.get("rating", as: Int64.self), try latest?.get("id", as: Int64.self))
    }
}
