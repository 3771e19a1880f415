/// The id of one request: told to whoever sees its answer, and written beside everything it logs.
enum RequestName {
    /// Sixteen hexadecimal digits that nobody can guess from the one before.
    static func new() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// An id from outside, such as a reverse proxy's, when it is fit to be logged and shown; nil otherwise.
    static func accepted(_ text: String?) -> String? {
        guard let text, (8...64).contains(text.utf8.count) else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain ? text : nil
    }
}
