import Domain
import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// Answers of the pages.
enum PageAnswer {
    /// A document without the shell around it.
    static func bare(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: html.withBytes { ByteBuffer(bytes: $0) }))
    }

    /// See other: the next request is a GET, whatever this one was.
    static func redirect(_ link: Link) -> Response { .redirect(to: link.destination, type: .normal) }

    /// The same, with a sentence for the next page to say.
    static func redirect(_ link: Link, saying notice: Notice, _ site: Site) -> Response {
        var response = redirect(link)
        response.setCookie(site.cookies.notice(NoticeText.text(of: notice)))
        return response
    }
}
