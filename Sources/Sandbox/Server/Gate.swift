import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Stands between the network and the portal: takes a request apart, waits as long as latency and faults want, and sends the
/// answer whole, cut or not at all.
///
/// It answers the channel itself and not through a router, because the portal sees paths a router would tidy (`//`), owns its
/// `Date` header, and sometimes hangs up.
struct Gate: Sendable {
    let street: PortalStreet

    func respond(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        guard let (portal, target) = street.portal(of: request.head.path ?? "/") else {
            let answer = await street.answer(request.head.method.rawValue, request.head.path ?? "/")
            let body = request.head.method == .head ? [] : answer.body
            return try await writer.write(response: head(of: answer, date: nil), body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
        }
        let isCounted = !target.hasPrefix("/_sandbox")
        if isCounted { await portal.enter() }
        let answer: Answer
        do {
            answer = try await self.answer(to: request, target, of: portal)
        } catch {
            if isCounted { await portal.leave() }
            throw error
        }
        if isCounted { await portal.leave() }
        let head = head(of: answer, date: await portal.date())
        // An answer to HEAD has no body, whatever its length says.
        if request.head.method == .head { return try await writer.writeResponse(head) }
        switch answer.delivery {
        case .whole:
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        case .silence:
            try await channel.close()
        case .cutConnection:
            var bodyWriter = try await writer.writeHead(head)
            try await bodyWriter.write(ByteBuffer(bytes: answer.body.prefix(answer.body.count / 2)))
            try await channel.close()
        }
    }

    private func answer(to request: Request, _ target: String, of portal: Portal) async throws -> Answer {
        let body = try await request.body.collect(upTo: Gate.bodyLimit)
        let call = Call(
            method: request.head.method.rawValue, target: target, host: request.head.authority,
            authorization: request.headers[.authorization], accept: request.headers[.accept], body: Array(body.readableBytesView))
        let answer = await portal.respond(to: call)
        var wait = answer.delay
        if case .silence(let milliseconds) = answer.delivery { wait += milliseconds }
        if wait > 0 { try await Task.sleep(for: .milliseconds(wait)) }
        return answer
    }

    private func head(of answer: Answer, date: String?) -> HTTPResponse {
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        if let date { fields[.date] = date }
        fields[.contentLength] = String(answer.body.count)
        return HTTPResponse(status: HTTPResponse.Status(code: answer.status), headerFields: fields)
    }

    private static let bodyLimit = 16 * 1_024 * 1_024
}

extension Portal {
    /// The `Date` header by the portal's clock (fact 34), `Mon, 09 Mar 2026 14:05:00 GMT`.
    func date() -> String {
        let now = now
        let (year, month, day) = now.date
        let time = now.text().dropFirst(11).dropLast()
        let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][now.weekday]
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][(month - 1) % 12]
        return "\(weekday), \(day < 10 ? "0" : "")\(day) \(name) \(year) \(time) GMT"
    }
}
