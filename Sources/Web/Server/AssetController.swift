import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// The stylesheet, the script and the icon.
struct AssetController: Sendable {
    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let asset = Asset(rawValue: try context.text("file")) else {
            throw Failure(.notFound, "There is nothing at this address.")
        }
        return answer(asset, to: request)
    }

    /// Browsers ask for `/favicon.ico` beside answers that are no pages and name no icon.
    func icon(_ request: Request, _ context: WebContext) async throws -> Response { answer(.icon, to: request) }

    private func answer(_ asset: Asset, to request: Request) -> Response {
        let tag = "\"\(asset.version)\""
        let isVersioned = Form(urlEncoded: request.uri.query ?? "")["v"] == asset.version
        let headers: HTTPFields = [
            .contentType: asset.contentType, .eTag: tag,
            // Pages name the version, so that what is kept is never the wrong one.
            .cacheControl: isVersioned ? "public, max-age=31536000, immutable" : "public, no-cache"
        ]
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
