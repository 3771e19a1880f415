package import AsyncHTTPClient
import NIOCore

extension HTTPClient {
    /// The connections that all portals of a process share, set up as `FreshdeskClient` wants them: redirects are never followed,
    /// twelve connections a host, a dead host noticed at once. Shut it down at the end.
    package static func forPortals() -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .seconds(10))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 12
        // Attempts are counted and paused in one place, `FreshdeskClient`.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
