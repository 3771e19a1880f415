/// A database that tells when this process has saved something. What other processes save it does not see.
package struct ObservedDatabase: Database {
    private let base: any Database
    private let saved: @Sendable () -> Void

    package init(_ base: any Database, saved: @escaping @Sendable () -> Void) {
        self.base = base
        self.saved = saved
    }

    package var dialect: Dialect { base.dialect }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try await base.read(body)
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        let value = try await base.write(body)
        saved()
        return value
    }

    package func notifications(on channel: String) -> AsyncStream<String>? { base.notifications(on: channel) }

    package func close() async throws { try await base.close() }
}
