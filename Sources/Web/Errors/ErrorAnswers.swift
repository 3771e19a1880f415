import Domain
import HTTPTypes
import Hummingbird
import Logging
import Markup

/// The one place where a thrown error becomes an answer: a page, or a problem document for programs.
///
/// It stands in the chain twice: outermost, for whatever fails before anybody is known, and after `Authentication`, so that the pages
/// of people who are signed in keep their shell.
struct ErrorAnswers: RouterMiddleware {
    typealias Context = WebContext

    let site: Site

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            log(problem, error, context)
            return try await answer(problem, request, context)
        }
    }

    private func answer(_ problem: Problem, _ request: Request, _ context: WebContext) async throws -> Response {
        let path = request.uri.path
        if path.hasPrefix(APIRoute.prefix) || path.hasPrefix("/webhooks/") || Self.isForMachines(path) {
            return try ProblemDocument(problem, requestID: context.requestID).response(problem)
        }
        if problem.status == .unauthorized {
            let next = request.method == .get || request.method == .head ? request.uri.string : nil
            return PageAnswer.redirect(Route.login.link(["next": NextPage.accepted(next)?.destination]))
        }
        return await ErrorAnswer(site: site).page(problem, request, context)
    }

    /// Once, with its cause; what people brought about themselves is no news.
    private func log(_ problem: Problem, _ error: any Error, _ context: WebContext) {
        var metadata: Logger.Metadata = ["code": .string(problem.code), "status": .stringConvertible(problem.status.code)]
        if let cause = problem.cause { metadata["cause"] = .string(cause) }
        if let route = context.endpointPath { metadata["route"] = .string(route) }
        if problem.isOurs, !(error is CancellationError) {
            context.logger.error("Request failed", metadata: metadata)
        } else if problem.status.code >= 500 {
            context.logger.warning("Request failed", metadata: metadata)
        } else {
            context.logger.debug("Request refused", metadata: metadata)
        }
    }

    private static func isForMachines(_ path: String) -> Bool {
        [Route.healthz, .readyz, .metrics].contains { path == $0.path }
    }
}
