import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct DailyRunTests {
    @Test(arguments: Engine.allCases) func tenSchedulersMakeOneRunEach(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            var mirrors: [MirrorFixture] = []
            for number in 1...25 { mirrors.append(try await MirrorFixture(store, workspace: "W\(number)", subdomain: "w\(number)")) }
            let (runs, slot) = (mirrors[0].runs, noon.addingTimeInterval(day))
            let served = try await withThrowingTaskGroup(of: [RunStore.Served].self) { group in
                for _ in 0..<10 {
                    group.addTask {
                        var all: [RunStore.Served] = []
                        while true {
                            let some = try await runs.serveDue(slot: slot, windowEnd: slot, limit: 4)
                            all += some
                            if some.count < 4 { return all }
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(served.count == 25)
            #expect(Set(served.map(\.workspace)).count == 25)
            #expect(served.allSatisfy { if case .started = $0.start { true } else { false } })
            #expect(try await runs.tally() == [.queued: 25])
            for mirror in mirrors {
                let run = try #require(try await runs.current(mirror.workspace))
                #expect(run.trigger == .daily && run.phases.count == 6)
            }
        }
    }

    @Test(arguments: Engine.allCases) func aSlotIsServedOnceAndOnlyAfterTheConnectionBegan(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            func serve(_ slot: Date) async throws -> Int { try await mirror.runs.serveDue(slot: slot, windowEnd: slot, limit: 10).count }
            // Connected at noon.
            #expect(try await serve(noon.addingTimeInterval(-hour)) == 0)
            #expect(try await serve(noon) == 0)
            #expect(try await serve(noon.addingTimeInterval(day)) == 1)
            #expect(try await mirror.runs.cancel(mirror.workspace, now: noon) != nil)
            #expect(try await serve(noon.addingTimeInterval(day)) == 0)
            // Days later: the latest slot alone.
            #expect(try await serve(noon.addingTimeInterval(4 * day)) == 1)
            #expect(try await serve(noon.addingTimeInterval(3 * day)) == 0)
        }
    }

    @Test(arguments: Engine.allCases) func aSlotThatFindsAnActiveRunMovesItsWindow(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let manual = try await mirror.start()
            let slot = noon.addingTimeInterval(day)
            let served = try await mirror.runs.serveDue(slot: slot, windowEnd: slot, limit: 10)
            #expect(served.map(\.start) == [.skipped(manual.id)])
            #expect(try await mirror.claim("one")?.windowEnd == slot)
            #expect(try await mirror.runs.serveDue(slot: slot, windowEnd: slot, limit: 10).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func aDisconnectedPortalHasNoDay(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            try await ConnectionStore(database: store.database).disconnect(mirror.workspace, now: noon)
            let slot = noon.addingTimeInterval(day)
            #expect(try await mirror.runs.serveDue(slot: slot, windowEnd: slot, limit: 10).isEmpty)
        }
    }
}
