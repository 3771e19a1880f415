import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

@Suite struct NotificationTests {
    @Test func whatIsCommittedArrivesAndWhatIsNotDoesNot() async throws {
        try await withStore(.postgresql) { store in
            let stream = try #require(store.database.notifications(on: "progress of \"all\""))
            var payloads = stream.makeAsyncIterator()
            // The connection is new: look for yourself.
            #expect(await payloads.next() == "")
            _ = await failure {
                try await store.database.write { db in
                    try db.notify("progress of \"all\"", "taken back")
                    throw Failure(.conflict, "No.")
                }
            }
            try await store.database.write { db in
                try db.notify("another channel", "elsewhere")
                try db.notify("progress of \"all\"", "7")
            }
            #expect(await payloads.next() == "7")
        }
    }

    @Test func aListenerThatIsCutOffConnectsAgainAndSaysSo() async throws {
        try await withStore(.postgresql) { store in
            let stream = try #require(store.database.notifications(on: "progress"))
            var payloads = stream.makeAsyncIterator()
            #expect(await payloads.next() == "")
            _ = try await store.database.read { db in
                try db.rows(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'")
            }
            #expect(await payloads.next() == "")
            try await store.database.write { try $0.notify("progress", "8") }
            #expect(await payloads.next() == "8")
        }
    }

    @Test func theStreamEndsWithTheDatabase() async throws {
        try await withStore(.postgresql) { store in
            let other = try store.connect()
            let stream = try #require(other.notifications(on: "progress"))
            var payloads = stream.makeAsyncIterator()
            #expect(await payloads.next() == "")
            try await other.close()
            #expect(await payloads.next() == nil)
        }
    }

    @Test func whereNothingListensNothingIsPromised() async throws {
        try await withStore(.sqlite) { store in
            #expect(store.database.notifications(on: "progress") == nil)
            try await store.database.write { try $0.notify("progress", "7") }
        }
        let pooled = try #require(PostgresAddress("postgres://127.0.0.1:1/x?pgbouncer=true"))
        #expect(PostgresDatabase(pooled).notifications(on: "progress") == nil)
    }
}
