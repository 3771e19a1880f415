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
        let (missing, held) = try await context.save { _, mirror in
            try (mirror.contactsNotSeen(in: run), mirror.count("contacts", "is_live"))
        }
        let absence = Absence<Contact, Record<WireContact>>(
            kind: "contacts", noun: "contact", phase: name, held: held, fetch: { try await $0.contact(id: $1.rawValue) },
            isGone: { $0.value.isDeleted || $0.value.isBlocked })
        let outcome = try await absence.confirm(missing, context)
        guard !outcome.gone.isEmpty || !outcome.alive.isEmpty else { return }
        let (phase, claim) = (name, context.claim)
        try await context.save { db, mirror in
            var counts = try mirror.save(outcome.alive.map(Translation.contact), run: run)
            try mirror.retire(contacts: outcome.gone)
            counts.deleted += outcome.gone.count
            try RunStore.advance(phase, by: counts, cursor: nil, claim, db)
        }
    }
}
