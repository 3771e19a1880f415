import Domain
import Freshdesk
import Store

/// Companies: the full list every time, because nothing else tells which were deleted (fact 79).
struct CompaniesPhase: Phase {
    let name = PhaseName.companies

    func run(_ context: RunContext) async throws {
        try await context.begin(name)
        let run = context.claim.run
        try await ListWalk.read(context, name, { try await context.client.companies(page: $0) }) { _, mirror, records in
            try mirror.save(records.map(Translation.company), run: run)
        }
        try await forgetDeleted(context)
        let workspace = context.scope.workspace
        try await context.save { db, _ in _ = try AccountMatching.applyNewsToRecords(workspace, db) }
        try await context.end(name)
    }

    /// A company missing from a complete list is asked for by id before it is forgotten.
    private func forgetDeleted(_ context: RunContext) async throws {
        let run = context.claim.run
        let (missing, held) = try await context.save { _, mirror in
            try (mirror.companiesNotSeen(in: run), mirror.count("companies"))
        }
        let absence = Absence<Company, Record<WireCompany>>(
            kind: "companies", noun: "company", phase: name, held: held, fetch: { try await $0.company(id: $1.rawValue) })
        let (phase, claim) = (name, context.claim)
        try await absence.confirm(missing, context) { found in
            try await context.save { db, mirror in
                var counts = try mirror.save(found.alive.map(Translation.company), run: run)
                try mirror.delete(companies: found.gone)
                counts.deleted += found.gone.count
                try RunStore.count(counts, of: phase, claim, db)
            }
        }
    }
}
