import Domain
import Foundation
import Synchronization

/// Listens to one channel on a connection and thread of its own, and connects again when the server goes away.
final class PostgresListener: Sendable {
    private let address: PostgresAddress
    private let channel: String
    private let isStopped = Mutex(false)

    /// How long a wait for notifications lasts before it looks whether to stop, in milliseconds.
    private static let look: Int32 = 250
    private static let pauseAfterFailure: TimeInterval = 1

    init(_ address: PostgresAddress, channel: String) {
        self.address = address
        self.channel = channel
    }

    func stop() { isStopped.withLock { $0 = true } }

    /// The payloads as they come. An empty payload follows every connecting: something may have been missed, so look for yourself.
    func start() -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1000))
        continuation.onTermination = { [self] _ in stop() }
        let thread = Thread { [self] in
            while !isStopped.withLock({ $0 }) {
                do {
                    try listen(continuation)
                } catch {
                    // The poll that everybody does anyway goes on; this only made it faster.
                    Thread.sleep(forTimeInterval: Self.pauseAfterFailure)
                }
            }
            continuation.finish()
        }
        thread.name = "clynto-postgresql-listen"
        thread.start()
        return stream
    }

    private func listen(_ continuation: AsyncStream<String>.Continuation) throws {
        let session = try PostgresSession(address)
        session.longest = address.connectTimeout
        try session.script("LISTEN \"\(channel.replacing("\"", with: "\"\""))\"")
        continuation.yield("")
        while !isStopped.withLock({ $0 }) {
            for payload in try session.notifications(waiting: Self.look) { continuation.yield(payload) }
        }
    }
}
