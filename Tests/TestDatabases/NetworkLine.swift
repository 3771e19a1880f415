import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A network between a client and a server on this machine that a test can cut, freeze and mend.
package final class NetworkLine: Sendable {
    package struct CannotListen: Error {}

    /// Where clients connect to, on 127.0.0.1.
    package let port: Int
    private let target: Int
    private let listening: Int32
    private let state = Mutex(State())

    private enum Condition { case whole, cut, frozen }

    private struct State {
        var condition = Condition.whole
        var open: [Int32] = []
        var isClosed = false
        var bytes = 0
        var cutAfter: Int?
    }

    /// - Parameter target: the server's port on 127.0.0.1.
    package init(to target: Int) throws {
        self.target = target
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        listening = descriptor
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        guard bound else { throw CannotListen() }
        port = Int(in_port_t(bigEndian: address.sin_port))
        Thread { [self] in takeCallers() }.start()
    }

    /// Breaks every connection; new ones are refused until `mend`.
    package func cut() { change(to: .cut) }

    /// Lets nothing through any more without telling anybody, as a lost route does.
    package func freeze() { change(to: .frozen) }

    package func mend() { change(to: .whole) }

    /// Cuts the line by itself once so many more bytes have gone to the server.
    package func cut(afterBytes count: Int) { state.withLock { $0.cutAfter = $0.bytes + count } }

    package var isCut: Bool { state.withLock { $0.condition == .cut } }

    package func end() {
        state.withLock { $0.isClosed = true }
        cut()
        shutdown(listening, Int32(SHUT_RDWR))
        close(listening)
    }

    private func change(to condition: Condition) {
        state.withLock { state in
            state.condition = condition
            // Shut down only: those who carry close them.
            if condition == .cut { for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) } }
        }
    }

    // MARK: Carrying

    private func takeCallers() {
        while true {
            let client = accept(listening, nil, nil)
            if client < 0 || state.withLock({ $0.isClosed }) { return }
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = Self.loopback(port: target)
            let isConnected = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
            let isRefused = state.withLock { state in
                if state.condition == .cut || isConnected != 0 { return true }
                state.open += [client, server]
                return false
            }
            guard !isRefused else {
                close(client)
                close(server)
                continue
            }
            let ends = Ends(client: client, server: server)
            Thread { [self] in carry(ends, isUpward: true) }.start()
            Thread { [self] in carry(ends, isUpward: false) }.start()
        }
    }

    /// A connection's two descriptors; whichever direction ends last closes them.
    private final class Ends: Sendable {
        let client: Int32, server: Int32
        private let isHalfOver = Mutex(false)

        init(client: Int32, server: Int32) {
            self.client = client
            self.server = server
        }

        /// True for the second caller.
        func finishHalf() -> Bool {
            isHalfOver.withLock { isHalfOver in
                defer { isHalfOver = true }
                return isHalfOver
            }
        }
    }

    private func carry(_ ends: Ends, isUpward: Bool) {
        let (source, target) = isUpward ? (ends.client, ends.server) : (ends.server, ends.client)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            while state.withLock({ $0.condition == .frozen && !$0.isClosed }) { usleep(5000) }
            let isOver = state.withLock { state in
                if isUpward { state.bytes += count }
                return state.cutAfter.map { state.bytes >= $0 } ?? false
            }
            if isOver {
                state.withLock { $0.cutAfter = nil }
                cut()
                break
            }
            guard send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
        guard ends.finishHalf() else { return }
        state.withLock { $0.open.removeAll { $0 == source || $0 == target } }
        close(source)
        close(target)
    }

    private static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }
}
