import Domain
import HTTPTypes
import Hummingbird
import Markup

/// A problem as a page: inside the shell for people who are signed in, bare for everybody else.
struct ErrorAnswer: Sendable {
    let site: Site

    func page(_ problem: Problem, _ request: Request, _ context: WebContext) async -> Response {
        let page = ErrorPage(
            status: problem.status.code, message: problem.detail, code: problem.code, requestID: context.requestID)
        var response =
            if context.viewer != nil, context.session != nil {
                // The shell asks the database too; when that is what fails, the bare page needs nothing.
                (try? await PageMaker(site: site).page(page, request, context, status: problem.status))
                    ?? PageAnswer.bare(page.bare, status: problem.status)
            } else {
                PageAnswer.bare(page.bare, status: problem.status)
            }
        response.headers.append(contentsOf: problem.headers)
        return response
    }
}
