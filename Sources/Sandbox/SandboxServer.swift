import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOFoundationCompat

/// A simulated Freshdesk portal, or many of them, over HTTP on 127.0.0.1.
///
/// `run()` serves until its task is cancelled or its service group shuts down, so the type fits a ServiceLifecycle group as it
/// is; `stop()` ends it from outside.
package final class SandboxServer: Sendable {
    /// The portal, or the first of many.
    package let options: SandboxOptions
    private let requestedPort: Int
    private let street: PortalStreet
    private let logger: Logger
    private let bound = PortPromise()

    /// - Parameter port: 0 takes any free port; see `port`.
    package convenience init(options: SandboxOptions, port: Int = 0, logger: Logger = Logger(label: "sandbox")) {
        self.init(first: options, others: [], port: port, logger: logger)
    }

    /// Many portals on one port, each under `/{subdomain}`, with its control routes under `/{subdomain}/_sandbox`.
    package init(first: SandboxOptions, others: [SandboxOptions], port: Int = 0, logger: Logger = Logger(label: "sandbox")) {
        options = first
        requestedPort = port
        self.logger = logger
        street = PortalStreet([first] + others)
    }

    /// The bound port, as soon as there is one.
    ///
    /// - Throws: what kept the server from listening, such as an occupied port.
    package var port: Int {
        get async throws { try await bound.value() }
    }

    /// `http://127.0.0.1:port`, once the server listens. The portal answers there under `/api/v2` and `/{subdomain}/api/v2`.
    package var url: String {
        get async throws { "http://127.0.0.1:\(try await port)" }
    }

    /// Requests to the portals' interfaces so far; those to their control routes do not count.
    package var requests: Int {
        get async { await street.requests }
    }

    /// Serves until cancelled, stopped or shut down.
    ///
    /// - Throws: a `SandboxError` when the port is taken, any other error of the network as it is.
    package func run() async throws {
        let gate = Gate(street: street)
        let bound = bound
        // The framework logs every cancelled connection as an error; what matters is thrown.
        var quiet = logger
        quiet.logLevel = .critical
        let application = Application(
            responder: CallbackResponder { (_: Request, _: BasicRequestContext) in Response(status: .notFound) },
            server: HTTPServerBuilder { _ in HTTP1Channel(responder: gate.respond) },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: requestedPort)),
            onServerRunning: { channel in bound.fulfil(.success(channel.localAddress?.port ?? 0)) },
            logger: quiet)
        guard !bound.hasStopped else { return bound.fulfil(.failure(SandboxError("The sandbox has stopped."))) }
        let serving = Task { try await application.run() }
        bound.onStop { serving.cancel() }
        do {
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                serving.cancel()
            }
        } catch is CancellationError {
            // Cancelled or stopped: that is how serving ends.
        } catch {
            let reason: any Error =
                (error as? IOError)?.errnoCode == EADDRINUSE ? SandboxError("Port \(requestedPort) is already in use.") : error
            bound.fulfil(.failure(reason))
            throw reason
        }
        bound.fulfil(.failure(SandboxError("The sandbox has stopped.")))
    }

    /// Ends `run()`; calling it before or twice does no harm.
    package func stop() {
        bound.stop()
    }
}

/// The port once it is known, and the way to stop; whoever asks early waits.
private final class PortPromise: @unchecked Sendable {
    private let lock = NSLock()
    private var result: Result<Int, any Error>?
    private var waiting: [CheckedContinuation<Int, any Error>] = []
    private var stopAction: (@Sendable () -> Void)?
    private var isStopped = false

    func value() async throws -> Int {
        try await withCheckedThrowingContinuation { continuation in
            lock.lock()
            if let result {
                lock.unlock()
                continuation.resume(with: result)
            } else {
                waiting.append(continuation)
                lock.unlock()
            }
        }
    }

    func fulfil(_ result: Result<Int, any Error>) {
        lock.lock()
        let waiters = self.result == nil ? waiting : []
        if self.result == nil { self.result = result }
        waiting = []
        lock.unlock()
        for waiter in waiters { waiter.resume(with: result) }
    }

    var hasStopped: Bool { lock.withLock { isStopped } }

    func onStop(_ action: @escaping @Sendable () -> Void) {
        lock.lock()
        stopAction = action
        let stopped = isStopped
        lock.unlock()
        if stopped { action() }
    }

    func stop() {
        lock.lock()
        isStopped = true
        let action = stopAction
        lock.unlock()
        action?()
    }
}
