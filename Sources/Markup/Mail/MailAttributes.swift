import Foundation

/// Attributes of a stranger's elements as they are written again.
enum MailAttributes {
    /// The attributes that `name` may keep, in a fixed order, each from a list of values.
    static func written(of name: String, _ attributes: [String: String], _ style: MailStyle) -> String {
        var written = ""
        func add(_ attribute: String, _ value: String?) {
            if let value { written += pair(attribute, value) }
        }
        func add(_ attribute: String, _ range: ClosedRange<Int>) {
            add(attribute, MailStyle.number(attributes[attribute], in: range).map(String.init))
        }
        if aligned.contains(name) { add("align", style.align ?? MailStyle.alignment(attributes["align"])) }
        switch name {
        case "table":
            add("width", style.width ?? MailStyle.length(attributes["width"]))
            add("border", 0...1)
            add("cellpadding", 0...40)
            add("cellspacing", 0...40)
        case "td", "th":
            add(
                "valign",
                attributes["valign"].flatMap { ["top", "middle", "bottom", "baseline"].contains($0.lowercased()) ? $0.lowercased() : nil })
            add("colspan", 2...100)
            add("rowspan", 2...1000)
            add("width", style.width ?? MailStyle.length(attributes["width"]))
        case "ol":
            add("start", 0...99999)
            add("type", attributes["type"].flatMap { ["1", "a", "A", "i", "I"].contains($0) ? $0 : nil })
        default: break
        }
        add("dir", attributes["dir"].flatMap { ["ltr", "rtl", "auto"].contains($0.lowercased()) ? $0.lowercased() : nil })
        return written
    }

    private static let aligned: Set<String> = ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th"]

    static func pair(_ name: String, _ value: String) -> String {
        var written = " " + name + "=\""
        written += value.escaped
        return written + "\""
    }

    /// Where a message's link or picture leads, if that is a place it may lead to. An address without scheme means `https`.
    static func link(_ address: String?) -> Link? {
        guard let address = address?.trimmingCharacters(in: .whitespacesAndNewlines) else { return nil }
        return Link.external(address.hasPrefix("//") ? "https:" + address : address)
    }

    /// A picture nobody can see only reports that the message was opened.
    static func isPixel(_ attributes: [String: String]) -> Bool {
        ["width", "height"].contains { name in
            guard let value = attributes[name]?.trimmingCharacters(in: .whitespaces) else { return false }
            return ["0", "1", "0px", "1px"].contains(value.lowercased())
        }
    }

    /// Text without the controls that references can smuggle in.
    static func cleaned(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0x7F }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0D: scalars.append("\n")
            case 0x0C: scalars.append(" ")
            case 0x00..<0x09, 0x0B, 0x0E..<0x20, 0x7F: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
