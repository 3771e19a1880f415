import NIOCore
import NIOPosix
import Synchronization

/// Passes TCP connections on until it is cut: then those under way break and new ones are refused, until it is mended.
package final class CutProxy: Sendable {
    private let target: Int
    private let listener = Mutex<(any Channel)?>(nil)
    private let open = Mutex<[ObjectIdentifier: any Channel]>([:])
    /// Where it listens on 127.0.0.1; the same after mending.
    package let port: Int

    /// - Parameter target: the port on 127.0.0.1 that it leads to.
    package static func start(to target: Int) async throws -> CutProxy {
        // Below the ports that outgoing connections take: while it is cut, nobody else may come to hold the port.
        for _ in 0..<100 {
            let proxy = CutProxy(target: target, port: .random(in: 20_000..<32_000))
            do {
                try await proxy.mend()
                return proxy
            } catch { continue }
        }
        throw IOError(errnoCode: EADDRNOTAVAIL, reason: "no port")
    }

    private init(target: Int, port: Int) {
        self.target = target
        self.port = port
    }

    private static func bind(
        port: Int, _ accepted: @escaping @Sendable (any Channel) -> EventLoopFuture<Void>
    ) async throws -> any Channel {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer(accepted)
            .bind(host: "127.0.0.1", port: port).get()
    }

    package var isCut: Bool { listener.withLock { $0 == nil } }

    package func mend() async throws {
        let channel = try await Self.bind(port: port) { [self] client in pass(client) }
        listener.withLock { $0 = channel }
    }

    package func cut() async {
        let closing = listener.withLock { held in
            defer { held = nil }
            return held
        }
        try? await closing?.close()
        for channel in open.withLock({ Array($0.values) }) { channel.close(promise: nil) }
    }

    private func pass(_ client: any Channel) -> EventLoopFuture<Void> {
        ClientBootstrap(group: client.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: "127.0.0.1", port: target)
            .flatMap { [self] server in
                for channel in [client, server] {
                    let id = ObjectIdentifier(channel)
                    open.withLock { $0[id] = channel }
                    channel.closeFuture.whenComplete { [self] _ in open.withLock { _ = $0.removeValue(forKey: id) } }
                }
                // One that was on its way when the line was cut breaks too.
                if isCut { for channel in [client, server] { channel.close(promise: nil) } }
                return client.pipeline.addHandler(Passing(to: server)).and(server.pipeline.addHandler(Passing(to: client))).flatMap { _ in
                    client.setOption(.autoRead, value: true).and(server.setOption(.autoRead, value: true)).map { _ in }
                }
            }
    }
}

/// Writes what comes in on one connection to the other, and closes it at the end.
private final class Passing: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { other.writeAndFlush(unwrapInboundIn(data), promise: nil) }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
