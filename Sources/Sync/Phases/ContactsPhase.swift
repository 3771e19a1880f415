import Domain
import Freshdesk
import Store

/// Contacts: the full list, whose default set leaves out deleted and blocked ones (fact 84).
struct ContactsPhase: Phase {
    let name = PhaseName.contacts

    func run(_ context: RunContext) async throws {
        try await context.begin(name)
        let run = context.claim.run
        try await ListWalk.read(context, name, { try await context.client.contacts(page: $0) }) { _, mirror, records in
            try mirror.save(records.map(Translation.contact), run: run)
        }
        try await retireMissing(context)
        let workspace = context.scope.workspace
        try await context.save { db, _ in try AccountMatching.applyToRecords(workspace, db) }
        try await context.end(name)
    }

    /// Contacts that left the list (deleted, blocked, merged) keep their names on old tickets.
    private func retireMissing(_ context: RunContext) async throws {
        let run = context.claim.run
        let missing = try await context.save { _, mirror in try mirror.contactsNotSeen(in: run) }
        let gone = try await Absence.confirm(missing, context, kind: "contacts") { client, id in
            let reply = try await client.contact(id: id.rawValue)
            if reply.value.value.isDeleted || reply.value.value.isBlocked { throw FreshdeskError.notFound(path: "contacts/\(id)") }
            return reply
        }
        guard !gone.isEmpty else { return }
        let (phase, claim) = (name, context.claim)
        try await context.save { db, mirror in
            try mirror.retire(contacts: gone)
            try RunStore.advance(phase, by: PhaseCounts(deleted: gone.count), cursor: nil, claim, db)
        }
    }
}
