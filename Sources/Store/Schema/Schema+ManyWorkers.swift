/// What many workers on one database need: a hold on an event has a name, and looking for something to do reads an index from its
/// beginning however long the queue is.
extension Schema {
    static func manyWorkers(_ dialect: Dialect) -> String {
        """
        ALTER TABLE webhook_events ADD COLUMN lease_owner TEXT;
        DROP INDEX sync_runs_queue;
        CREATE INDEX sync_runs_due ON sync_runs (COALESCE(lease_until, resumes_at, queued_at), id)
            WHERE state IN ('queued', 'running', 'waiting');
        CREATE INDEX sync_runs_held ON sync_runs (lease_until) WHERE lease_owner IS NOT NULL;
        CREATE INDEX connections_by_service ON connections (COALESCE(daily_served_at, connected_at)) WHERE state = 'connected';
        """
    }
}
