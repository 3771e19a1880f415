import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Finds a port of the loopback address that nobody listens on.
///
/// The port is chosen before listening, because links, cookies and the check of `Origin` are made from it.
enum FreePort {
    /// The first free port from `port` on, or any one for 0. Throws when none of `attempts` is free.
    static func first(from port: Int, attempts: Int = 1) throws -> Int {
        for candidate in port..<(port + attempts) where candidate <= 65_535 {
            if let free = bound(candidate) { return free }
        }
        throw Failure(.unavailable, "The ports \(port) to \(port + attempts - 1) are all taken. Choose another with --port.")
    }

    /// The port that a socket asking for `port` gets; nil when it is taken.
    private static func bound(_ port: Int) -> Int? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        return isBound ? Int(in_port_t(bigEndian: address.sin_port)) : nil
    }
}
