import HTTPTypes
import Hummingbird

/// Counts every answer. Stands outside the middleware that turns errors into answers, so that those count too.
struct RequestMetrics: RouterMiddleware {
    typealias Context = WebContext

    let metrics: Metrics

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        do {
            let response = try await next(request, context)
            record(request, context, response.status.code, start)
            return response
        } catch {
            record(request, context, 500, start)
            throw error
        }
    }

    private func record(_ request: Request, _ context: WebContext, _ status: Int, _ start: ContinuousClock.Instant) {
        metrics.record(
            route: context.endpointPath, method: request.method.rawValue, status: status, duration: start.duration(to: .now))
    }
}
