import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// Which part of a list is asked for, and by which further parameters.
struct APIList: Sendable {
    var limit = TicketQuery.defaultLimit
    var cursor: String?
    private var others: [String: String] = [:]

    subscript(name: String) -> String? { others[name] }

    /// Throws `invalid` with a field for each parameter that is unknown, repeated or bad. An empty value is none.
    init(_ items: [(name: String, value: String)], also names: Set<String> = []) throws {
        var faults: [Failure.Field] = []
        var seen: Set<String> = []
        for (name, value) in items {
            guard ["limit", "cursor"].contains(name) || names.contains(name) else {
                faults.append(.init(name, "There is no parameter called “\(name.prefix(40))”.", code: "unknown_parameter"))
                continue
            }
            if value.isEmpty { continue }
            guard seen.insert(name).inserted else {
                faults.append(.init(name, "“\(name)” is given twice.", code: "repeated"))
                continue
            }
            switch name {
            case "limit":
                if let number = Int(value), TicketQuery.limits.contains(number) {
                    limit = number
                } else {
                    let (least, most) = (TicketQuery.limits.lowerBound, TicketQuery.limits.upperBound)
                    faults.append(.init(name, "Use a number from \(least) to \(most)."))
                }
            case "cursor": cursor = value
            default: others[name] = value
            }
        }
        guard faults.isEmpty else { throw Self.failure(faults) }
    }

    /// The cursor as the id it is in most lists; throws `invalid` when it is none.
    func after<Subject>(_ subject: Subject.Type = Subject.self) throws -> ID<Subject>? {
        guard let cursor else { return nil }
        guard let id = ID<Subject>(cursor) else { throw Self.badCursor }
        return id
    }

    /// One page of a list that is held in memory, in the order of `rows`.
    func page<Row, Subject>(of rows: [Row], by id: (Row) -> ID<Subject>) throws -> Page<Row> {
        let after: ID<Subject>? = try after()
        let rest = after.map { after in rows.filter { id($0) > after } } ?? rows
        let page = Array(rest.prefix(limit))
        return Page(
            rows: page, next: rest.count > limit ? page.last.map { id($0).description } : nil,
            total: Total(count: rows.count, isExact: true))
    }

    static let badCursor = failure([.init("cursor", "This page marker is not one of this list.", code: "bad_cursor")])

    static func failure(_ faults: [Failure.Field]) -> Failure {
        Failure(.invalid, faults.count == 1 ? faults[0].message : "Some parameters need attention.", fields: faults)
    }
}

extension APICall {
    func list(also names: Set<String> = []) throws -> APIList { try APIList(query, also: names) }

    /// `{"data","next","total"}`, and the next page's address as a `Link`.
    func answer<Row>(_ page: Page<Row>, _ shape: (Row) -> JSON) -> Response {
        var response = APIAnswer.json([
            "data": .list(page.rows, shape), "next": .text(page.next),
            "total": ["count": .number(page.total.count), "exact": .bool(page.total.isExact)]
        ])
        if let next = page.next, let link = HTTPField.Name("Link") {
            let items = query.filter { $0.name != "cursor" && !$0.value.isEmpty } + [(name: "cursor", value: next)]
            let text = items.map { "\($0.name.encodedForQuery)=\($0.value.encodedForQuery)" }.joined(separator: "&")
            response.headers[link] = "<\(site.publicURL)\(request.uri.path)?\(text)>; rel=\"next\""
        }
        return response
    }
}

/// Answers of the API.
enum APIAnswer {
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: json.buffer))
    }

    static var nothing: Response { Response(status: .noContent) }
}
