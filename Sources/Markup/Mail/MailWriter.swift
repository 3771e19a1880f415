import Foundation

/// Writes the tree of a stranger's message as safe markup. Names and values are chosen from lists here; nothing is copied but
/// escaped text and checked addresses. The parser's tree is filtered again although `MailNesting` was before it: neither trusts the other.
struct MailWriter {
    /// Of deeper elements only the words stay. Less than `MailNesting.deepest`, so that what is written reads back whole.
    static let deepest = 160
    /// Bytes after which nothing is begun. Leaves room below `MailHTML.longestInput` for the last address and all end tags.
    static let longestOutput = 448 * 1024

    private(set) var output = ""
    private(set) var hasBlockedImages = false
    private(set) var hasQuotes = false
    private(set) var hasWordsOutsideQuotes = false
    private(set) var isFull = false

    private let images: ImagePolicy
    private let opensQuotes: Bool
    private var depth = 0
    private var isInsideQuote = false
    /// Inside an element too deep to be written. Writing what it holds in its place could nest elements as no parser would.
    private var isFlat = false

    init(images: ImagePolicy, opensQuotes: Bool) {
        self.images = images
        self.opensQuotes = opensQuotes
    }

    mutating func write(_ nodes: [HTMLNode]) {
        for (index, node) in nodes.enumerated() {
            let extent = isInsideQuote || isFlat || depth + 3 > Self.deepest ? nil : MailQuote.extent(of: node)
            switch extent {
            case nil: write(node)
            case .element: quote([node])
            case .toTheEnd: return quote(Array(nodes[index...]))
            }
        }
    }

    private mutating func quote(_ nodes: [HTMLNode]) {
        guard hasRoom else { return }
        hasQuotes = true
        isInsideQuote = true
        wrapped("details", attributes: " class=\"\(MailQuote.className)\"" + (opensQuotes ? " open" : "")) { writer in
            writer.output += "<summary>\(MailQuote.summary)</summary>"
            for node in nodes { writer.write(node) }
        }
        isInsideQuote = false
    }

    private mutating func write(_ node: HTMLNode) {
        switch node {
        case .text(let text): write(text: text)
        case .element(let name, let attributes, let children): write(name, attributes, children)
        }
    }

    private mutating func write(_ name: String, _ attributes: [String: String], _ children: [HTMLNode]) {
        if isFlat, !["br", "hr", "img"].contains(name) { return flat(name, children) }
        switch (name, MailElements.treatment(of: name)) {
        case ("img", _): image(attributes)
        case ("br", _), ("hr", _):
            if hasRoom { output += "<\(name)>" }
        case ("a", _): link(attributes, children)
        case ("span", _): span(attributes, children)
        case ("details", _): details(attributes, children)
        case ("summary", _): write(children)
        case (_, .kept(name)): element(name, attributes, children)
        case (_, .kept), (_, .unwrapped): write(children)
        default: break
        }
    }

    private mutating func element(_ name: String, _ attributes: [String: String], _ children: [HTMLNode]) {
        let style = MailStyle(attributes["style"] ?? "")
        let written = MailAttributes.written(of: name, attributes, style)
        let wrappers = Self.takesWrappers.contains(name) ? style.wrappers : []
        // A table without cells would lose its words, so one begins only where its cells have room.
        guard depth + (Self.levels[name] ?? 1) <= Self.deepest else { return flat(name, children) }
        wrapped(name, attributes: written) { writer in
            if name == "pre" { return writer.preformatted(children) }
            writer.wrapped(in: wrappers[...], children)
        }
    }

    private mutating func flat(_ name: String, _ children: [HTMLNode]) {
        let wasFlat = isFlat
        isFlat = true
        let isBlock = MailElements.blocks.contains(name) || name == "td" || name == "th"
        if isBlock { write(text: " ") }
        write(children)
        isFlat = wasFlat
    }

    private static let levels = ["table": 4, "thead": 3, "tbody": 3, "tfoot": 3, "tr": 2]
    private static let takesWrappers: Set<String> = ["p", "div", "td", "li", "dd"]

    private mutating func wrapped(in names: ArraySlice<String>, _ children: [HTMLNode]) {
        guard let name = names.first, depth < Self.deepest else { return write(children) }
        wrapped(name, attributes: "") { $0.wrapped(in: names.dropFirst(), children) }
    }

    /// A parser drops a line feed right after the start tag.
    private mutating func preformatted(_ children: [HTMLNode]) {
        let start = output.utf8.count
        write(children)
        let content = output.utf8.index(output.utf8.startIndex, offsetBy: start)
        if output[content...].utf8.first == UInt8(ascii: "\n") { output.insert("\n", at: content) }
    }

    private mutating func wrapped(_ name: String, attributes: String, content: (inout MailWriter) -> Void) {
        guard hasRoom else { return }
        output += "<" + name + attributes + ">"
        depth += 1
        content(&self)
        depth -= 1
        output += "</" + name + ">"
    }

    private mutating func span(_ attributes: [String: String], _ children: [HTMLNode]) {
        guard attributes["class"] == Self.imageClass, depth < Self.deepest else {
            return wrapped(in: MailStyle(attributes["style"] ?? "").wrappers[...], children)
        }
        hasBlockedImages = true
        wrapped("span", attributes: " class=\"\(Self.imageClass)\"") { $0.write(children) }
    }

    private mutating func details(_ attributes: [String: String], _ children: [HTMLNode]) {
        let content = children.filter { if case .element("summary", _, _) = $0 { false } else { true } }
        // A division of its own to every rule of nesting, as `details` is.
        guard !isInsideQuote, depth + 3 <= Self.deepest else { return element("blockquote", [:], content) }
        quote(content)
    }

    private mutating func link(_ attributes: [String: String], _ children: [HTMLNode]) {
        guard let link = MailAttributes.link(attributes["href"]), depth < Self.deepest else { return write(children) }
        let written = MailAttributes.pair("href", link.destination) + " rel=\"noopener noreferrer nofollow\" target=\"_blank\""
        wrapped("a", attributes: written) { $0.write(children) }
    }

    private static let imageClass = "mail-image"

    private mutating func image(_ attributes: [String: String]) {
        guard let link = MailAttributes.link(attributes["src"]), !link.destination.hasPrefix("mailto:"), !MailAttributes.isPixel(attributes)
        else { return }
        let alt = MailAttributes.cleaned(attributes["alt"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard hasRoom else { return }
        if !isInsideQuote { hasWordsOutsideQuotes = true }
        if images == .allowed {
            output += "<img" + MailAttributes.pair("src", link.destination) + MailAttributes.pair("alt", String(alt.prefix(300)))
            for name in ["width", "height"] {
                if let length = MailStyle.length(attributes[name]) { output += MailAttributes.pair(name, length) }
            }
            output += " loading=\"lazy\" referrerpolicy=\"no-referrer\">"
        } else if depth < Self.deepest {
            hasBlockedImages = true
            let words = (alt.isEmpty ? "Image" : String(alt.prefix(300))).escaped
            output += "<span class=\"\(Self.imageClass)\">" + words + "</span>"
        }
    }

    private mutating func write(text: String) {
        guard hasRoom else { return }
        let text = MailAttributes.cleaned(text)
        if !isInsideQuote, !hasWordsOutsideQuotes { hasWordsOutsideQuotes = text.contains { !$0.isWhitespace } }
        let escaped = text.escaped
        if output.utf8.count + escaped.utf8.count <= Self.longestOutput {
            output += escaped
            return
        }
        for scalar in text.unicodeScalars {
            guard hasRoom else { return }
            output += String(scalar).escaped
        }
    }

    private var hasRoom: Bool {
        mutating get {
            if output.utf8.count >= Self.longestOutput { isFull = true }
            return !isFull
        }
    }
}
