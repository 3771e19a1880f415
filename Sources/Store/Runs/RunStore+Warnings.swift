package import Domain

/// What a run keeps beside its pages: its warnings, and counts of work that no page is the measure of.
extension RunStore {
    /// What a run warns of so far; it may go on in another process.
    package static func warnings(_ claim: Claim, _ db: any Queries) throws -> [ConnectionWarning] {
        let row = try db.first("SELECT warnings FROM sync_runs WHERE id = $1 AND workspace_id = $2", claim.run, claim.scope.workspace)
        return try row.flatMap { JSONColumn.value(try $0.get("warnings")) } ?? []
    }

    package static func keep(_ warnings: [ConnectionWarning], _ claim: Claim, _ db: any Queries) throws {
        try db.run(
            "UPDATE sync_runs SET warnings = $3 WHERE id = $1 AND workspace_id = $2", claim.run, claim.scope.workspace,
            JSONColumn.text(warnings))
    }

    /// Adds counts of work beside the pages, leaving the phase's checkpoint alone.
    package static func count(_ counts: PhaseCounts, of phase: PhaseName, _ claim: Claim, _ db: any Queries) throws {
        let cursor = try cursor(of: phase, claim, db)
        try advance(phase, by: counts, cursor: cursor, claim, db)
    }

    /// Counts one record that could not be read, leaving the phase's checkpoint alone.
    package static func countFailure(of phase: PhaseName, _ claim: Claim, _ db: any Queries) throws {
        try db.run(
            "UPDATE sync_phases SET failed = failed + 1 WHERE workspace_id = $1 AND run_id = $2 AND name = $3 AND state = 'running'",
            claim.scope.workspace, claim.run, phase)
        try db.bumpVersion(of: claim.scope.workspace)
    }
}
