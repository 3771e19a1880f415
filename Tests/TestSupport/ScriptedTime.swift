package import Foundation
import Synchronization
package import Sync

/// The product's clock in a test's hand, so that it follows the simulated portal's. The real one runs on.
package final class ScriptedTime: Sendable {
    private let held: Mutex<Date>

    package init(product: Date) { held = Mutex(product) }

    package var product: Date {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }

    package var clock: SyncClock { SyncClock(product: { self.product }) }
}
