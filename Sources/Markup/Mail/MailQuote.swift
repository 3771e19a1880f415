import Foundation

/// Where a message begins to repeat an earlier one.
enum MailQuote {
    static let className = "mail-quote"
    static let summary = "Quoted text"

    enum Extent: Equatable {
        /// The element is the quotation.
        case element
        /// The element is its heading: the quotation runs to the end of what is around it.
        case toTheEnd
    }

    /// Nil for an element that does not begin a quotation.
    static func extent(of node: HTMLNode) -> Extent? {
        guard case .element(let name, let attributes, _) = node else { return nil }
        switch name {
        case "blockquote": return .element
        case "p": return isSeparator(node) ? .toTheEnd : nil
        case "div":
            let classes = (attributes["class"] ?? "").split(whereSeparator: \.isWhitespace)
            if classes.contains(where: { quoteClasses.contains(bare($0)) }) { return .element }
            let id = bare((attributes["id"] ?? "")[...])
            if quoteIDs.contains(id) { return .element }
            if headingIDs.contains(id) { return .toTheEnd }
            return isHeading(node, levels: 3) || isSeparator(node) ? .toTheEnd : nil
        default: return nil
        }
    }

    /// Outlook puts `x_` before names each time a message is quoted again.
    private static func bare(_ name: Substring) -> String {
        var name = name
        while name.hasPrefix("x_") { name.removeFirst(2) }
        return String(name)
    }

    private static let quoteClasses: Set<String> = [
        "gmail_quote", "gmail_quote_container", "gmail_extra", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra",
        "freshdesk_quote"
    ]
    private static let quoteIDs: Set<String> = ["mail-editor-reference-message-container", "OLK_SRC_BODY_SECTION"]
    private static let headingIDs: Set<String> = ["divRplyFwdMsg", "appendonsend"]

    /// Outlook's heading: a division with a line above it that begins with the sender; it may be wrapped in further divisions.
    private static func isHeading(_ node: HTMLNode, levels: Int) -> Bool {
        guard levels > 0, case .element("div", let attributes, let children) = node else { return false }
        let style = (attributes["style"] ?? "").lowercased().filter { !$0.isWhitespace }
        if style.contains("border-top:solid") {
            let opening = openingText(node).lowercased()
            return senderWords.contains { opening.hasPrefix($0) }
        }
        let filled = children.lazy.filter { !isBlank($0) }.prefix(2)
        guard let first = filled.first, filled.dropFirst().isEmpty else { return false }
        return isHeading(first, levels: levels - 1)
    }

    private static let senderWords = ["from:", "von:", "de :", "de:", "da:", "van:", "från:", "fra:"]

    /// "-----Original Message-----" in the languages seen most.
    private static func isSeparator(_ node: HTMLNode) -> Bool {
        let opening = openingText(node)
        guard opening.hasPrefix("--") else { return false }
        let words = opening.drop { $0 == "-" || $0.isWhitespace }.lowercased()
        return separatorWords.contains { words.hasPrefix($0) }
    }

    private static let separatorWords = [
        "original message", "original appointment", "ursprüngliche nachricht", "originalnachricht", "message d'origine",
        "message d’origine", "mensaje original", "messaggio originale", "oorspronkelijk bericht", "mensagem original",
        "ursprungligt meddelande", "oprindelig meddelelse", "wiadomość oryginalna"
    ]

    /// The first words in an element. Looks at a few nodes only: it is asked of every division.
    private static func openingText(_ node: HTMLNode) -> String {
        var text = ""
        var left = 24
        collect(node, into: &text, left: &left)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func collect(_ node: HTMLNode, into text: inout String, left: inout Int) {
        guard left > 0, text.utf8.count < 60 else { return }
        left -= 1
        switch node {
        case .text(let part): text += part.drop(while: \.isWhitespace).prefix(60)
        case .element(_, _, let children):
            for child in children {
                guard left > 0, text.utf8.count < 60 else { return }
                collect(child, into: &text, left: &left)
            }
        }
    }

    private static func isBlank(_ node: HTMLNode) -> Bool {
        if case .text(let text) = node { return text.allSatisfy(\.isWhitespace) }
        return false
    }
}
