import Domain
import Foundation
import Synchronization
import Testing

@testable import App

@Suite("Product clock")
struct SettingsClockTests {
    @Test("It begins at the given moment and runs on with real time")
    func movedClock() throws {
        let moment = try #require(Date(rfc3339: "2026-03-09T08:00:00Z"))
        let real = HandClock(Date(timeIntervalSince1970: 1_000))
        let clock = ProductClock(beginningAt: moment, readRealTime: real.read)
        #expect(clock.now() == moment)
        real.advance(by: 90)
        #expect(clock.now() == moment.addingTimeInterval(90))
        #expect(clock.began == moment)
    }

    @Test("Without a moment it shows real time")
    func realTime() {
        let real = HandClock(Date(timeIntervalSince1970: 1_000))
        let clock = ProductClock(readRealTime: real.read)
        real.advance(by: 1)
        #expect(clock.now() == Date(timeIntervalSince1970: 1_001))
        #expect(clock.began == nil)
    }
}

/// Real time that only moves when told to.
private final class HandClock: Sendable {
    private let time: Mutex<Date>

    init(_ time: Date) { self.time = Mutex(time) }

    @Sendable func read() -> Date { time.withLock { $0 } }

    func advance(by seconds: TimeInterval) { time.withLock { $0.addTimeInterval(seconds) } }
}
