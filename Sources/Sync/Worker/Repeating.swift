import Logging
import ServiceLifecycle

/// Does `work` now and after every pause, until the process is asked to stop. A failure is logged as `failure` and tried again next time.
func repeatUntilShutdown(
    every pause: Duration, logger: Logger, failure: Logger.Message, _ work: @escaping @Sendable () async throws -> Void
) async {
    await cancelWhenGracefulShutdown {
        while !Task.isCancelled {
            do {
                try await work()
            } catch {
                if !Task.isCancelled { logger.warning(failure, metadata: ["reason": "\(error)"]) }
            }
            try? await Task.sleep(for: pause)
        }
    }
}
