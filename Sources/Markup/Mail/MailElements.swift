/// What becomes of each element of a stranger's mail, and of its attributes.
enum MailElements {
    enum Treatment: Equatable {
        /// Stays, under this name.
        case kept(String)
        /// `br`, `hr`, `img`: stays and never has content.
        case void
        /// Goes, its content stays.
        case unwrapped
        /// Goes with everything in it.
        case dropped
        /// Goes with everything in it, and its content is text to a parser: it ends only at its own end tag.
        case droppedText
        /// Goes and never has content.
        case droppedVoid
    }

    static func treatment(of name: String) -> Treatment {
        if let kept = kept[name] { return .kept(kept) }
        return others[name] ?? .unwrapped
    }

    /// These end an open paragraph.
    static let blocks: Set<String> = [
        "p", "div", "blockquote", "ul", "ol", "dl", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "details",
        "summary", "hr"
    ]

    static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]

    /// What is read of any start tag. Everything else is gone before parsing.
    static let attributes: Set<String> = [
        "class", "id", "style", "align", "valign", "width", "height", "colspan", "rowspan", "href", "src", "alt", "dir", "start", "type",
        "border", "cellpadding", "cellspacing"
    ]

    /// Longer values are left out: what is kept is an address at most, and a longer one is a data URI or worse.
    static let longestAttribute = 8192

    private static let kept: [String: String] = {
        var kept: [String: String] = [:]
        let same = [
            "p", "div", "span", "a", "b", "i", "u", "s", "em", "strong", "small", "sub", "sup", "code", "kbd", "samp", "var", "pre",
            "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody",
            "tfoot", "tr", "td", "th", "del", "ins", "mark", "abbr", "cite", "q", "details", "summary"
        ]
        for name in same { kept[name] = name }
        let divisions = [
            "center", "section", "article", "header", "footer", "main", "nav", "aside", "address", "form", "fieldset", "figure",
            "figcaption", "hgroup", "search"
        ]
        for name in divisions { kept[name] = "div" }
        kept.merge(["strike": "s", "tt": "code", "font": "span", "menu": "ul", "dir": "ul"]) { _, new in new }
        return kept
    }()

    private static let others: [String: Treatment] = {
        var others: [String: Treatment] = ["br": .void, "hr": .void, "img": .void]
        let dropped = [
            "svg", "math", "object", "applet", "template", "select", "button", "audio", "video", "canvas", "datalist", "meter",
            "progress", "output", "map", "frameset", "portal", "fencedframe", "dialog"
        ]
        for name in dropped { others[name] = .dropped }
        for name in ["script", "style", "title", "textarea", "iframe", "noembed", "noframes", "noscript", "xmp"] {
            others[name] = .droppedText
        }
        let void = [
            "area", "base", "basefont", "bgsound", "col", "embed", "frame", "input", "keygen", "link", "meta", "param", "source", "track",
            "wbr", "image"
        ]
        for name in void { others[name] = .droppedVoid }
        return others
    }()
}
