import Domain
import Freshdesk
import Logging
import Store

/// Reads a list that can only be paged by number, one transaction a page.
enum ListWalk {
    struct PageCursor: Codable, Sendable {
        var page: Int
    }

    /// A page number no portal reaches; a list that claims to go on beyond is broken.
    private static let lastPage = 100_000

    static func read<Value: WireRecord>(
        _ context: RunContext, _ phase: PhaseName, _ fetch: (Int) async throws -> Reply<ListPage<Value>>,
        save: @escaping @Sendable (any Queries, MirrorStore, [Record<Value>]) throws -> PhaseCounts
    ) async throws {
        var page = try await context.cursor(of: phase, as: PageCursor.self)?.page ?? 1
        while page <= lastPage {
            let reply = try await fetch(page)
            let records = reply.value.records
            try await context.savePage(phase, cursor: PageCursor(page: page + 1), unreadable: reply.value.unreadable) { db, mirror in
                try save(db, mirror, records)
            }
            guard reply.value.hasMore, !records.isEmpty || !reply.value.unreadable.isEmpty else { return }
            page += 1
        }
    }
}

/// Never forget a record merely because a list lacks it (facts 206–207).
enum Absence {
    /// More missing records than this, and more than the share, is taken for a changed role, not for deletions.
    private static let suspiciousCount = 50

    /// Asks for each missing record by id; returns those that are gone for certain.
    static func confirm<Subject, Value: Sendable>(
        _ missing: [ID<Subject>], _ context: RunContext, kind: String,
        _ fetch: @Sendable (FreshdeskClient, ID<Subject>) async throws -> Reply<Value>
    ) async throws -> [ID<Subject>] {
        guard !missing.isEmpty else { return [] }
        guard missing.count <= suspiciousCount else {
            context.logger.warning(
                "Many records left a list at once; none is forgotten", metadata: ["kind": "\(kind)", "count": "\(missing.count)"])
            context.warn(
                ConnectionWarning(
                    code: "many_missing",
                    message:
                        "\(missing.count) \(kind) are no longer listed by Freshdesk. They are kept until it is clear that the key still may see everything."
                ))
            return []
        }
        var gone: [ID<Subject>] = []
        for id in missing {
            do {
                _ = try await fetch(context.client, id)
            } catch FreshdeskError.notFound {
                gone.append(id)
            } catch FreshdeskError.forbidden {
                // The key may no longer see it: no proof that it is gone.
            }
        }
        return gone
    }
}
