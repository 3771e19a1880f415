import Domain
import Foundation
import Hummingbird
import Store
import Sync
import Synchronization
import TestDatabases
import Testing

@testable import Web

@Suite("Watching for changes")
struct LiveVersionsTests {
    /// Counts what is asked of a database.
    final class CountingDatabase: Store.Database {
        let base: any Store.Database
        private let count = Mutex(0)

        init(_ base: any Store.Database) { self.base = base }

        var reads: Int { count.withLock { $0 } }
        var dialect: Dialect { base.dialect }

        func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
            count.withLock { $0 += 1 }
            return try await base.read(body)
        }

        func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
            try await base.write(body)
        }

        func close() async throws {}
        func notifications(on channel: String) -> AsyncStream<String>? { nil }
    }

    @Test("many streams, one look")
    func together() async throws {
        try await withAPI { api in
            let database = CountingDatabase(api.site.database)
            let bell = Bell()
            // Nothing but the bell brings a look about.
            let versions = LiveVersions(database: database, poll: .seconds(600), bell: bell)
            let workspaces = [api.workspace.id, api.neighbour.id]
            var known: [ID<Workspace>: Int64] = [:]
            for workspace in workspaces { known[workspace] = try await api.site.workspaces.version(of: workspace) }
            try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 0..<100 {
                    let workspace = workspaces[number % 2]
                    let before = try #require(known[workspace])
                    group.addTask { try await versions.version(of: workspace, after: before, within: .seconds(60)) - before }
                }
                while await versions.waiting < 100 { await Task.yield() }
                for workspace in workspaces { try await api.site.workspaces.bump(workspace) }
                bell.ring()
                for try await change in group { #expect(change == 1) }
            }
            #expect(database.reads == 1)
        }
    }

    @Test("nothing new within the time, a workspace that is gone, a stream that leaves")
    func endings() async throws {
        try await withAPI { api in
            let versions = LiveVersions(database: api.site.database, poll: .milliseconds(5))
            let version = try await api.site.workspaces.version(of: api.workspace.id)
            #expect(try await versions.version(of: api.workspace.id, after: version, within: .milliseconds(20)) == version)
            await #expect(throws: Failure.self) { try await versions.version(of: 9_999, after: 0, within: .seconds(60)) }
            let leaving = Task { try await versions.version(of: api.workspace.id, after: version, within: .seconds(60)) }
            while await versions.waiting < 1 { await Task.yield() }
            leaving.cancel()
            await #expect(throws: CancellationError.self) { try await leaving.value }
            #expect(await versions.waiting == 0)
        }
    }

    @Test("a change by another process on the same database shows on this one's stream")
    func anotherProcess() async throws {
        try await withAPI { api in
            let other = try api.home.connect()
            let runs = RunStore(database: other)
            let start = try await runs.start(api.scope, trigger: .cli, actor: "command line", windowEnd: apiNow)
            let listener = Listener()
            let viewer = Viewer(actor: .token(id: 1, name: "test"), workspace: api.workspace, role: .member)
            // Far apart, so that only the version can bring a card.
            let pace = CardEvents.Pace(recheck: .seconds(600), ping: .seconds(600), lifetime: .seconds(600))
            let response = CardEvents(site: api.site, viewer: viewer, pace: pace).response
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await response.body.write(listener.writer) }
                try await listener.reaches { $0.cards.count == 1 }
                let claim = try #require(try await runs.claim(owner: "other", lease: 15, startedAt: apiNow, workspace: api.workspace.id))
                #expect(claim.run == start.id)
                try await other.write { db in
                    try RunStore.begin(.companies, expected: 5, claim, now: apiNow, db)
                    try RunStore.advance(.companies, by: PhaseCounts(done: 3, added: 3), cursor: nil, claim, db)
                }
                try await listener.reaches {
                    $0.cards.last?["run"]?["phases"]?.elements?.first?["done"] == 3 && $0.cards.last?["state"] == "syncing"
                }
                try await other.write { try RunStore.finish(claim, as: .succeeded, problem: nil, now: apiNow, $0) }
                try await listener.reaches { $0.cards.last?["run"]?["state"] == "succeeded" }
                group.cancelAll()
            }
            try await other.close()
        }
    }

    @Test("a notification from another process brings the look forward")
    func notified() async throws {
        try await withDatabase(.postgresql) { home in
            let workspaces = WorkspaceStore(database: home.database)
            let workspace = try await workspaces.create(name: "Northwind", now: apiNow).id
            let before = try await workspaces.version(of: workspace)
            let bell = Bell()
            // Without the bell nothing would be seen within the test's time.
            let versions = LiveVersions(database: home.database, poll: .seconds(600), bell: bell)
            let listening = Task { try await ChangeListener(database: home.database, bell: bell).run() }
            defer { listening.cancel() }
            async let seen = versions.version(of: workspace, after: before, within: .seconds(60))
            while await versions.waiting < 1 { await Task.yield() }
            let other = try home.connect()
            try await WorkspaceStore(database: other).bump(workspace)
            #expect(try await seen == before + 1)
            try await other.close()
        }
    }
}
