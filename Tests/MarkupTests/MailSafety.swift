import Markup

/// Judges sanitised markup by reading it back, independently of the code that wrote it.
enum MailSafety {
    /// What is wrong with the tree; empty when it is safe.
    static func faults(in nodes: [HTMLNode]) -> [String] {
        var faults: [String] = []
        for node in nodes {
            guard case .element(let name, let attributes, let children) = node else { continue }
            if !elements.contains(name) { faults.append("element \(name)") }
            for (attribute, value) in attributes {
                switch (name, attribute) {
                case ("a", "href"):
                    if !["http://", "https://", "mailto:"].contains(where: { value.hasPrefix($0) }) { faults.append("href \(value)") }
                case ("img", "src"):
                    if !["http://", "https://"].contains(where: { value.hasPrefix($0) }) { faults.append("src \(value)") }
                case ("a", "rel"), ("a", "target"), ("img", "alt"), ("img", "loading"), ("img", "referrerpolicy"), ("img", "width"),
                    ("img", "height"), ("details", "open"):
                    break
                case ("details", "class"):
                    if value != "mail-quote" { faults.append("class \(value)") }
                case ("span", "class"):
                    if value != "mail-image" { faults.append("class \(value)") }
                default:
                    if !plain.contains(attribute) || !value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "%") }) {
                        faults.append("\(name) \(attribute)=\(value)")
                    }
                }
            }
            if name == "a", attributes["rel"] != "noopener noreferrer nofollow" || attributes["target"] != "_blank" {
                faults.append("a without rel")
            }
            faults += Self.faults(in: children)
        }
        return faults
    }

    /// The markup of a tree read back, in the form in which the sanitiser writes.
    static func tree(_ html: HTML) -> [HTMLNode] { HTMLNode.parse(fragment: html.rendered) }

    private static let plain: Set<String> = [
        "align", "valign", "width", "colspan", "rowspan", "border", "cellpadding", "cellspacing", "dir", "start", "type"
    ]

    private static let elements: Set<String> = [
        "p", "div", "span", "a", "b", "i", "u", "s", "em", "strong", "small", "sub", "sup", "code", "kbd", "samp", "var", "pre",
        "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "caption", "thead", "tbody", "tfoot",
        "tr", "td", "th", "del", "ins", "mark", "abbr", "cite", "q", "details", "summary", "br", "hr", "img"
    ]
}

extension MailSafety {
    /// The markup of a tree by the plainest rules: equal to what the sanitiser wrote if that reads back as it was meant.
    static func rewritten(_ nodes: [HTMLNode]) -> String {
        nodes.map { node in
            switch node {
            case .text(let text): return HTML.text(text).rendered
            case .element(let name, let attributes, let children):
                let written = order.compactMap { key in
                    attributes[key].map { key == "open" ? " open" : " \(key)=\"\(HTML.text($0).rendered)\"" }
                }
                let start = "<" + name + written.joined() + ">"
                if ["br", "hr", "img"].contains(name) { return start }
                let content = rewritten(children)
                return start + (name == "pre" && content.hasPrefix("\n") ? "\n" : "") + content + "</" + name + ">"
            }
        }.joined()
    }

    private static let order = [
        "href", "rel", "target", "class", "open", "src", "alt", "align", "valign", "colspan", "rowspan", "start", "type", "width", "height",
        "loading", "referrerpolicy", "border", "cellpadding", "cellspacing", "dir"
    ]
}
