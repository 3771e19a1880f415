import HTTPTypes
import Hummingbird
import NIOCore

/// A page of a given size that never changes, signed in like any other: what the benchmarks measure real pages against.
///
/// `clynto serve` has it only when it was started with the hidden option `--constant-page`.
struct ConstantPage: Sendable {
    static let path = "/constant-page"

    private let body: ByteBuffer

    /// - Parameter size: bytes of the answer's body.
    init(size: Int) {
        let (head, end) = ("<!DOCTYPE html>\n<title>Constant page</title>\n<p>", "</p>\n")
        let filling = String(repeating: "x", count: max(0, size - head.utf8.count - end.utf8.count))
        body = ByteBuffer(string: head + filling + end)
    }

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        Response(status: .ok, headers: [.contentType: "text/html; charset=utf-8"], body: ResponseBody(byteBuffer: body))
    }
}
