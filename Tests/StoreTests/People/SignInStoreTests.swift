import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

@Suite struct SignInStoreTests {
    @Test(arguments: [(1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (14, 512), (15, 900), (16, 900), (1_000_000, 900)])
    func theDelayDoublesUpToAQuarterOfAnHour(_ failures: Int, _ seconds: Double) {
        #expect(SignInStore.delay(after: failures, limit: .email) == seconds)
        #expect(SignInStore.delay(after: failures + 15, limit: .address) == seconds)
    }

    @Test(arguments: Engine.allCases) func guessingAtOnePersonSlowsDown(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let signIns = SignInStore(database: store.database)
            for number in 1...5 {
                // From a new address each time: the e-mail counts alone.
                let blockedUntil = try await signIns.begin(email: "ada@x.io", address: "192.0.2.\(number)", now: noon)
                #expect(blockedUntil == nil)
            }
            #expect(try await signIns.blockedUntil(email: "ada@x.io", address: "192.0.2.99", now: noon) == noon + 1)
            #expect(try await signIns.begin(email: " ADA@x.io", address: "192.0.2.99", now: noon) == noon + 1)
            #expect(try await signIns.begin(email: "bob@x.io", address: "192.0.2.99", now: noon) == nil)
            #expect(try await signIns.begin(email: "ada@x.io", address: "192.0.2.99", now: noon + 1) == nil)
            #expect(try await signIns.begin(email: "ada@x.io", address: "192.0.2.99", now: noon + 2) == noon + 3)
        }
    }

    @Test(arguments: Engine.allCases) func oneAddressGuessingAtManySlowsDown(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let signIns = SignInStore(database: store.database)
            for number in 1...20 {
                #expect(try await signIns.begin(email: "p\(number)@x.io", address: "2001:db8::\(number)", now: noon) == nil)
            }
            #expect(try await signIns.begin(email: "q@x.io", address: "2001:db8::ffff", now: noon) == noon + 1)
            // What was refused for the address has not been counted against the person.
            for _ in 0..<9 { _ = try await signIns.begin(email: "q@x.io", address: "2001:db8::ffff", now: noon) }
            #expect(try await signIns.blockedUntil(email: "q@x.io", address: "192.0.2.1", now: noon) == nil)
            #expect(try await signIns.begin(email: "q@x.io", address: "2001:db8:0:1::1", now: noon) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func manyAtOnceDoNotSlipThrough(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await SignInStore(database: store.database)
                            .begin(email: "ada@x.io", address: "192.0.2.\(number)", now: noon) == nil
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(admitted == 5)
        }
    }

    @Test(arguments: Engine.allCases) func successClearsThePersonButNotTheAddress(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let signIns = SignInStore(database: store.database)
            for _ in 1...5 { _ = try await signIns.begin(email: "ada@x.io", address: "192.0.2.1", now: noon) }
            try await signIns.succeed(email: "ada@x.io", address: "192.0.2.1")
            for _ in 1...4 { #expect(try await signIns.begin(email: "ada@x.io", address: "192.0.2.2", now: noon) == nil) }
            #expect(try await signIns.blockedUntil(email: "ada@x.io", address: "192.0.2.2", now: noon) == nil)

            // Four of the five still stand against the address: 16 more make 20.
            for number in 1...16 { #expect(try await signIns.begin(email: "p\(number)@x.io", address: "192.0.2.1", now: noon) == nil) }
            #expect(try await signIns.blockedUntil(email: "z@x.io", address: "192.0.2.1", now: noon) == noon + 1)
        }
    }

    @Test(arguments: Engine.allCases) func countsAreForgottenInTime(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let signIns = SignInStore(database: store.database)
            for _ in 1...4 { _ = try await signIns.begin(email: "ada@x.io", address: "192.0.2.1", now: noon) }
            #expect(try await signIns.begin(email: "ada@x.io", address: "192.0.2.1", now: noon + day) == nil)
            #expect(try await signIns.blockedUntil(email: "ada@x.io", address: "192.0.2.1", now: noon + day) == nil)
            #expect(try await signIns.purge(now: noon + day) == 0)
            #expect(try await signIns.purge(now: noon + 2 * day) == 2)
        }
    }

    @Test(arguments: Engine.allCases) func noAddressIsStored(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            _ = try await SignInStore(database: store.database).begin(email: "my secret password", address: "192.0.2.1", now: noon)
            let subjects = try await store.database.read {
                try $0.rows("SELECT subject FROM sign_ins").map { try $0.get("subject", as: String.self) }
            }
            #expect(subjects.count == 2)
            #expect(subjects.allSatisfy { $0.count == 64 && $0.allSatisfy(\.isHexDigit) })
        }
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8::1", "2001:db8:0:0/64"),
        ("2001:DB8:0:0:ffff::2", "2001:db8:0:0/64"), ("fe80::1%eth0", "fe80:0:0:0/64"), ("unknown", "unknown")
    ])
    func aSubscriberHoldsSixtyFourBits(_ address: String, _ subscriber: String) {
        #expect(NetworkAddress.subscriber(address) == subscriber)
    }
}
