extension String {
    /// The text as a JSON string, on one line: beside what JSON demands, the control characters and line ends are escaped that
    /// terminals and line readers act upon.
    package var jsonQuoted: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count + 2)
        writeJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends `jsonQuoted` in UTF-8.
    package func writeJSON(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": output.append(contentsOf: "\\\"".utf8)
            case "\\": output.append(contentsOf: "\\\\".utf8)
            case "\n": output.append(contentsOf: "\\n".utf8)
            case "\r": output.append(contentsOf: "\\r".utf8)
            case "\t": output.append(contentsOf: "\\t".utf8)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                output.append(contentsOf: "\\u0000".utf8.dropLast(digits.utf8.count))
                output.append(contentsOf: digits.utf8)
            default: output.append(contentsOf: scalar.utf8)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
