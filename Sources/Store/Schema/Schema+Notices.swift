/// Webhook deliveries, notices, the event log of runs, and retention.
extension Schema {
    static func notices(_ dialect: Dialect) -> String {
        """
        CREATE TABLE webhook_deliveries (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, id BIGINT NOT NULL, received_at BIGINT NOT NULL, ticket_id BIGINT,
            state TEXT NOT NULL, note TEXT, settled_at BIGINT,
            PRIMARY KEY (workspace_id, connection_id, id));
        CREATE INDEX webhook_deliveries_open ON webhook_deliveries (workspace_id, connection_id, ticket_id) WHERE state = 'queued';

        CREATE TABLE sync_events (
            workspace_id BIGINT NOT NULL, run_id BIGINT NOT NULL, id BIGINT NOT NULL, at BIGINT NOT NULL, level TEXT NOT NULL, phase TEXT,
            message TEXT NOT NULL,
            PRIMARY KEY (workspace_id, run_id, id));

        ALTER TABLE sync_failures ADD COLUMN settled TEXT;
        ALTER TABLE sync_failures ADD COLUMN settled_at BIGINT;

        CREATE TABLE notice_channels (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, sealed_url TEXT NOT NULL, host TEXT NOT NULL, created_at BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, id));

        CREATE TABLE notices (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, run_id BIGINT,
            delivery TEXT NOT NULL, attempts BIGINT NOT NULL DEFAULT 0, due_at BIGINT, reason TEXT,
            PRIMARY KEY (workspace_id, id));
        CREATE INDEX notices_due ON notices (due_at) WHERE delivery = 'pending';

        ALTER TABLE connections ADD COLUMN is_failing BOOLEAN NOT NULL DEFAULT FALSE;
        ALTER TABLE members ADD COLUMN notices_seen BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE workspaces ADD COLUMN history_days BIGINT;
        ALTER TABLE workspaces ADD COLUMN ticket_days BIGINT;
        """
    }
}
