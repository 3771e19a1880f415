import Domain
import Foundation
import Store

/// A small mirrored portal: what the suites about synced rows begin with.
struct MirrorFixture: Sendable {
    let store: StoreFixture
    let scope: MirrorScope

    var workspace: ID<Workspace> { scope.workspace }
    var tickets: TicketStore { TicketStore(database: store.database) }
    var runs: RunStore { RunStore(database: store.database) }

    init(_ store: StoreFixture, workspace name: String = "Northwind", subdomain: String = "northwind") async throws {
        self.store = store
        let workspace = try await store.workspace(name)
        let new = ConnectionStore.NewConnection(
            subdomain: subdomain, sealedKey: "sealed", sealedWebhookKey: "sealed", webhookKeyHash: "hash of \(name)", backfillDays: nil,
            warnings: [])
        let connection = try await ConnectionStore(database: store.database).connect(workspace, new, reservePercent: 20, now: noon)
        scope = MirrorScope(workspace: workspace, connection: connection.id)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (MirrorStore) throws -> Value) async throws -> Value {
        let scope = scope
        return try await store.database.write { try body(MirrorStore($0, scope: scope)) }
    }

    func save(_ tickets: [Ticket]) async throws -> PhaseCounts { try await write { try $0.save(tickets) } }

    func list(_ text: String) async throws -> [ID<Ticket>] { try await page(text).rows.map(\.id) }

    func page(_ text: String) async throws -> Page<TicketSummary> {
        try await tickets.list(workspace, try query(text), now: noon)
    }
}

struct UnreadableQuery: Error {}

/// The query of a query string such as `status=open&sort=created`.
func query(_ text: String) throws -> TicketQuery {
    let items = text.split(separator: "&").map { part in
        let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
        return (name: pair[0], value: pair.count > 1 ? pair[1] : "")
    }
    let (query, faults) = TicketQuery.parse(items)
    guard faults.isEmpty else { throw UnreadableQuery() }
    return query
}

func ticket(_ id: Int64, subject: String = "Login fails", status: Int = 2, updated: TimeInterval = 0) -> Ticket {
    Ticket(
        id: ID(id), subject: subject, statusCode: status, createdAt: noon.addingTimeInterval(-day),
        updatedAt: noon.addingTimeInterval(updated),
        descriptionText: "The first message", stats: TicketStats())
}
