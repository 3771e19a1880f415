import Synchronization
package import Store

/// A database that a process loses from one moment to the next, as by `kill -9`: what was committed stays, everything later fails.
package final class MortalDatabase: Database {
    private let inner: any Database
    private let isDead = Mutex(false)

    package init(_ inner: any Database) { self.inner = inner }

    package struct Died: Error {}

    package func die() { isDead.withLock { $0 = true } }

    private func requireLife() throws {
        guard !isDead.withLock({ $0 }) else { throw Died() }
    }

    package var dialect: Dialect { inner.dialect }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try requireLife()
        return try await inner.read(body)
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try requireLife()
        return try await inner.write { db in
            let value = try body(db)
            // Dead before the commit: nothing of the transaction is kept.
            try self.requireLife()
            return value
        }
    }

    package func close() async throws { try await inner.close() }

    package func notifications(on channel: String) -> AsyncStream<String>? { inner.notifications(on: channel) }
}
