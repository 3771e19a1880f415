/// The workspace's time zone, and what of a ticket a language model may read.
extension Schema {
    /// - `time_zone` is a name of the tz database; NULL is UTC.
    /// - `summary_notes` says in whose summaries private notes may stand: `admins` or `everybody`; NULL is nobody's.
    static func assistant(_ dialect: Dialect) -> String {
        """
        ALTER TABLE workspaces ADD COLUMN time_zone TEXT;
        ALTER TABLE workspaces ADD COLUMN summary_notes TEXT;
        """
    }
}
