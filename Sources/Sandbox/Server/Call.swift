/// One request, taken apart.
struct Call: Sendable {
    let method: String
    /// As it came, with the query.
    let target: String
    /// The part before `?`, still percent-encoded.
    let path: String
    /// Decoded parameters in order; a later one of the same name wins.
    let query: [(name: String, value: String)]
    let host: String?
    let authorization: String?
    let accept: String?
    let body: [UInt8]

    init(method: String, target: String, host: String?, authorization: String?, accept: String?, body: [UInt8] = []) {
        self.method = method
        self.target = target
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts.first.map(String.init) ?? "/"
        query = parts.count > 1 ? Call.parameters(parts[1]) : []
        self.host = host
        self.authorization = authorization
        self.accept = accept
        self.body = body
    }

    var segments: [String] {
        path.split(separator: "/").map { Call.decoded($0) }
    }

    private static func parameters(_ text: Substring) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts.first ?? ""), parts.count > 1 ? decoded(parts[1]) : "")
        }
    }

    /// Percent-decoding of a form: `+` is a blank (fact 54: an unencoded `+` of a zone is lost).
    static func decoded(_ text: some StringProtocol) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else { return String(text) }
        let utf8 = Array(text.utf8)
        var bytes: [UInt8] = []
        var position = 0
        while position < utf8.count {
            let byte = utf8[position]
            if byte == UInt8(ascii: "+") {
                bytes.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), position + 2 < utf8.count, let high = hex(utf8[position + 1]),
                let low = hex(utf8[position + 2])
            {
                bytes.append(high << 4 | low)
                position += 2
            } else {
                bytes.append(byte)
            }
            position += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// What goes back.
struct Answer: Sendable {
    /// How the bytes leave.
    enum Delivery: Sendable, Equatable {
        case whole
        /// The connection closes after half of the announced bytes.
        case cutConnection
        /// Nothing for so many milliseconds, then the connection closes.
        case silence(milliseconds: Int)
    }

    var status: Int
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var delivery = Delivery.whole
    /// Milliseconds to wait before anything is sent.
    var delay = 0

    static let jsonType = "application/json; charset=utf-8"

    static func json(_ writer: JSONWriter, status: Int = 200) -> Answer {
        Answer(status: status, headers: [("Content-Type", jsonType)], body: writer.bytes)
    }

    static func html(_ page: String, status: Int) -> Answer {
        Answer(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(page.utf8))
    }
}
