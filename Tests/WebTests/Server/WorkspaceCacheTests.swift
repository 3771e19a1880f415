import Domain
import Synchronization
import Testing

@testable import Web

@Suite("Answers kept for a workspace")
struct WorkspaceCacheTests {
    /// An answer that is given when the test says so, and how often it was asked for.
    private final class Slow: Sendable {
        let asked = Mutex(0)
        private let gate: AsyncStream<Void>
        private let opening: AsyncStream<Void>.Continuation

        init() { (gate, opening) = AsyncStream.makeStream() }

        func open() { opening.finish() }

        func answer(_ value: Int) async -> Int {
            asked.withLock { $0 += 1 }
            for await _ in gate {}
            return value
        }

        func waitUntilAsked() async {
            while asked.withLock({ $0 }) == 0 { await Task.yield() }
        }
    }

    private struct Trouble: Error {}

    @Test func anAnswerIsRepeatedWhileTheVersionStands() async throws {
        let cache = WorkspaceCache<String, Int>(limit: 10, lifetime: .seconds(3600))
        #expect(try await cache.value(1, "a", version: 1) { 1 } == 1)
        #expect(try await cache.value(1, "a", version: 1) { 2 } == 1)
        #expect(try await cache.value(1, "b", version: 1) { 3 } == 3, "another question")
        #expect(try await cache.value(2, "a", version: 1) { 4 } == 4, "another workspace")
        #expect(try await cache.value(1, "a", version: 2) { 5 } == 5, "another version")
    }

    @Test func oneComputesAndTheOthersWait() async throws {
        let cache = WorkspaceCache<String, Int>(limit: 10)
        let slow = Slow()
        let answers = try await withThrowingTaskGroup(of: Int.self) { group in
            for asker in 0..<10 { group.addTask { try await cache.value(1, "a", version: 1) { await slow.answer(asker) } } }
            await slow.waitUntilAsked()
            slow.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 10 && Set(answers).count == 1)
        #expect(slow.asked.withLock { $0 } == 1)
    }

    @Test func anotherVersionsAnswerIsNotWaitedFor() async throws {
        let cache = WorkspaceCache<String, Int>(limit: 10, lifetime: .seconds(3600))
        let slow = Slow()
        async let old = cache.value(1, "a", version: 1) { await slow.answer(1) }
        await slow.waitUntilAsked()
        #expect(try await cache.value(1, "a", version: 2) { 2 } == 2)
        slow.open()
        #expect(try await old == 1)
        #expect(try await cache.value(1, "a", version: 2) { 3 } == 2, "a late answer of an older version replaces nothing")
    }

    @Test func whileAnOldAnswerIsRenewedItIsRepeated() async throws {
        let cache = WorkspaceCache<String, Int>(limit: 10, lifetime: .zero)
        let slow = Slow()
        #expect(try await cache.value(1, "a", version: 1) { 1 } == 1)
        async let renewed = cache.value(1, "a", version: 1) { await slow.answer(2) }
        await slow.waitUntilAsked()
        for _ in 0..<5 { #expect(try await cache.value(1, "a", version: 1) { 3 } == 1) }
        slow.open()
        #expect(try await renewed == 2)
        #expect(slow.asked.withLock { $0 } == 1)
    }

    @Test func aFailureIsNotKept() async throws {
        let cache = WorkspaceCache<String, Int>(limit: 10)
        await #expect(throws: Trouble.self) { try await cache.value(1, "a", version: 1) { throw Trouble() } }
        #expect(try await cache.value(1, "a", version: 1) { 2 } == 2)
    }

    @Test func theNumberOfAnswersIsBounded() async throws {
        let cache = WorkspaceCache<Int, Int>(limit: 3, lifetime: .seconds(3600))
        for key in 0..<3 { #expect(try await cache.value(1, key, version: 1) { key } == key) }
        #expect(try await cache.value(1, 3, version: 1) { 3 } == 3)
        #expect(try await cache.value(1, 0, version: 1) { 9 } == 9, "emptied")
    }
}
