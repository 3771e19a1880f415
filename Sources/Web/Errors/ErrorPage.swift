import Domain
import Markup

/// What went wrong, in one sentence, inside the shell for those who are signed in and bare for others.
struct ErrorPage: ShellPage {
    /// The HTTP status.
    var status: Int
    /// What happened, what it means, what to do.
    var message: String
    /// The word for machines, such as `forbidden`.
    var code: String
    /// By which the log is searched.
    var requestID: String?

    var pageTitle: String { heading }
    var section: Section? { nil }

    var html: HTML {
        Card { content }.html
    }

    /// Without the shell.
    var bare: HTML {
        BarePage(heading) {
            content
        }.html
    }

    @HTMLBuilder private var content: HTML {
        div(.class("empty")) {
            Icon.warning.html
            h1(heading)
            p(message)
            if let requestID {
                p(.class("hint")) {
                    "\(status) · \(code) · request "
                    Markup.code(requestID)
                }
            }
            div(.class("button-row")) {
                LinkButton(status == 401 ? "Sign in" : "Go to Tickets", to: status == 401 ? Route.login.link : Route.home.link).html
            }
        }
    }

    private var heading: String {
        switch status {
        case 400, 413, 422: "This could not be read"
        case 401: "Sign in first"
        case 403: "Not allowed"
        case 404: "Not found"
        case 405: "Not possible here"
        case 409: "This does not fit any more"
        case 429: "Too many attempts"
        case 502, 503, 504: "Not available right now"
        default: status >= 500 ? "Something went wrong" : "Not possible"
        }
    }
}

extension ErrorPage {
    /// There is nothing at this address.
    static func notFound(requestID: String? = nil) -> ErrorPage {
        ErrorPage(
            status: 404, message: "There is nothing at this address. It may have been deleted, or the link may be incomplete.",
            code: "not_found",
            requestID: requestID)
    }
}
