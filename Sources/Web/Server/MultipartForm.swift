import Foundation

/// Reads `multipart/form-data` (RFC 7578), the way browsers send forms with files.
enum MultipartForm {
    /// Nil when `body` is not of that shape.
    static func read(_ body: Data, boundary: String) -> Form? {
        let delimiter = Data("--\(boundary)".utf8)
        guard var position = body.range(of: delimiter)?.upperBound else { return nil }
        var items: [(name: String, value: String)] = []
        var files: [String: Form.File] = [:]
        let lineEnd = Data("\r\n".utf8)
        let nextDelimiter = lineEnd + delimiter
        while items.count + files.count < Form.mostFields {
            // Two hyphens after a boundary end the body.
            if body[position...].starts(with: Data("--".utf8)) { return Form(items: items, files: files) }
            guard body[position...].starts(with: lineEnd) else { return nil }
            position += lineEnd.count
            guard let blank = body.range(of: lineEnd + lineEnd, in: position..<body.endIndex),
                let end = body.range(of: nextDelimiter, in: blank.upperBound..<body.endIndex)
            else { return nil }
            let content = body[blank.upperBound..<end.lowerBound]
            if let part = PartHead(String(decoding: body[position..<blank.lowerBound], as: UTF8.self)) {
                if let file = part.fileName {
                    files[part.name] = Form.File(name: file, bytes: [UInt8](content))
                } else {
                    items.append((part.name, String(decoding: content, as: UTF8.self)))
                }
            }
            position = end.upperBound
        }
        return nil
    }

    /// The boundary that a `Content-Type` names; nil when it is of another kind.
    static func boundary(ofContentType text: String) -> String? {
        let parts = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.first?.lowercased() == "multipart/form-data",
            let parameter = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        let boundary = parameter.dropFirst("boundary=".count).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
        return (1...70).contains(boundary.utf8.count) ? boundary : nil
    }

    /// What a part says of itself.
    private struct PartHead {
        var name: String
        /// Empty when the field was left without a file.
        var fileName: String?

        init?(_ text: String) {
            let disposition = text.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("content-disposition:") }
            guard let disposition, let name = Self.parameter("name", in: disposition) else { return nil }
            self.name = name
            fileName = Self.parameter("filename", in: disposition)
        }

        /// Browsers quote every value and write `"` inside as `%22`.
        private static func parameter(_ name: String, in line: Substring) -> String? {
            for mark in ["; \(name)=\"", ";\(name)=\""] {
                guard let start = line.range(of: mark, options: .caseInsensitive) else { continue }
                return String(line[start.upperBound...].prefix { $0 != "\"" }).replacing("%22", with: "\"")
            }
            return nil
        }
    }
}
