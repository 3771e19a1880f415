import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// Finds the visitor's own network address behind a reverse proxy, by which failed sign-ins are counted.
///
/// Anybody can send `X-Forwarded-For`, so that it is believed only where no stranger can be the one who sent it: the connection comes
/// from this machine, and the public address is not this machine, which means that a proxy stands here. Then the last entry counts, the
/// one that this proxy added itself; what stands before it may be the visitor's invention.
struct ClientAddress: RouterMiddleware {
    typealias Context = WebContext

    private let isBehindProxy: Bool

    init(publicURL: String) {
        isBehindProxy = !(URL(string: publicURL)?.host().map(NetworkAddress.isLoopback) ?? true)
    }

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard isBehindProxy else { return try await next(request, context) }
        var context = context
        context.clientAddress = visitor(from: context.clientAddress, forwarded: request.headers[values: .forwardedFor])
        return try await next(request, context)
    }

    /// - Parameters:
    ///   - peer: the address the connection comes from.
    ///   - forwarded: the values of the header, in order.
    func visitor(from peer: String, forwarded: [String]) -> String {
        guard isBehindProxy, NetworkAddress.isLoopback(peer) else { return peer }
        let last = forwarded.last?.split(separator: ",", omittingEmptySubsequences: false).last.map { String($0).trimmed } ?? ""
        let bare = last.hasPrefix("[") && last.hasSuffix("]") ? String(last.dropFirst().dropLast()) : last
        return (try? SocketAddress(ipAddress: bare, port: 0))?.ipAddress ?? peer
    }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .server
}
