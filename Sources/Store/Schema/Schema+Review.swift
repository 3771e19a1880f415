extension Schema {
    /// Step 5: what a person's decision about a company was made on, and whether that has changed since.
    ///
    /// `match_seen` is empty until matching has looked at the company once after the decision.
    static func review(_ dialect: Dialect) -> String {
        """
        ALTER TABLE companies ADD COLUMN match_seen TEXT NOT NULL DEFAULT '';
        ALTER TABLE companies ADD COLUMN match_changed BOOLEAN NOT NULL DEFAULT FALSE;
        """
    }
}
