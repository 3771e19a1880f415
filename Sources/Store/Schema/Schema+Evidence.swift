extension Schema {
    /// Step 14: what matching rested on, and moves with an account as a part of the history.
    ///
    /// - `companies.match_basis`: a fingerprint of what a company was matched by last; empty while it has not been matched.
    /// - `workspaces.match_ground`: what everything was matched against last, as JSON; empty while nothing was.
    /// - `match_history.actor`: who decided; null for the rules. `merge_id`: of the merge, or the undone one, that moved the row.
    ///   `tickets`: how many went along, counted in a merge. `contact_id`: a requester without a company, whose `company_id` is 0 then.
    static let evidence = """
        ALTER TABLE companies ADD COLUMN match_basis TEXT NOT NULL DEFAULT '';
        ALTER TABLE workspaces ADD COLUMN match_ground TEXT NOT NULL DEFAULT '';
        ALTER TABLE match_history ADD COLUMN actor TEXT;
        ALTER TABLE match_history ADD COLUMN merge_id BIGINT;
        ALTER TABLE match_history ADD COLUMN contact_id BIGINT;
        ALTER TABLE match_history ADD COLUMN tickets BIGINT;
        CREATE INDEX match_history_by_company ON match_history (workspace_id, company_id, id);
        """
}
