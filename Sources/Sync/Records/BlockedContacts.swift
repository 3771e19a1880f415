import Domain
import Freshdesk

/// Which contacts the portal has blocked: nothing in a contact's own record says so, only the list of the blocked does (facts 84 and 95).
enum BlockedContacts {
    /// Those of `contacts` that are blocked. Costs no request where there is nobody to look for; else a page for each hundred blocked.
    static func among(_ contacts: Set<Int64>, _ context: RunContext) async throws -> Set<Int64> {
        var (wanted, blocked, page) = (contacts, Set<Int64>(), 1)
        while !wanted.isEmpty {
            let reply: ListPage<WireContact>
            do {
                reply = try await context.client.contacts(page: page, state: .blocked).value
            } catch FreshdeskError.forbidden, FreshdeskError.rejected {
                // A portal that does not show them: nobody is known to be blocked.
                return blocked
            }
            let found = wanted.intersection(reply.records.map(\.value.id))
            blocked.formUnion(found)
            wanted.subtract(found)
            guard reply.hasMore, !reply.records.isEmpty else { break }
            page += 1
        }
        return blocked
    }
}
