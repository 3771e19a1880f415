import Domain

/// What the workspace holds of its portal: the reason a list may be empty.
enum MirrorStanding: Sendable, Equatable {
    /// No portal was ever connected.
    case notConnected
    /// The first sync is under way.
    case syncing
    /// Connected, but no sync has ended well yet.
    case notSynced
    /// Synced, and no ticket was in the window of so many days; nil: of all time.
    case noTickets(days: Int?)
    case filled

    init(card: IntegrationCard) {
        guard let connection = card.connection else {
            self = .notConnected
            return
        }
        if card.records.tickets > 0 {
            self = .filled
        } else if card.run?.state.isActive == true {
            self = .syncing
        } else if connection.lastSyncAt == nil {
            self = .notSynced
        } else {
            self = .noTickets(days: connection.backfillDays)
        }
    }
}
