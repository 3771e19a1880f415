extension Schema {
    /// Step 9: what matching keeps beside each company, and what a language model said.
    ///
    /// - `match_model`: what a language model may do; `match_held_until`: until when a process has the turn to ask it; `match_version`: the
    ///   version up to which nothing is left to ask.
    /// - `match_kind`: why a company is in review; `match_question`: the key of the question a model would be asked about it.
    /// - `match_history`: every change of a company's account, by people and by rules, never changed.
    static func matching(_ dialect: Dialect) -> String {
        """
        ALTER TABLE workspaces ADD COLUMN match_model TEXT NOT NULL DEFAULT 'suggest';
        ALTER TABLE workspaces ADD COLUMN match_held_until BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE workspaces ADD COLUMN match_version BIGINT NOT NULL DEFAULT -1;
        ALTER TABLE companies ADD COLUMN match_kind TEXT;
        ALTER TABLE companies ADD COLUMN match_question TEXT NOT NULL DEFAULT '';

        CREATE TABLE match_opinions (
            workspace_id BIGINT NOT NULL, question TEXT NOT NULL, outcome TEXT NOT NULL, account_id BIGINT, reason TEXT NOT NULL,
            model TEXT NOT NULL, is_alone BOOLEAN NOT NULL, attempts BIGINT NOT NULL, tokens BIGINT NOT NULL, asked_at BIGINT NOT NULL,
            PRIMARY KEY (workspace_id, question));
        CREATE INDEX match_opinions_by_time ON match_opinions (workspace_id, asked_at);

        CREATE TABLE match_history (
            workspace_id BIGINT NOT NULL, id BIGINT NOT NULL, at BIGINT NOT NULL, company_id BIGINT NOT NULL, account_id BIGINT, layer TEXT,
            earlier_account_id BIGINT, earlier_layer TEXT,
            PRIMARY KEY (workspace_id, id));
        CREATE INDEX match_history_by_time ON match_history (workspace_id, at);
        """
    }
}
