import Domain

extension Failure {
    /// Whether the database was out of reach only for now, so that a run goes on from its checkpoint later instead of failing: a lost
    /// connection, a restart, a switch to a standby, no free connection, a conflict.
    var isPassing: Bool {
        kind == .unavailable
            && [
                "busy", "database_lost", "database_unreachable", "database_starting", "database_undecided", "database_connections",
                "database_read_only"
            ].contains(code)
    }
}
