import Domain
import Freshdesk
import Store

/// Requesters that no list had: deleted or blocked contacts, and those who wrote for the first time meanwhile.
enum Requesters {
    private static let batch = 100

    /// Asks for each once. What was answered is saved even when the portal then makes the run wait: on a plan of few requests an hour
    /// nothing may be asked for twice.
    static func fetchUnknown(_ context: RunContext) async throws {
        let run = context.claim.run
        while true {
            let unknown = try await context.database.read { [scope = context.scope] in
                try MirrorStore($0, scope: scope).unknownRequesters(limit: batch)
            }
            guard !unknown.isEmpty else { return }
            var asked = await Answers.of(unknown) { try await contact($0, context) }
            let alive = Set(asked.values.filter(\.isLive).map(\.contact.id.rawValue))
            do {
                let blocked = try await BlockedContacts.among(alive, context)
                for index in asked.values.indices where blocked.contains(asked.values[index].contact.id.rawValue) {
                    asked.values[index].isLive = false
                }
            } catch {
                // Who may be blocked is asked for again; the next full list decides about them.
                asked.values.removeAll(where: \.isLive)
                asked.fault = asked.fault ?? error
            }
            let found = asked.values
            try await context.save { _, mirror in
                for one in found { _ = try mirror.save([one.contact], run: run, isLive: one.isLive) }
            }
            if let fault = asked.fault { throw fault }
        }
    }

    private struct Requester: Sendable {
        var contact: Contact
        var isLive: Bool
    }

    private static func contact(_ id: ID<Contact>, _ context: RunContext) async throws -> Requester {
        switch try await Verdict.of({ try await context.client.contact(id: id.rawValue) }) {
        case .found(let record):
            Requester(contact: Translation.contact(record), isLive: !record.value.isDeleted && !record.value.isBlocked)
        // A name that says so, so that the ticket is not asked about again.
        case .gone, .hidden: Requester(contact: nobody(id, "Deleted contact"), isLive: false)
        case .failed: Requester(contact: nobody(id, "Unknown contact"), isLive: false)
        }
    }

    private static func nobody(_ id: ID<Contact>, _ name: String) -> Contact {
        Contact(id: id, name: name, createdAt: .unknown, updatedAt: .unknown)
    }
}
