package import Domain
import Foundation
package import Store

/// Puts together what the Freshdesk card shows.
package struct CardReader: Sendable {
    let database: any Database
    let connector: Connector
    let schedule: Schedule
    let clock: SyncClock
    let publicURL: String
    /// Shown as a warning when portals are not where Freshdesk's are.
    let customPortal: ConnectionWarning?

    /// - Parameters:
    ///   - publicURL: `CLYNTO_PUBLIC_URL`, without a slash at its end.
    ///   - customPortal: the warning of a `CLYNTO_FRESHDESK_URL` that is neither the default nor loopback.
    package init(
        database: any Database, connector: Connector, schedule: Schedule, clock: SyncClock, publicURL: String,
        customPortal: ConnectionWarning?
    ) {
        self.database = database
        self.connector = connector
        self.schedule = schedule
        self.clock = clock
        self.publicURL = publicURL
        self.customPortal = customPortal
    }

    /// The card as `viewer` may see it: the webhook URL is for those who may manage the connection.
    package func card(for viewer: Viewer) async throws -> IntegrationCard {
        let workspace = viewer.workspace.id
        let connections = ConnectionStore(database: database)
        let connection = try await connections.find(workspace)
        let run = try await RunStore(database: database).current(workspace)
        let records = try await connections.records(workspace)
        var webhookURL: String?
        if connection != nil, viewer.role.can(.manageConnection), let key = try await connector.webhookKey(workspace) {
            webhookURL = "\(publicURL)/webhooks/freshdesk/\(key.reveal())"
        }
        return IntegrationCard(
            connection: connection, run: run, nextSyncAt: schedule.next(after: clock.product()), records: records, webhookURL: webhookURL,
            warnings: try await warnings(connection, run, records))
    }

    private func warnings(_ connection: Connection?, _ run: SyncRun?, _ records: RecordCounts) async throws -> [ConnectionWarning] {
        guard let connection else { return customPortal.map { [$0] } ?? [] }
        var warnings = connection.warnings
        let hasEnded = connection.lastSyncAt != nil && run?.state.isActive != true
        if hasEnded, records.tickets == 0 { warnings.append(Warnings.zeroTickets) }
        let counts = try await DirectoryStore(database: database).companyCounts(connection.workspaceID)
        let unmatched = counts["unmatched", default: 0] + counts["review", default: 0]
        if hasEnded, unmatched > 0 { warnings.append(Warnings.unmatched(unmatched)) }
        if let customPortal { warnings.append(customPortal) }
        return warnings
    }
}
