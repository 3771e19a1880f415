extension Schema {
    /// Step 14: what matching rested on, moves with an account as a part of the history, and how long runs waited.
    ///
    /// - `companies.match_basis`: a fingerprint of what a company was matched by last; empty while it has not been matched.
    /// - `workspaces.match_ground`: what everything was matched against last, as JSON; empty while nothing was.
    /// - `match_history.actor`: who decided; null for the rules. `merge_id`: of the merge, or the undone one, that moved the row.
    ///   `tickets`: how many went along, counted in a merge. `contact_id`: a requester without a company, whose `company_id` is 0 then.
    /// - `sync_runs.waiting_since`: null while the portal does not make the run wait; `waited`: milliseconds, of waits that are over;
    ///   `rate_lowest`: the least of the allowance that ever remained.
    static let evidence = """
        ALTER TABLE companies ADD COLUMN match_basis TEXT NOT NULL DEFAULT '';
        ALTER TABLE workspaces ADD COLUMN match_ground TEXT NOT NULL DEFAULT '';
        ALTER TABLE match_history ADD COLUMN actor TEXT;
        ALTER TABLE match_history ADD COLUMN merge_id BIGINT;
        ALTER TABLE match_history ADD COLUMN contact_id BIGINT;
        ALTER TABLE match_history ADD COLUMN tickets BIGINT;
        ALTER TABLE sync_runs ADD COLUMN rate_lowest BIGINT;
        ALTER TABLE sync_runs ADD COLUMN waits BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE sync_runs ADD COLUMN waited BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE sync_runs ADD COLUMN waiting_since BIGINT;
        CREATE INDEX match_history_by_company ON match_history (workspace_id, company_id, id);
        """
}
