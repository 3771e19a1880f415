import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Finds a port of the loopback address that nobody listens on.
enum FreePort {
    /// The first free port from `port` on; 0 stays 0, which lets the system choose. Throws when none of `attempts` is free.
    static func first(from port: Int, attempts: Int) throws -> Int {
        if port == 0 { return 0 }
        for candidate in port..<(port + attempts) where candidate <= 65_535 && isFree(candidate) { return candidate }
        throw Failure(.unavailable, "The ports \(port) to \(port + attempts - 1) are all taken. Choose another with --port.")
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
