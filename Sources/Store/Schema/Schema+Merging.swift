extension Schema {
    /// Step 10: merging accounts, keys that companies carry, domains that a workspace leaves out.
    ///
    /// - `further_external_ids`: of the accounts that were merged into this one, so that a file with the old key finds it.
    /// - `companies.external_id`: what the custom field named in `workspaces.external_id_field` holds; null while none is named.
    /// - `account_merges.record`: both accounts as they were and every decision that moved, as JSON; what an undo needs.
    ///   `audit_id` is the last entry of the log that the merge wrote: decisions after it are people's own.
    static func merging(_ dialect: Dialect) -> String {
        """
        ALTER TABLE accounts ADD COLUMN further_external_ids TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE companies ADD COLUMN external_id TEXT;
        ALTER TABLE workspaces ADD COLUMN external_id_field TEXT;
        ALTER TABLE workspaces ADD COLUMN excluded_domains TEXT NOT NULL DEFAULT '[]';

        CREATE TABLE account_merges (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, kept_id BIGINT NOT NULL, merged_id BIGINT NOT NULL,
            merged_name TEXT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, audit_id BIGINT NOT NULL, record TEXT NOT NULL,
            undone_at BIGINT, undone_by TEXT,
            PRIMARY KEY (workspace_id, id));
        CREATE INDEX account_merges_by_kept ON account_merges (workspace_id, kept_id, id);
        CREATE INDEX account_merges_by_merged ON account_merges (workspace_id, merged_id, id);
        """
    }
}
