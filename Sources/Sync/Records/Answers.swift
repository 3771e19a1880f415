import Freshdesk

/// What asking for many records at once brought, up to where the portal made us stop. Those who ask save `values` first and throw `fault`
/// then: what was answered is not asked for again after the wait.
struct Answers<Value: Sendable>: Sendable {
    var values: [Value] = []
    /// Why not all were answered; nil when all were.
    var fault: (any Error)?

    /// Asks for each, several at once; the request budget bounds how many fly. After a fault nothing new is asked for.
    static func of<Subject: Sendable>(
        _ subjects: [Subject], _ ask: @escaping @Sendable (Subject) async throws -> Value
    ) async -> Answers {
        await withTaskGroup(of: Result<Value, any Error>.self) { group in
            var answers = Answers()
            var waiting = subjects[...]
            func askNext() {
                guard answers.fault == nil, let next = waiting.popFirst() else { return }
                group.addTask {
                    do { return .success(try await ask(next)) } catch { return .failure(error) }
                }
            }
            for _ in 0..<Swift.min(atOnce, subjects.count) { askNext() }
            while let answer = await group.next() {
                switch answer {
                case .success(let value): answers.values.append(value)
                case .failure(let error): answers.fault = answers.fault ?? error
                }
                askNext()
            }
            return answers
        }
    }

    private static var atOnce: Int { 24 }
}
