package import Foundation

/// The two clocks of a sync. Windows, schedule and what people are shown follow the product's clock, which a rehearsal may set
/// (`CLYNTO_NOW`). Real time is this machine's: what several processes must agree on follows the database's clock instead.
package struct SyncClock: Sendable {
    package var product: @Sendable () -> Date
    package var real: @Sendable () -> Date

    package init(product: @escaping @Sendable () -> Date = { Date() }, real: @escaping @Sendable () -> Date = { Date() }) {
        self.product = product
        self.real = real
    }

    /// The product's time at a moment of the database's clock: as far from it as a rehearsal has set the product's clock from this
    /// machine's, which is not at all in production.
    func product(databaseTime: Date) -> Date {
        databaseTime.addingTimeInterval(product().timeIntervalSince(real()))
    }
}
