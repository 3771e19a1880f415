extension Schema {
    /// Step 8: what runs find out about a portal once and need from then on.
    ///
    /// - `ratings_since`: the moment from which on every satisfaction rating has been read; null where none has been.
    /// - `rate_window`: seconds the portal's request allowance counts for; no header says whether it is a minute or an hour.
    /// - `rate_total`: the allowance of which that was found out.
    /// - `requests_left`: about how many requests a run still has to make; null until that can be told.
    static func allowance(_ dialect: Dialect) -> String {
        """
        ALTER TABLE connections ADD COLUMN ratings_since BIGINT;
        ALTER TABLE connections ADD COLUMN rate_window BIGINT NOT NULL DEFAULT 60;
        ALTER TABLE connections ADD COLUMN rate_total BIGINT;
        ALTER TABLE sync_runs ADD COLUMN requests_left BIGINT;
        """
    }
}
