import Foundation

/// Plain text from anywhere, shown as paragraphs.
package enum PlainText {
    /// Escaped text: a blank line begins a paragraph, other line ends are kept as line breaks, `https` and `http` addresses become
    /// links that open in a new tab without referrer. Empty text gives nothing.
    package static func paragraphs(_ text: String) -> HTML {
        var paragraphs: [HTML] = []
        var lines: [HTML] = []
        func endParagraph() {
            if !lines.isEmpty { paragraphs.append(.element("p", [], .joined(lines, separator: .void("br", [])))) }
            lines.removeAll()
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                endParagraph()
            } else {
                lines.append(linked(line))
            }
        }
        endParagraph()
        return .joined(paragraphs)
    }

    /// The text with its addresses made links.
    package static func linked(_ text: some StringProtocol) -> HTML {
        let text = Substring(text)
        // Most lines hold no address.
        guard text.utf8.contains(UInt8(ascii: ":")) else { return .text(String(text)) }
        var parts: [HTML] = []
        var written = text.startIndex
        var position = text.startIndex
        while let start = nextAddress(in: text[position...]) {
            let run = text[start...].prefix { !$0.isWhitespace && $0 != "<" && $0 != ">" && $0 != "\"" }
            let url = withoutTrailingMarks(run)
            position = run.endIndex
            guard let link = Link.external(String(url)) else { continue }
            parts.append(.text(String(text[written..<start])))
            parts.append(.element("a", [.href(link), .target("_blank"), .rel("noopener noreferrer nofollow")], .text(String(url))))
            written = url.endIndex
        }
        parts.append(.text(String(text[written...])))
        return .joined(parts)
    }

    /// Where `http://` or `https://` begins, not in the middle of a word.
    private static func nextAddress(in text: Substring) -> Substring.Index? {
        let bytes = text.utf8
        var isInWord = false
        for index in bytes.indices {
            let byte = bytes[index]
            if !isInWord, byte | 0x20 == UInt8(ascii: "h") {
                let opening = String(decoding: bytes[index...].prefix(8), as: UTF8.self).lowercased()
                if opening.hasPrefix("http://") || opening.hasPrefix("https://") { return index }
            }
            isInWord = (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        }
        return nil
    }

    /// A full stop or bracket after an address belongs to the sentence, unless the bracket was opened inside the address.
    private static func withoutTrailingMarks(_ run: Substring) -> Substring {
        let hasBracket = run.contains("(")
        var url = run
        while let last = url.last, trailingMarks.contains(last) || last == ")" && !hasBracket { url.removeLast() }
        return url
    }

    private static let trailingMarks: Set<Character> = [
        ".", ",", ";", ":", "!", "?", "'", "*", "]", "}", "…", "”", "’", "»", "。", "、"
    ]
}
