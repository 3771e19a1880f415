import Domain
import Foundation
import Store
import Synchronization

/// The names of each workspace, indexed once and kept until they change.
final class NameShelf: Sendable {
    struct Names: Sendable {
        var index: NameIndex
        var book: NameBook
        var hasContacts: Bool
    }

    private struct Entry {
        var stamp: String
        var since: ContinuousClock.Instant
        var names: Names
    }

    private let entries = Mutex<[ID<Workspace>: Entry]>([:])
    private let store: SupportNamesStore

    /// Most workspaces whose names are kept, and for how long at most: whatever changes tags or contacts changes the stamp as well.
    private static let most = 50
    private static let lifetime: Duration = .seconds(600)

    init(database: any Database) { store = SupportNamesStore(database: database) }

    /// - Parameter withContacts: also everybody who ever wrote; only the rare question that names one needs them.
    func names(_ workspace: ID<Workspace>, withContacts: Bool = false) async throws -> Names {
        let stamp = try await store.stamp(workspace)
        let known = entries.withLock { $0[workspace] }
        if let known, known.stamp == stamp, known.since.duration(to: .now) < Self.lifetime, known.names.hasContacts || !withContacts {
            return known.names
        }
        let names = try await store.names(workspace)
        let contacts = withContacts ? try await store.contacts(workspace) : []
        let made = Names(
            index: NameIndex(names, contacts: contacts), book: NameBook(names, contacts: contacts), hasContacts: withContacts)
        entries.withLock { entries in
            if entries.count >= Self.most { entries.removeAll(keepingCapacity: true) }
            entries[workspace] = Entry(stamp: stamp, since: .now, names: made)
        }
        return made
    }

    func coverage(_ workspace: ID<Workspace>) async throws -> SupportCoverage { try await store.coverage(workspace) }
}
