/// One attribute of an element, or none: `.class("card")`, `.href(.path("/tickets"))`, `.checked(isOn)`.
///
/// There is no `style` and there are no event handlers: the content security policy forbids both.
package struct Attribute: Sendable, Equatable {
    private enum Content: Sendable, Equatable {
        case nothing
        case flag(String)
        case value(String, String)
        case group([Attribute])
        /// Attributes with a space before each, escaped already.
        case written(String)
    }

    private let content: Content

    /// No attribute, for the other side of a condition.
    package static let none = Attribute(content: .nothing)

    /// Several attributes passed as one.
    package static func group(_ attributes: [Attribute]) -> Attribute { Attribute(content: .group(attributes)) }

    /// The attribute only if `condition` holds.
    package static func when(_ condition: Bool, _ attribute: @autoclosure () -> Attribute) -> Attribute {
        condition ? attribute() : .none
    }

    /// An attribute this file has no function for. The value is escaped.
    ///
    /// The name is letters, digits and hyphens, begins with a letter and is neither `style`, nor an event handler, nor one that
    /// takes an address (use `.href`, `.src`, `.action`); any other name leaves the attribute out.
    package static func custom(_ name: String, _ value: String) -> Attribute {
        AttributeName.isPlain(name) ? Attribute(content: .value(name, value)) : .none
    }

    /// `data-name="value"`, for scripts and styles. A name that is not letters, digits and hyphens leaves it out.
    package static func data(_ name: String, _ value: String) -> Attribute {
        AttributeName.isWellFormed(name) ? Attribute(content: .value("data-" + name, value)) : .none
    }

    /// `aria-name="value"`. A name that is not letters, digits and hyphens leaves it out.
    package static func aria(_ name: String, _ value: String) -> Attribute {
        AttributeName.isWellFormed(name) ? Attribute(content: .value("aria-" + name, value)) : .none
    }

    /// An attribute known to be plain by the code that calls it.
    static func value(_ name: String, _ value: String) -> Attribute { Attribute(content: .value(name, value)) }

    static func flag(_ name: String, _ isSet: Bool) -> Attribute { isSet ? Attribute(content: .flag(name)) : .none }

    /// The same attributes, written already: for what repeats on every row of a table.
    package var frozen: Attribute {
        var output = MarkupBuffer(capacity: 64)
        write(to: &output)
        return Attribute(content: .written(String(decoding: output.bytes, as: UTF8.self)))
    }

    func write(to output: inout MarkupBuffer) {
        switch content {
        case .nothing: break
        case .flag(let name):
            output.append(UInt8(ascii: " "))
            output.append(name)
        case .value(let name, let value):
            output.append(UInt8(ascii: " "))
            output.append(name)
            output.append("=\"")
            output.appendEscaped(value)
            output.append(UInt8(ascii: "\""))
        case .group(let attributes):
            for attribute in attributes { attribute.write(to: &output) }
        case .written(let text): output.append(text)
        }
    }
}

/// Which names may be written without a function of their own.
private enum AttributeName {
    static func isWellFormed(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }

    static func isPlain(_ name: String) -> Bool {
        let lowercased = name.lowercased()
        return isWellFormed(name) && !lowercased.hasPrefix("on") && !guarded.contains(lowercased)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static let guarded: Set<String> = [
        "style", "href", "src", "srcset", "srcdoc", "action", "formaction", "background", "poster", "cite", "data", "ping", "manifest",
        "longdesc", "usemap", "codebase", "profile", "archive", "classid", "is", "from", "to", "values", "by"
    ]
}
