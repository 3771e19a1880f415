package import Domain
package import Foundation

extension MirrorStore {
    /// Saves tickets with their bodies, tags and search words. A record without stats (from search, fact 168) keeps known ones.
    package func save(_ tickets: [Ticket]) throws -> PhaseCounts {
        var changed: [Int64: Ticket] = [:]
        let counts = try saveAll(tickets) { ticket in
            let change = try save(ticket)
            if change != .unchanged { changed[ticket.id.rawValue] = ticket }
            return change
        }
        try saveWords(of: changed.values.sorted { $0.id < $1.id })
        return counts
    }

    /// A run and a webhook event may bring the same ticket at once: the row is locked from the look at it until the transaction ends, and
    /// where there is no row yet, the insertion itself finds out who was quicker.
    private func save(_ ticket: Ticket) throws -> Change {
        let known = try db.first(
            """
            SELECT t.updated_at, t.is_live, t.has_stats, t.first_responded_at, t.agent_responded_at, t.requester_responded_at, t.resolved_at,
                t.closed_at, b.raw, b.description_html
            FROM tickets t
            JOIN ticket_bodies b ON b.workspace_id = t.workspace_id AND b.connection_id = t.connection_id AND b.ticket_id = t.id
            WHERE t.workspace_id = $1 AND t.connection_id = $2 AND t.id = $3 \(db.dialect.forUpdate)
            """, scope.workspace, scope.connection, ticket.id)
        let isLive = !ticket.isDeleted && !ticket.isSpam
        if let known {
            let knownAt: Date = try known.get("updated_at")
            // A late answer must not undo a newer one; an equal one may still differ, for a second is long.
            if knownAt > ticket.updatedAt { return .unchanged }
            let isSame =
                try knownAt == ticket.updatedAt && known.get("raw", as: String.self) == ticket.raw
                && known.get("description_html", as: String.self) == ticket.descriptionHTML
            let isSameLife = try known.get("is_live", as: Bool.self) == isLive
            if try isSame && isSameLife && !Self.learns(ticket.stats, known) { return .unchanged }
        }
        guard try saveRow(ticket, isLive: isLive) else { return .unchanged }
        try saveBody(ticket)
        try saveTags(ticket)
        if known == nil { try showLatestRating(of: ticket.id) }
        return known == nil ? .added : .updated
    }

    /// Whether stats say something that the row does not have.
    private static func learns(_ stats: TicketStats?, _ known: Row) throws -> Bool {
        guard let stats else { return false }
        return try !known.get("has_stats", as: Bool.self) || known.find("first_responded_at", as: Date.self) != stats.firstRespondedAt
            || known.find("agent_responded_at", as: Date.self) != stats.agentRespondedAt
            || known.find("requester_responded_at", as: Date.self) != stats.requesterRespondedAt
            || known.find("resolved_at", as: Date.self) != stats.resolvedAt || known.find("closed_at", as: Date.self) != stats.closedAt
    }

    /// False when a newer reading of the ticket is held.
    private func saveRow(_ ticket: Ticket, isLive: Bool) throws -> Bool {
        let stats = ticket.stats
        let saved = try db.run(
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
            WHERE tickets.updated_at <= excluded.updated_at
            """,
            scope.workspace, scope.connection, ticket.id, ticket.subject, ticket.status, ticket.statusCode, ticket.priority,
            ticket.source, ticket.sourceCode, ticket.type, JSONColumn.text(ticket.tags), ticket.requesterID, ticket.agentID, ticket.groupID,
            ticket.companyID, ticket.createdAt, ticket.updatedAt, ticket.dueBy, stats?.firstRespondedAt, stats?.agentRespondedAt,
            stats?.requesterRespondedAt, stats?.resolvedAt, stats?.closedAt, ticket.waitingSince, ticket.isEscalated, stats != nil, isLive,
            ticket.isDeleted, ticket.isSpam)
        guard saved > 0 else { return false }
        guard let stats else {
            // Without stats nobody can say who waits; what was known of a ticket that has since been solved must not linger.
            if !ticket.status.isUnresolved {
                try db.run(
                    "UPDATE tickets SET waiting_since = NULL WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
                    scope.workspace, scope.connection, ticket.id)
            }
            return true
        }
        try db.run(
            """
            UPDATE tickets SET first_responded_at = $4, agent_responded_at = $5, requester_responded_at = $6, resolved_at = $7,
                closed_at = $8, waiting_since = $9, has_stats = TRUE
            WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
            """,
            scope.workspace, scope.connection, ticket.id, stats.firstRespondedAt, stats.agentRespondedAt, stats.requesterRespondedAt,
            stats.resolvedAt, stats.closedAt, ticket.waitingSince)
        return true
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

    // MARK: Life and death

    /// Tickets listed in the trash or as spam: those held are marked; others in scope are kept as gone, because leaving the trash again
    /// leaves no trace that a list would show. Returns how many live ones went.
    package func bury(_ tickets: [Ticket], isSpam: Bool, since windowStart: Date?) throws -> Int {
        try tickets.reduce(0) { count, ticket in
            let went = try db.run(
                """
                UPDATE tickets SET is_live = FALSE, is_deleted = $4, is_spam = $5
                WHERE workspace_id = $1 AND connection_id = $2 AND id = $3 AND is_live
                """, scope.workspace, scope.connection, ticket.id, !isSpam, isSpam)
            let isInScope = ticket.status.isUnresolved || ticket.updatedAt >= windowStart ?? Date(milliseconds: 0)
            if went == 0, isInScope, try !holds(ticket.id) {
                var gone = ticket
                (gone.isDeleted, gone.isSpam, gone.stats) = (!isSpam, isSpam, nil)
                _ = try save([gone])
            }
            return count + went
        }
    }

    private func holds(_ ticket: ID<Ticket>) throws -> Bool {
        try db.first(
            "SELECT 1 AS one FROM tickets WHERE workspace_id = $1 AND connection_id = $2 AND id = $3", scope.workspace, scope.connection,
            ticket) != nil
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

    /// Tickets that were rated before a moment and commented on since, among those whose thread was read after `readSince`.
    package func ticketsCommentedLate(ratedBefore moment: Date, readSince: Date) throws -> [ID<Ticket>] {
        try db.rows(
            """
            SELECT DISTINCT r.ticket_id AS id FROM satisfaction_ratings r
            JOIN tickets t ON t.workspace_id = r.workspace_id AND t.connection_id = r.connection_id AND t.id = r.ticket_id
            JOIN conversations c ON c.workspace_id = r.workspace_id AND c.connection_id = r.connection_id AND c.ticket_id = r.ticket_id
            WHERE r.workspace_id = $1 AND r.connection_id = $2 AND r.created_at < $3 AND t.thread_read_at >= $4
                AND c.kind = 'feedback' AND c.created_at >= $3
            ORDER BY r.ticket_id
            """, scope.workspace, scope.connection, moment, readSince
        ).map { try $0.get("id") }
    }

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
