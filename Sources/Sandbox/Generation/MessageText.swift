/// One message in its two forms.
struct MessageText: Sendable, Equatable {
    var html: String
    var plain: String

    /// Paragraphs as mail programs write them. `separator` joins the plain form: Freshdesk keeps line breaks in a ticket's
    /// description and turns them into blanks in conversations (fact 155).
    init(paragraphs: [String], separator: String) {
        html = "<div dir=\"ltr\">" + paragraphs.map(MessageText.escaped).joined(separator: "<br><br>") + "</div>"
        plain = paragraphs.map { $0.replacingLineBreaks(by: separator == "\n\n" ? "\n" : "  ") }.joined(separator: separator)
    }

    init(html: String, separator: String) {
        self.html = html
        plain = MessageText.stripped(html, lineBreak: separator == "\n\n" ? "\n" : "  ")
    }

    static func escaped(_ text: String) -> String {
        var html = ""
        for character in text {
            switch character {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\n": html += "<br>\n"
            default: html.append(character)
            }
        }
        return html
    }

    /// The words of some HTML: tags gone, the commonest entities resolved.
    static func stripped(_ html: String, lineBreak: String) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(html.utf8.count)
        var tag: [UInt8]?
        for byte in html.utf8 {
            if byte == UInt8(ascii: "<") {
                tag = []
            } else if byte == UInt8(ascii: ">"), let name = tag {
                let word = String(decoding: name.prefix(6), as: UTF8.self).lowercased()
                if word.hasPrefix("br") || word.hasPrefix("/p") || word.hasPrefix("/div") { text += Array(lineBreak.utf8) }
                tag = nil
            } else if tag != nil {
                tag?.append(byte)
            } else if byte != UInt8(ascii: "\n") {
                text.append(byte)
            }
        }
        var plain = String(decoding: text, as: UTF8.self)
        for (entity, character) in [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        where plain.contains("&") {
            plain = plain.replacing(entity, with: character)
        }
        while let last = plain.last, last.isWhitespace { plain.removeLast() }
        return plain
    }
}

extension String {
    fileprivate func replacingLineBreaks(by replacement: String) -> String {
        contains("\n") ? replacing("\n", with: replacement) : self
    }
}
