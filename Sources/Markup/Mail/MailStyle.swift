import Foundation

/// The little of a style attribute that is kept, said with elements and attributes instead: the page's content security policy
/// refuses inline styles, and other readers of the sanitised markup have no style sheet of ours.
struct MailStyle {
    private(set) var align: String?
    private(set) var width: String?
    /// `b`, `i`, `u`, `s`, in this order.
    private(set) var wrappers: [String] = []

    init(_ style: String) {
        // A comment could hide anything and is never needed; such a style is not read at all.
        guard !style.isEmpty, !style.contains("/*"), !style.contains("\\") else { return }
        var (isBold, isItalic, isUnderlined, isStruck) = (false, false, false, false)
        for declaration in style.lowercased().split(separator: ";") {
            let parts = declaration.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            guard parts.count == 2 else { continue }
            let value = parts[1].replacingOccurrences(of: "!important", with: "").trimmingCharacters(in: .whitespaces)
            switch parts[0] {
            case "text-align": align = MailStyle.alignment(value)
            case "width": width = MailStyle.length(value)
            case "font-weight": isBold = value == "bold" || value == "bolder" || Int(value).map { (600...1000).contains($0) } ?? false
            case "font-style": isItalic = value == "italic" || value == "oblique"
            case "text-decoration", "text-decoration-line":
                let words = value.split(separator: " ")
                (isUnderlined, isStruck) = (words.contains("underline"), words.contains("line-through"))
            default: break
            }
        }
        if isBold { wrappers.append("b") }
        if isItalic { wrappers.append("i") }
        if isUnderlined { wrappers.append("u") }
        if isStruck { wrappers.append("s") }
    }

    static func alignment(_ value: String?) -> String? {
        guard let value = value?.lowercased() else { return nil }
        return ["left", "center", "right", "justify"].contains(value) ? value : nil
    }

    /// `120`, `120px`, `80%` → `120`, `120`, `80%`; nil for anything else. At most 4000 pixels or 100 per cent.
    static func length(_ value: String?) -> String? {
        guard var digits = value?.trimmingCharacters(in: .whitespaces).lowercased() else { return nil }
        let isShare = digits.hasSuffix("%")
        if isShare { digits.removeLast() } else if digits.hasSuffix("px") { digits.removeLast(2) }
        guard let length = number(String(digits.prefix { $0 != "." }), in: 1...4000) else { return nil }
        return isShare ? "\(min(length, 100))%" : "\(length)"
    }

    static func number(_ value: String?, in range: ClosedRange<Int>) -> Int? {
        guard let value = value?.trimmingCharacters(in: .whitespaces), !value.isEmpty, value.utf8.count <= 6,
            value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(value), range.contains(number)
        else { return nil }
        return number
    }
}
