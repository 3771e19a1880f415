import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Names a worker in the lease of its run: machine, process, and a mark of its own, because a process may hold several workers and a
/// restarted container gets the same process number again.
struct WorkerIdentity: Sendable {
    let host: String
    let process: Int32
    let mark: String

    var text: String { "\(host)/\(process)/\(mark)" }

    /// The marks of every worker this process has made.
    private static let ownMarks = Mutex<Set<String>>([])

    static func current() -> WorkerIdentity {
        let mark = String(UInt64.random(in: .min ... .max), radix: 36)
        ownMarks.withLock { _ = $0.insert(mark) }
        return WorkerIdentity(host: ProcessInfo.processInfo.hostName, process: ProcessInfo.processInfo.processIdentifier, mark: mark)
    }

    /// Whether the holder of a lease is certainly gone: a process of this machine that does not run any more, or an earlier process
    /// under this very number. Of other machines nothing is known; their leases lapse.
    func knowsDead(_ holder: String) -> Bool {
        let parts = holder.split(separator: "/")
        guard parts.count == 3, parts[0] == host, let other = Int32(parts[1]) else { return false }
        if other == process { return !Self.ownMarks.withLock { $0.contains(String(parts[2])) } }
        return kill(other, 0) != 0 && errno == ESRCH
    }
}
