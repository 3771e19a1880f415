import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Names a worker in its leases: machine, process, and a mark of its own, because a process may hold several workers and a restarted
/// container gets the same process number again.
struct WorkerIdentity: Sendable {
    let host: String
    let process: Int32
    let mark: String

    /// The marks of every worker this process has made.
    private static let ownMarks = Mutex<Set<String>>([])
    private static let holds = Atomic<UInt64>(0)

    static func current() -> WorkerIdentity {
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        ownMarks.withLock { _ = $0.insert(mark) }
        return WorkerIdentity(host: ProcessInfo.processInfo.hostName, process: ProcessInfo.processInfo.processIdentifier, mark: mark)
    }

    /// The name of a new hold. A worker that was silent for longer than its lease may take the very run it held: what it did before must
    /// then not pass for what it does now.
    func newHold() -> String {
        let number = Self.holds.add(1, ordering: .relaxed).newValue
        return "\(host)/\(process)/\(mark)/\(number)"
    }

    /// Whether the owner of a hold is certainly gone: a process of this machine that does not run any more, or an earlier process
    /// under this very number. Of other machines nothing is known; their leases lapse.
    func knowsDead(_ hold: String) -> Bool {
        let parts = hold.split(separator: "/")
        guard parts.count >= 3, parts[0] == host, let other = Int32(parts[1]) else { return false }
        if other == process { return !Self.ownMarks.withLock { $0.contains(String(parts[2])) } }
        return kill(other, 0) != 0 && errno == ESRCH
    }
}
