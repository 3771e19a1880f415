import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// One request to the API by somebody whose role may make it.
struct APICall: Sendable {
    let site: Site
    let request: Request
    let context: WebContext
    let viewer: Viewer

    var workspace: ID<Workspace> { viewer.workspace.id }

    /// Bytes of a body that are read.
    static let longestBody = 256 * 1024

    /// The path's parameter; throws `notFound` when it is no id.
    func id<Subject>(_ name: String = "id") throws -> ID<Subject> {
        guard let id: ID<Subject> = context.parameters.get(name).flatMap({ ID($0) }) else {
            throw Failure(.notFound, "There is nothing with this id: an id is a positive whole number.")
        }
        return id
    }

    /// The query string's parameters in the order sent.
    var query: [(name: String, value: String)] { Form(urlEncoded: request.uri.query ?? "").items }

    /// The body's members; throws `invalid` with code `malformed_json` unless it is one JSON object.
    func fields() async throws -> JSONFields {
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: Self.longestBody)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "A body may have at most \(Self.longestBody / 1024) KB.")
        }
        guard let members = JSON(parsing: body.readableBytesView)?.members else {
            throw Failure(.invalid, code: "malformed_json", "The body must be one JSON object, in UTF-8.")
        }
        return JSONFields(members)
    }
}
