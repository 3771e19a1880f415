/// The tables. Times are milliseconds since 1970 UTC, lists and upstream JSON are text.
///
/// Every tenant table's primary key and unique indexes begin with `workspace_id`, the column by which a distributed engine would
/// spread them.
package enum Schema {
    /// The few tables that belong to the whole installation, each with its reason. Only statements about these may do without
    /// `workspace_id`; `docs/citus.sql` keeps them in one place or on every machine.
    package static let globalTables: [String: String] = [
        "schema_version": "one number for all",
        "counters": "workspace 0 counts what is global",
        "workspaces": "found by name, and listed for the people of several",
        "people": "a person is one e-mail address on the whole installation",
        "members": "signing in asks for one person's workspaces",
        "sessions": "found by token alone",
        "sign_ins": "attempts count before anybody knows whose they are",
        "invitations": "found by token alone",
        "tokens": "found by token alone",
        "webhook_keys": "the key alone says whose call it is",
        "connections": "the scheduler looks after every portal, key rotation after every secret",
        "sync_runs": "the queue of all workers",
        "webhook_events": "the queue of all workers",
        "notices": "the queue of all senders",
        "notice_channels": "read with the queue of notices"
    ]

    static func first(_ dialect: Dialect) -> String {
        [global, tenancy, accounts, mirror, tickets, dialect.missingLastIndexes, dialect.searchSchema, runs].joined(separator: "\n")
    }

    private static let global = """
        CREATE TABLE counters (
            workspace_id BIGINT NOT NULL, name TEXT NOT NULL, value BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, name));

        CREATE TABLE workspaces (
            id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, name_folded TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL,
            version BIGINT NOT NULL DEFAULT 0);

        CREATE TABLE people (
            id BIGINT NOT NULL PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password TEXT,
            theme TEXT NOT NULL DEFAULT 'system', created_at BIGINT NOT NULL);

        CREATE TABLE sessions (
            token_hash TEXT NOT NULL PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            workspace_id BIGINT, csrf TEXT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);
        CREATE INDEX sessions_by_person ON sessions (person_id);

        CREATE TABLE sign_ins (
            subject TEXT NOT NULL PRIMARY KEY, failures BIGINT NOT NULL, blocked_until BIGINT NOT NULL, last_at BIGINT NOT NULL);

        CREATE TABLE invitations (
            token_hash TEXT NOT NULL PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            workspace_id BIGINT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL);

        CREATE TABLE tokens (
            token_hash TEXT NOT NULL PRIMARY KEY, id BIGINT NOT NULL UNIQUE, workspace_id BIGINT NOT NULL, role TEXT NOT NULL,
            name TEXT NOT NULL, created_by TEXT NOT NULL, created_at BIGINT NOT NULL, used_at BIGINT);

        CREATE TABLE webhook_keys (
            key_hash TEXT NOT NULL PRIMARY KEY, workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, created_at BIGINT NOT NULL);
        """

    private static let tenancy = """
        CREATE TABLE members (
            workspace_id BIGINT NOT NULL, person_id BIGINT NOT NULL, role TEXT NOT NULL, joined_at BIGINT NOT NULL, active_at BIGINT,
            PRIMARY KEY (workspace_id, person_id));
        CREATE INDEX members_by_person ON members (person_id);

        CREATE TABLE audit_entries (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
            subject TEXT NOT NULL, detail TEXT,
            PRIMARY KEY (workspace_id, id));

        CREATE TABLE connections (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, subdomain TEXT NOT NULL, state TEXT NOT NULL, sealed_key TEXT,
            sealed_webhook_key TEXT, backfill_days BIGINT, reserve_percent BIGINT NOT NULL, connected_at BIGINT NOT NULL,
            disconnected_at BIGINT, last_sync_at BIGINT, daily_served_at BIGINT, tickets_watermark BIGINT, covered_since BIGINT,
            warnings TEXT NOT NULL DEFAULT '[]', records TEXT NOT NULL DEFAULT '{}',
            PRIMARY KEY (workspace_id, id));
        """

    private static let accounts = """
        CREATE TABLE accounts (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, name_folded TEXT NOT NULL, domains TEXT NOT NULL,
            aliases TEXT NOT NULL, external_id TEXT, owner_email TEXT, arr TEXT, renewal_date TEXT, tags TEXT NOT NULL,
            created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, id));
        CREATE UNIQUE INDEX accounts_by_external_id ON accounts (workspace_id, external_id) WHERE external_id IS NOT NULL;
        CREATE INDEX accounts_by_name ON accounts (workspace_id, name_folded, id);
        """

    private static let mirror = """
        CREATE TABLE companies (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, domains TEXT NOT NULL,
            health_score TEXT, account_tier TEXT, renewal_date BIGINT, industry TEXT, created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL, raw TEXT NOT NULL, seen_run BIGINT NOT NULL,
            account_id BIGINT, match_state TEXT NOT NULL DEFAULT 'unmatched', match_layer TEXT, match_confidence DOUBLE PRECISION,
            match_evidence TEXT NOT NULL DEFAULT '[]', match_candidates TEXT NOT NULL DEFAULT '[]',
            PRIMARY KEY (workspace_id, connection_id, id));
        CREATE INDEX companies_by_account ON companies (workspace_id, account_id);
        CREATE INDEX companies_by_state ON companies (workspace_id, match_state, id);

        CREATE TABLE contacts (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, email TEXT, phone TEXT,
            mobile TEXT, job_title TEXT, is_active BOOLEAN NOT NULL, company_id BIGINT, created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL, raw TEXT NOT NULL, seen_run BIGINT NOT NULL, is_live BOOLEAN NOT NULL DEFAULT TRUE,
            account_id BIGINT, match_layer TEXT, match_confidence DOUBLE PRECISION, match_evidence TEXT NOT NULL DEFAULT '[]',
            PRIMARY KEY (workspace_id, connection_id, id));
        CREATE INDEX contacts_by_account ON contacts (workspace_id, account_id);
        CREATE INDEX contacts_by_company ON contacts (workspace_id, connection_id, company_id);

        CREATE TABLE agents (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, email TEXT,
            is_active BOOLEAN NOT NULL, is_occasional BOOLEAN NOT NULL, created_at BIGINT, updated_at BIGINT, raw TEXT NOT NULL,
            seen_run BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, id));

        CREATE TABLE groups (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, raw TEXT NOT NULL,
            seen_run BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, id));

        CREATE TABLE group_agents (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, group_id BIGINT NOT NULL, agent_id BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, group_id, agent_id));

        CREATE TABLE status_labels (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, code BIGINT NOT NULL, label TEXT NOT NULL,
            position BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, code));

        CREATE TABLE conversations (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, ticket_id BIGINT NOT NULL, id BIGINT NOT NULL, kind TEXT NOT NULL,
            is_incoming BOOLEAN NOT NULL, is_private BOOLEAN NOT NULL, user_id BIGINT, from_email TEXT, to_emails TEXT NOT NULL,
            cc_emails TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, attachments TEXT NOT NULL,
            body_html TEXT NOT NULL, body_text TEXT NOT NULL, raw TEXT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, ticket_id, id));

        CREATE TABLE satisfaction_ratings (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, id BIGINT NOT NULL, ticket_id BIGINT NOT NULL,
            rating BIGINT NOT NULL, comment TEXT, contact_id BIGINT, agent_id BIGINT, created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL, raw TEXT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, id));
        CREATE INDEX satisfaction_ratings_by_ticket ON satisfaction_ratings (workspace_id, connection_id, ticket_id, created_at);
        CREATE INDEX satisfaction_ratings_by_time ON satisfaction_ratings (workspace_id, created_at);
        """

    /// What lists read stands in `tickets`; what only the detail reads stands in `ticket_bodies`, so that scans stay short.
    private static let tickets = """
        CREATE TABLE tickets (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, id BIGINT NOT NULL, subject TEXT NOT NULL, status TEXT NOT NULL,
            status_code BIGINT NOT NULL, priority BIGINT NOT NULL, source TEXT NOT NULL, source_code BIGINT NOT NULL, type TEXT,
            tags TEXT NOT NULL, requester_id BIGINT, agent_id BIGINT, group_id BIGINT, company_id BIGINT, created_at BIGINT NOT NULL,
            updated_at BIGINT NOT NULL, due_by BIGINT, first_responded_at BIGINT, agent_responded_at BIGINT, requester_responded_at BIGINT,
            resolved_at BIGINT, closed_at BIGINT, waiting_since BIGINT, is_escalated BOOLEAN NOT NULL, has_stats BOOLEAN NOT NULL,
            is_live BOOLEAN NOT NULL, is_deleted BOOLEAN NOT NULL, is_spam BOOLEAN NOT NULL, account_id BIGINT, match_layer TEXT,
            match_confidence DOUBLE PRECISION, match_evidence TEXT NOT NULL DEFAULT '[]', rating BIGINT, rating_id BIGINT,
            conversation_count BIGINT NOT NULL DEFAULT 0, thread_version BIGINT, thread_read_at BIGINT, thread_fault TEXT,
            PRIMARY KEY (workspace_id, connection_id, id));
        CREATE INDEX tickets_by_updated ON tickets (workspace_id, updated_at, id) WHERE is_live;
        CREATE INDEX tickets_by_created ON tickets (workspace_id, created_at, id) WHERE is_live;
        CREATE INDEX tickets_by_priority ON tickets (workspace_id, priority, id) WHERE is_live;
        CREATE INDEX tickets_by_due ON tickets (workspace_id, due_by, id) WHERE is_live;
        CREATE INDEX tickets_by_waiting ON tickets (workspace_id, waiting_since, id) WHERE is_live;
        CREATE INDEX tickets_by_status ON tickets (workspace_id, status, priority, updated_at, id) WHERE is_live;
        CREATE INDEX tickets_by_account ON tickets (workspace_id, account_id, status, updated_at, id) WHERE is_live;
        CREATE INDEX tickets_by_agent ON tickets (workspace_id, agent_id, status, updated_at, id) WHERE is_live;
        CREATE INDEX tickets_by_company ON tickets (workspace_id, connection_id, company_id);
        CREATE INDEX tickets_by_requester ON tickets (workspace_id, connection_id, requester_id);
        CREATE INDEX tickets_by_resolved ON tickets (workspace_id, resolved_at, id) WHERE is_live;

        CREATE TABLE ticket_bodies (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, ticket_id BIGINT NOT NULL, description_html TEXT NOT NULL,
            description_text TEXT NOT NULL, custom_fields TEXT NOT NULL, attachments TEXT, raw TEXT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, ticket_id));

        CREATE TABLE ticket_tags (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, tag TEXT NOT NULL, ticket_id BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, connection_id, tag, ticket_id));
        CREATE INDEX ticket_tags_by_ticket ON ticket_tags (workspace_id, connection_id, ticket_id);
        """

    /// `sync_runs` is queue, lock, progress and history at once: the partial unique index refuses a second active run of a workspace.
    private static let runs = """
        CREATE TABLE sync_runs (
            id BIGINT NOT NULL PRIMARY KEY, workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, trigger TEXT NOT NULL,
            state TEXT NOT NULL, actor TEXT, queued_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT, resumes_at BIGINT,
            window_end BIGINT NOT NULL, lease_owner TEXT, lease_until BIGINT, cancel_requested BOOLEAN NOT NULL DEFAULT FALSE,
            requests BIGINT NOT NULL DEFAULT 0, rate_total BIGINT, rate_remaining BIGINT, rate_resumes_at BIGINT, error_code TEXT,
            error_message TEXT, resumed_from BIGINT);
        CREATE UNIQUE INDEX sync_runs_active ON sync_runs (workspace_id) WHERE state IN ('queued', 'running', 'waiting');
        CREATE INDEX sync_runs_by_workspace ON sync_runs (workspace_id, id);
        CREATE INDEX sync_runs_queue ON sync_runs (state, queued_at, id);

        CREATE TABLE sync_phases (
            workspace_id BIGINT NOT NULL, run_id BIGINT NOT NULL, name TEXT NOT NULL, position BIGINT NOT NULL, state TEXT NOT NULL,
            done BIGINT NOT NULL DEFAULT 0, expected BIGINT, added BIGINT NOT NULL DEFAULT 0, updated BIGINT NOT NULL DEFAULT 0,
            unchanged BIGINT NOT NULL DEFAULT 0, deleted BIGINT NOT NULL DEFAULT 0, failed BIGINT NOT NULL DEFAULT 0, note TEXT,
            cursor TEXT, started_at BIGINT, ended_at BIGINT,
            PRIMARY KEY (workspace_id, run_id, name));

        CREATE TABLE sync_failures (
            workspace_id BIGINT NOT NULL, run_id BIGINT NOT NULL, id BIGINT NOT NULL, phase TEXT NOT NULL, record TEXT NOT NULL,
            reason TEXT NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, run_id, id));

        CREATE TABLE webhook_events (
            workspace_id BIGINT NOT NULL, connection_id BIGINT NOT NULL, ticket_id BIGINT NOT NULL, received_at BIGINT NOT NULL,
            events BIGINT NOT NULL, due_at BIGINT NOT NULL, lease_until BIGINT,
            PRIMARY KEY (workspace_id, connection_id, ticket_id));
        CREATE INDEX webhook_events_queue ON webhook_events (due_at);
        """
}
