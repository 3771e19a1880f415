import Domain
import Freshdesk
import Store

/// Contacts: the full list, whose default set leaves out deleted and blocked ones and holds the unverified (fact 84).
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
        try await context.save { db, _ in _ = try AccountMatching.applyNewsToRecords(workspace, db) }
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
        let (phase, claim) = (name, context.claim)
        try await absence.confirm(missing, context) { found in
            let blocked = try await BlockedContacts.among(Set(found.alive.map(\.value.id)), context)
            let alive = found.alive.filter { !blocked.contains($0.value.id) }.map(Translation.contact)
            let gone = found.gone + blocked.sorted().map { ID($0) }
            try await context.save { db, mirror in
                var counts = try mirror.save(alive, run: run)
                try mirror.retire(contacts: gone)
                counts.deleted += gone.count
                try RunStore.count(counts, of: phase, claim, db)
            }
        }
    }
}
