/// What keeping a mirror exact over many runs needs to remember.
extension Schema {
    /// - `thread_sweep_days`: within how many days each thread is read again for silent edits; 0 is never.
    /// - `absences`: which kinds of record were missing in suspicious numbers, and in which run, as JSON.
    /// - `warnings`: of a run so far: it may go on in another process.
    static func exactness(_ dialect: Dialect) -> String {
        """
        ALTER TABLE connections ADD COLUMN thread_sweep_days BIGINT NOT NULL DEFAULT 30;
        ALTER TABLE connections ADD COLUMN absences TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE sync_runs ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';
        """
    }
}
