package import Foundation

/// A workspace's link to one Freshdesk portal. The key itself is not here: it lies sealed in the store and is opened only by `Sync`.
package struct Connection: Sendable, Equatable {
    /// Whether the connection holds a key.
    package enum State: String, Sendable {
        case connected, disconnected
    }

    package var id: ID<Connection>
    package var workspaceID: ID<Workspace>
    package var subdomain: String
    package var state: State
    /// Days of updates to hold beside everything unresolved; nil = everything.
    package var backfillDays: Int?
    /// Share of the portal's request allowance left to its other integrations, in percent.
    package var reservePercent: Int
    package var connectedAt: Date
    package var disconnectedAt: Date?
    package var lastSyncAt: Date?
    package var warnings: [ConnectionWarning]
    /// Within how many days daily syncs read each thread again for silent edits; 0 is never.
    package var threadSweepDays: Int
    /// Seconds the portal's request allowance counts for, as far as runs have found out: a minute, or an hour on some plans.
    package var rateWindow: Int
    /// The allowance of which that was found out; nil before the first.
    package var rateTotal: Int?

    package init(
        id: ID<Connection>, workspaceID: ID<Workspace>, subdomain: String, state: State, backfillDays: Int?, reservePercent: Int,
        connectedAt: Date, disconnectedAt: Date? = nil, lastSyncAt: Date? = nil, warnings: [ConnectionWarning] = [],
        threadSweepDays: Int = 30, rateWindow: Int = 60, rateTotal: Int? = nil
    ) {
        self.id = id
        self.workspaceID = workspaceID
        self.subdomain = subdomain
        self.state = state
        self.backfillDays = backfillDays
        self.reservePercent = reservePercent
        self.connectedAt = connectedAt
        self.disconnectedAt = disconnectedAt
        self.lastSyncAt = lastSyncAt
        self.warnings = warnings
        self.threadSweepDays = threadSweepDays
        self.rateWindow = rateWindow
        self.rateTotal = rateTotal
    }

    /// Days of updates a new connection holds.
    package static let defaultBackfillDays = 90
    package static let defaultReservePercent = 20
}

/// Something an admin should know although nothing failed.
package struct ConnectionWarning: Sendable, Equatable, Codable {
    /// A word such as `csat_unavailable`, `zero_tickets`, `unmatched_companies`, `occasional_agent`, `custom_portal_url`.
    package var code: String
    package var message: String

    package init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// Rows in scope, by kind.
package struct RecordCounts: Sendable, Equatable {
    package var companies: Int
    package var contacts: Int
    package var agents: Int
    package var tickets: Int
    package var conversations: Int
    package var satisfactionRatings: Int

    package init(
        companies: Int = 0, contacts: Int = 0, agents: Int = 0, tickets: Int = 0, conversations: Int = 0, satisfactionRatings: Int = 0
    ) {
        self.companies = companies
        self.contacts = contacts
        self.agents = agents
        self.tickets = tickets
        self.conversations = conversations
        self.satisfactionRatings = satisfactionRatings
    }
}

/// Everything the Freshdesk card shows, as one value.
package struct IntegrationCard: Sendable, Equatable {
    /// In this order of precedence: disconnected, syncing, waiting, error, connected.
    package enum State: String, Sendable {
        case notConnected = "not_connected"
        case syncing, waiting, connected, error, disconnected
    }

    package var state: State
    package var connection: Connection?
    /// The active run, else the latest.
    package var run: SyncRun?
    package var error: SyncRun.Problem?
    package var nextSyncAt: Date?
    package var records: RecordCounts
    /// For admins only.
    package var webhookURL: String?
    package var warnings: [ConnectionWarning]

    /// - Parameter run: the active run, else the latest.
    package init(
        connection: Connection?, run: SyncRun?, nextSyncAt: Date?, records: RecordCounts, webhookURL: String?,
        warnings: [ConnectionWarning]
    ) {
        self.state = IntegrationCard.state(connection: connection, run: run)
        self.connection = connection
        self.run = run
        // A new run clears the banner of the last; a cancelled run leaves no error.
        self.error = self.state == .error ? run?.error : nil
        self.nextSyncAt = connection?.state == .connected ? nextSyncAt : nil
        self.records = records
        self.webhookURL = webhookURL
        self.warnings = warnings
    }

    static func state(connection: Connection?, run: SyncRun?) -> State {
        guard let connection else { return .notConnected }
        if connection.state == .disconnected { return .disconnected }
        switch run?.state {
        case .queued, .running: return .syncing
        case .waiting: return .waiting
        case .failed: return .error
        case .succeeded, .partial, .cancelled, nil: return .connected
        }
    }
}
