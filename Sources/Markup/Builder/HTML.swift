/// Markup that is safe to send: every text inside it has been escaped.
///
/// One concrete type on purpose: an element takes and returns `HTML`, so the compiler never builds nested generic types and
/// a page compiles in a fraction of a second.
package struct HTML: Sendable, Equatable {
    /// The markup as it is sent.
    package private(set) var rendered: String

    /// For this module only: what is passed has been escaped by the code that calls it.
    init(rendered: String) { self.rendered = rendered }

    /// Nothing at all.
    package static let empty = HTML(rendered: "")

    /// Text from anywhere, escaped.
    package static func text(_ text: String) -> HTML {
        var rendered = ""
        rendered.appendEscaped(text)
        return HTML(rendered: rendered)
    }

    /// Markup taken as it is. The only way around escaping: for constants of our own, never for anything that was read.
    package static func unescaped(_ markup: String) -> HTML { HTML(rendered: markup) }

    /// The parts one after the other.
    package static func joined(_ parts: [HTML]) -> HTML {
        if parts.count == 1 { return parts[0] }
        var rendered = ""
        rendered.reserveCapacity(parts.reduce(0) { $0 + $1.rendered.utf8.count })
        for part in parts { rendered.append(part.rendered) }
        return HTML(rendered: rendered)
    }

    /// The parts with `separator` between them.
    package static func joined(_ parts: [HTML], separator: HTML) -> HTML {
        var rendered = ""
        rendered.reserveCapacity(parts.reduce(0) { $0 + $1.rendered.utf8.count + separator.rendered.utf8.count })
        for (index, part) in parts.enumerated() {
            if index > 0 { rendered.append(separator.rendered) }
            rendered.append(part.rendered)
        }
        return HTML(rendered: rendered)
    }

    package static func + (first: consuming HTML, second: HTML) -> HTML {
        first.rendered.append(second.rendered)
        return first
    }

    package static func += (first: inout HTML, second: HTML) { first.rendered.append(second.rendered) }

    package var isEmpty: Bool { rendered.isEmpty }

    /// A whole page with its doctype. Attributes of the `html` element come first.
    ///
    /// Prefer it to `html` and `body`: inside a page that has a property of either name the functions are hidden by it.
    package static func document(
        _ attributes: Attribute..., bodyAttributes: [Attribute] = [], @HTMLBuilder head: () -> HTML, @HTMLBuilder body: () -> HTML
    ) -> HTML {
        let headElement = element("head", [], head())
        let bodyElement = element("body", bodyAttributes, body())
        return HTML(rendered: "<!DOCTYPE html>\n") + element("html", attributes, headElement + bodyElement)
    }

    /// An element with its content and end tag.
    static func element(_ name: String, _ attributes: [Attribute], _ content: HTML) -> HTML {
        var rendered = ""
        rendered.reserveCapacity(content.rendered.utf8.count + 2 * name.utf8.count + 5 + attributes.count * 24)
        rendered.append("<")
        rendered.append(name)
        for attribute in attributes { attribute.write(to: &rendered) }
        rendered.append(">")
        rendered.append(content.rendered)
        rendered.append("</")
        rendered.append(name)
        rendered.append(">")
        return HTML(rendered: rendered)
    }

    /// An element that never has content, such as `br`.
    static func void(_ name: String, _ attributes: [Attribute]) -> HTML {
        var rendered = "<"
        rendered.append(name)
        for attribute in attributes { attribute.write(to: &rendered) }
        rendered.append(">")
        return HTML(rendered: rendered)
    }

    /// `pre` and `textarea`: a parser drops a line feed right after the start tag, so content that begins with one gets another.
    static func preformatted(_ name: String, _ attributes: [Attribute], _ content: HTML) -> HTML {
        guard content.rendered.utf8.first == UInt8(ascii: "\n") else { return element(name, attributes, content) }
        return element(name, attributes, HTML(rendered: "\n") + content)
    }
}
