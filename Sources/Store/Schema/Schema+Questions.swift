/// What questions over a million tickets need.
extension Schema {
    /// - The two long ones hold all that the commonest questions read of an account's or an agent's tickets, in the order of their
    ///   creation, so that neither the latest one nor an average has to look at rows.
    /// - The two short ones hold the few tickets that are hard to find otherwise.
    /// - A ticket's tags are in their index as well: without its own statistics SQLite preferred the primary key, which holds the tag
    ///   but leads through all tags of the portal for each ticket.
    static let questions = """
        CREATE INDEX tickets_by_account_created ON tickets
            (workspace_id, account_id, created_at, id, status, priority, agent_id, first_responded_at, resolved_at) WHERE is_live;
        CREATE INDEX tickets_by_agent_created ON tickets
            (workspace_id, agent_id, created_at, id, status, priority, account_id, first_responded_at, resolved_at) WHERE is_live;
        CREATE INDEX tickets_unanswered ON tickets (workspace_id, created_at, id) WHERE is_live AND first_responded_at IS NULL;
        CREATE INDEX tickets_escalated ON tickets (workspace_id, id) WHERE is_live AND is_escalated;
        DROP INDEX ticket_tags_by_ticket;
        CREATE INDEX ticket_tags_by_ticket ON ticket_tags (workspace_id, connection_id, ticket_id, tag);
        """
}
