/// Markup that is safe to send: every text inside it is escaped when it is written.
///
/// One concrete type on purpose: an element takes and returns `HTML`, so the compiler never builds nested generic types and
/// a page compiles in a fraction of a second. A value is a tree that is written once, into one buffer; as text, each element would be
/// copied into each of those around it.
package struct HTML: Sendable {
    private enum Node: Sendable {
        case nothing
        case text(String)
        case markup(String)
        case element(Element)
        case sequence([HTML])
    }

    private final class Element: Sendable {
        let name: String
        let attributes: [Attribute]
        let content: HTML
        let hasEnd: Bool

        init(name: String, attributes: [Attribute], content: HTML, hasEnd: Bool) {
            self.name = name
            self.attributes = attributes
            self.content = content
            self.hasEnd = hasEnd
        }
    }

    private var node: Node

    private init(_ node: Node) { self.node = node }

    /// For this module only: what is passed has been escaped by the code that calls it.
    init(rendered: String) { node = rendered.isEmpty ? .nothing : .markup(rendered) }

    /// Nothing at all.
    package static let empty = HTML(.nothing)

    /// Text from anywhere, escaped.
    package static func text(_ text: String) -> HTML { HTML(text.isEmpty ? .nothing : .text(text)) }

    /// Markup taken as it is. The only way around escaping: for constants of our own, never for anything that was read.
    package static func unescaped(_ markup: String) -> HTML { HTML(rendered: markup) }

    /// The parts one after the other.
    package static func joined(_ parts: [HTML]) -> HTML {
        switch parts.count {
        case 0: .empty
        case 1: parts[0]
        default: HTML(.sequence(parts))
        }
    }

    /// The parts with `separator` between them.
    package static func joined(_ parts: [HTML], separator: HTML) -> HTML {
        joined(Array(parts.map { [$0] }.joined(separator: [separator])))
    }

    package static func + (first: consuming HTML, second: HTML) -> HTML {
        first += second
        return first
    }

    package static func += (first: inout HTML, second: HTML) {
        switch first.node {
        case .nothing: first = second
        case .sequence(var parts):
            // Let go of first, so that the parts are not copied.
            first.node = .nothing
            parts.append(second)
            first.node = .sequence(parts)
        default: first.node = .sequence([first, second])
        }
    }

    package var isEmpty: Bool {
        switch node {
        case .nothing: true
        case .text, .markup, .element: false
        case .sequence(let parts): parts.allSatisfy(\.isEmpty)
        }
    }

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
        HTML(.element(Element(name: name, attributes: attributes, content: content, hasEnd: true)))
    }

    /// An element that never has content, such as `br`.
    static func void(_ name: String, _ attributes: [Attribute]) -> HTML {
        HTML(.element(Element(name: name, attributes: attributes, content: .empty, hasEnd: false)))
    }

    /// `pre` and `textarea`: a parser drops a line feed right after the start tag, so content that begins with one gets another.
    static func preformatted(_ name: String, _ attributes: [Attribute], _ content: HTML) -> HTML {
        guard content.firstByte == UInt8(ascii: "\n") else { return element(name, attributes, content) }
        return element(name, attributes, HTML(rendered: "\n") + content)
    }

    private var firstByte: UInt8? {
        switch node {
        case .nothing: nil
        case .text(let text), .markup(let text): text.utf8.first
        case .element: UInt8(ascii: "<")
        case .sequence(let parts): parts.lazy.compactMap(\.firstByte).first
        }
    }

    // MARK: Writing

    /// Calls `body` with the markup as it is sent, in UTF-8. The bytes are gone afterwards.
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        var output = MarkupBuffer(capacity: Self.usualSize)
        write(to: &output)
        return try body(output.bytes)
    }

    /// The markup as text.
    package var rendered: String { withBytes { String(decoding: $0, as: UTF8.self) } }

    /// The same markup, written already: for parts that stand on many pages unchanged.
    package var frozen: HTML { HTML(rendered: rendered) }

    /// Bytes of most fragments and small pages.
    private static let usualSize = 8 * 1024

    private func write(to output: inout MarkupBuffer) {
        switch node {
        case .nothing: break
        case .text(let text): output.appendEscaped(text)
        case .markup(let markup): output.append(markup)
        case .sequence(let parts): for part in parts { part.write(to: &output) }
        case .element(let element):
            output.append(UInt8(ascii: "<"))
            output.append(element.name)
            for attribute in element.attributes { attribute.write(to: &output) }
            output.append(UInt8(ascii: ">"))
            guard element.hasEnd else { return }
            element.content.write(to: &output)
            output.append("</")
            output.append(element.name)
            output.append(UInt8(ascii: ">"))
        }
    }
}

extension HTML: Equatable {
    /// Whether both are written the same.
    package static func == (first: HTML, second: HTML) -> Bool { first.rendered == second.rendered }
}
