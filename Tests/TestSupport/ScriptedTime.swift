package import Foundation
import Synchronization
package import Sync

/// Both clocks of a sync in a test's hand: the product's follows the simulated portal's, the real one runs on and can be moved ahead.
/// What the database times, leases and waits, passes by `letTimePass`.
package final class ScriptedTime: Sendable {
    private struct State {
        var product: Date
        var ahead: TimeInterval = 0
    }

    private let state: Mutex<State>

    package init(product: Date) { state = Mutex(State(product: product)) }

    package var product: Date {
        get { state.withLock { $0.product } }
        set { state.withLock { $0.product = newValue } }
    }

    package func moveRealTime(ahead seconds: TimeInterval) { state.withLock { $0.ahead += seconds } }

    package var clock: SyncClock {
        SyncClock(product: { self.product }, real: { Date().addingTimeInterval(self.state.withLock { $0.ahead }) })
    }
}
