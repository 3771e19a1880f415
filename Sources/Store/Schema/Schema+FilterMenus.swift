/// What the filter menus of a workspace with a million tickets need.
extension Schema {
    /// The unresolved tickets of each account and nothing else: a menu of the busiest accounts counts them. Of a million tickets some
    /// hundred thousand are unresolved, and the indexes over all of them were read from end to end, rows included.
    static let filterMenus = """
        CREATE INDEX tickets_unresolved ON tickets (workspace_id, account_id) WHERE is_live AND status IN ('open', 'pending');
        """
}
