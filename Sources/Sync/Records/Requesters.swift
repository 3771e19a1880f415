import Domain
import Freshdesk
import Store

/// Requesters that no list had: deleted or blocked contacts, and those who wrote for the first time meanwhile.
enum Requesters {
    private static let batch = 100

    /// Asks for each once.
    static func fetchUnknown(_ context: RunContext) async throws {
        let run = context.claim.run
        while true {
            let unknown = try await context.database.read { [scope = context.scope] in
                try MirrorStore($0, scope: scope).unknownRequesters(limit: batch)
            }
            guard !unknown.isEmpty else { return }
            let contacts = try await withThrowingTaskGroup(of: (Contact, isLive: Bool).self) { group in
                for id in unknown { group.addTask { try await contact(id, context) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try await context.save { _, mirror in
                for contact in contacts { _ = try mirror.save([contact.0], run: run, isLive: contact.isLive) }
            }
        }
    }

    private static func contact(_ id: ID<Contact>, _ context: RunContext) async throws -> (Contact, isLive: Bool) {
        switch try await Verdict.of({ try await context.client.contact(id: id.rawValue) }) {
        case .found(let record): (Translation.contact(record), !record.value.isDeleted && !record.value.isBlocked)
        // A name that says so, so that the ticket is not asked about again.
        case .gone, .hidden: (Contact(id: id, name: "Deleted contact", createdAt: .unknown, updatedAt: .unknown), false)
        case .failed: (Contact(id: id, name: "Unknown contact", createdAt: .unknown, updatedAt: .unknown), false)
        }
    }
}
