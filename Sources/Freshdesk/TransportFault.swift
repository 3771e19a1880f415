import AsyncHTTPClient
import NIOCore

/// A request that brought no usable answer; worth another attempt.
struct TransportFault: Error {
    let reason: FreshdeskError.Reason
    let message: String

    init(_ reason: FreshdeskError.Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// Sorts what the HTTP client throws. The types of TLS and name look-up belong to modules beneath it, so they are told apart
    /// by their names and shapes.
    init(_ error: any Error, host: String, timeout: Duration) {
        switch error {
        case is RequestTimeout:
            self.init(.timeout, "\(host) did not answer within \(timeout.components.seconds) seconds.")
        case is NIOTooManyBytesError:
            self.init(.garbage, "\(host) answered with more than can be read at once.")
        case let error as HTTPClientError where TransportFault.timeouts.contains(error):
            self.init(.timeout, "\(host) did not answer in time.")
        case let error as HTTPClientError where error == .tlsHandshakeTimeout:
            self.init(.tls, "A secure connection (TLS) to \(host) could not be made in time.")
        case let error as HTTPClientError:
            self.init(.network, "The connection to \(host) failed: \(error.shortDescription).")
        default:
            let detail = TransportFault.detail(error)
            switch TransportFault.reason(of: error) {
            case .tls: self.init(.tls, "A secure connection (TLS) to \(host) could not be made: \(detail)")
            case .dns: self.init(.dns, "The name \(host) could not be found.")
            default: self.init(.network, "\(host) could not be reached: \(detail)")
            }
        }
    }

    private static let timeouts: [HTTPClientError] = [
        .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout
    ]

    static func reason(of error: any Error) -> FreshdeskError.Reason {
        let type = String(reflecting: type(of: error))
        if type.contains("SSL") || type.contains("TLS") { return .tls }
        guard type.hasSuffix("NIOConnectionError") else { return .network }
        let mirror = Mirror(reflecting: error)
        let attempts = mirror.children.first { $0.label == "connectionErrors" }.map { Mirror(reflecting: $0.value).children.count }
        return attempts == 0 ? .dns : .network
    }

    private static func detail(_ error: any Error) -> String {
        let text = String(describing: error)
        return text.count > 300 ? String(text.prefix(300)) + "…" : text
    }
}

/// The request took longer than its allowance, body included.
struct RequestTimeout: Error {}

/// Runs `operation` and gives up on it after `timeout`. The HTTP client's own deadline ends with the head of the answer, and a
/// body that never comes must not hold a place in flight.
func within<Value: Sendable>(
    _ timeout: Duration, _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            try await Task.sleep(for: timeout)
            throw RequestTimeout()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw CancellationError() }
        return value
    }
}
