package import Domain
package import Hummingbird
import Foundation
import NIOCore
package import Store

/// What is known of one request: its id, who is asking, and where from. Middleware fills it in on the way to the controller.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Told in `X-Request-Id`, on error pages and in every log line of the request.
    package var requestID: String
    /// Who is asking, by session cookie or bearer token.
    package var viewer: Viewer?
    /// The browser's session; nil for bearer tokens and strangers.
    package var session: Session?
    /// The visitor's network address: the peer's, unless `ClientAddress` finds that a reverse proxy of ours stands between.
    package var clientAddress: String
    /// The form of a POST, read and checked for forgery.
    var form = Form()

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = RequestName.new()
        clientAddress = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    /// Throws `unauthorized` when nobody is signed in, `forbidden` with code `no_workspace` when a person without a workspace is.
    package func requireViewer() throws -> Viewer {
        if let viewer { return viewer }
        guard let session else {
            throw Failure(.unauthorized, "Sign in first, or send a valid API token.")
        }
        throw Failure(
            .forbidden, code: "no_workspace",
            "You are signed in as \(session.person.email), but you are not a member of any workspace. Ask an owner or admin to invite you.")
    }

    /// Throws as `requireViewer` does, and `forbidden` for an API token: some acts are a person's alone.
    package func requireSession() throws -> Session {
        _ = try requireViewer()
        guard let session else { throw Failure(.forbidden, "An API token may not do this. Sign in as a person.") }
        return session
    }

    /// A parameter of the path as an id, such as `{id}`; throws `notFound` when it is none.
    package func id<Subject>(_ name: String = "id", of subject: Subject.Type = Subject.self) throws -> ID<Subject> {
        guard let text = parameters.get(name), let id = ID<Subject>(text) else {
            throw Failure(.notFound, "There is no such page.")
        }
        return id
    }

    /// A parameter of the path as text, percent-decoded; throws `notFound` when it cannot be.
    package func text(_ name: String) throws -> String {
        guard let text = parameters.get(name)?.removingPercentEncoding else { throw Failure(.notFound, "There is no such page.") }
        return text
    }
}
