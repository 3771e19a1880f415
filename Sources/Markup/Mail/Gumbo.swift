import CGumbo
import Foundation

/// A piece of a parsed fragment, as an HTML5 parser sees it. Comments are left out.
package indirect enum HTMLNode: Equatable, Sendable {
    case text(String)
    case element(name: String, attributes: [String: String], children: [HTMLNode])

    /// Parses the content of a `body`.
    ///
    /// The parser is libgumbo, which has no upstream any more and recurses over the depth of the tree: whatever comes from outside
    /// goes through `MailNesting` first. This is the only file that knows it. Its memory is freed before this returns.
    package static func parse(fragment: String) -> [HTMLNode] {
        parse(bytes: Array(fragment.utf8))
    }

    static func parse(bytes: [UInt8]) -> [HTMLNode] {
        bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress, buffer.count > 0 else { return [] }
            var options = GumboOptions(
                allocator: { _, size in malloc(size) }, deallocator: { _, pointer in free(pointer) }, userdata: nil, tab_stop: 8,
                stop_on_first_error: false, max_errors: 0, fragment_context: GUMBO_TAG_BODY, fragment_namespace: GUMBO_NAMESPACE_HTML)
            let text = start.assumingMemoryBound(to: CChar.self)
            guard let output = gumbo_parse_with_options(&options, text, buffer.count) else { return [] }
            defer { gumbo_destroy_output(&options, output) }
            guard let root = output.pointee.root else { return [] }
            return children(of: root.pointee.v.element)
        }
    }

    private static func children(of element: GumboElement) -> [HTMLNode] {
        var nodes: [HTMLNode] = []
        nodes.reserveCapacity(Int(element.children.length))
        for index in 0..<Int(element.children.length) {
            guard let child = element.children.data[index]?.assumingMemoryBound(to: GumboNode.self).pointee else { continue }
            switch child.type {
            case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
                nodes.append(
                    .element(
                        name: name(of: child.v.element), attributes: attributes(of: child.v.element),
                        children: children(of: child.v.element)))
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                let text = String(cString: child.v.text.text)
                // Text moved out of a table can leave two neighbours; one parse later they would be one.
                if case .text(let before) = nodes.last {
                    nodes[nodes.count - 1] = .text(before + text)
                } else {
                    nodes.append(.text(text))
                }
            default:
                break
            }
        }
        return nodes
    }

    private static func name(of element: GumboElement) -> String {
        if element.tag != GUMBO_TAG_UNKNOWN { return String(cString: gumbo_normalized_tagname(element.tag)) }
        var original = element.original_tag
        gumbo_tag_from_original_text(&original)
        guard let start = original.data else { return "" }
        let bytes = UnsafeRawBufferPointer(start: start, count: original.length)
        return String(decoding: bytes, as: UTF8.self).lowercased()
    }

    private static func attributes(of element: GumboElement) -> [String: String] {
        var attributes: [String: String] = [:]
        for index in 0..<Int(element.attributes.length) {
            guard let attribute = element.attributes.data[index]?.assumingMemoryBound(to: GumboAttribute.self).pointee else { continue }
            let name = String(cString: attribute.name)
            if attributes[name] == nil { attributes[name] = String(cString: attribute.value) }
        }
        return attributes
    }
}
