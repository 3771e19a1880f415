/// The words of a message's tree. White space is collapsed as a browser does; blocks begin on their own line.
struct MailTextWriter {
    private var lines: [String] = []
    private var line = ""
    private var endsInSpace = true

    /// What was written, without blank lines around it and with at most one between lines.
    var text: String {
        var text = (lines + [line]).map(Self.withoutTrailingSpace)
        while text.last?.isEmpty == true { text.removeLast() }
        var kept: [String] = []
        for line in text where !(line.isEmpty && kept.last?.isEmpty ?? true) { kept.append(line) }
        return kept.joined(separator: "\n")
    }

    mutating func write(_ nodes: [HTMLNode], isPreformatted: Bool = false) {
        for node in nodes {
            switch node {
            case .text(let text): isPreformatted ? preformatted(text) : flowing(text)
            case .element(let name, let attributes, let children): element(name, attributes, children, isPreformatted)
            }
        }
    }

    private mutating func element(_ name: String, _ attributes: [String: String], _ children: [HTMLNode], _ isPreformatted: Bool) {
        switch name {
        case "br": endLine()
        case "img":
            if !MailAttributes.isPixel(attributes) { flowing(attributes["alt"] ?? "") }
        case "td", "th":
            write(children)
            flowing("\t")
        case "p", "blockquote", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre":
            paragraph()
            write(children, isPreformatted: name == "pre")
            paragraph()
        case "li":
            freshLine()
            line = "- "
            write(children)
            freshLine()
        case "div", "tr", "dt", "dd", "details", "summary", "caption", "hr":
            freshLine()
            write(children)
            freshLine()
        default:
            write(children, isPreformatted: isPreformatted)
        }
    }

    private mutating func flowing(_ text: String) {
        let text = MailAttributes.cleaned(text)
        // Most mail is ASCII, whose bytes need none of Unicode's tables.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return flowingPlain(text.utf8) }
        for character in text {
            if character.isWhitespace {
                if !endsInSpace { line.append(" ") }
                endsInSpace = true
            } else {
                line.append(character)
                endsInSpace = false
            }
        }
    }

    private mutating func flowingPlain(_ text: String.UTF8View) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for byte in text {
            let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isSpace { bytes.append(byte) } else if !endsInSpace { bytes.append(0x20) }
            endsInSpace = isSpace
        }
        line += String(decoding: bytes, as: UTF8.self)
    }

    private mutating func preformatted(_ text: String) {
        for (index, part) in MailAttributes.cleaned(text).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { endLine() }
            line += part
            endsInSpace = part.last?.isWhitespace ?? endsInSpace
        }
    }

    private mutating func endLine() {
        lines.append(line)
        line = ""
        endsInSpace = true
    }

    private mutating func freshLine() {
        if !line.allSatisfy(\.isWhitespace) { endLine() } else { line = "" }
        endsInSpace = true
    }

    private mutating func paragraph() {
        freshLine()
        if lines.last?.isEmpty == false { lines.append("") }
    }

    /// White space at the beginning stays: only `pre` has any.
    private static func withoutTrailingSpace(_ line: String) -> String {
        guard let last = line.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(line[...last])
    }
}
