package import Foundation

/// The two clocks of a sync. Windows, schedule and what people are shown follow the product's clock, which a rehearsal may set
/// (`CLYNTO_NOW`); leases and waits follow real time.
package struct SyncClock: Sendable {
    package var product: @Sendable () -> Date
    package var real: @Sendable () -> Date

    package init(product: @escaping @Sendable () -> Date = { Date() }, real: @escaping @Sendable () -> Date = { Date() }) {
        self.product = product
        self.real = real
    }
}
