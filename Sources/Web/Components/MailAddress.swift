import Domain
import Foundation
import Markup

/// An address of mail that breaks before its @, where it must.
struct MailAddress {
    var text: String

    init(_ text: String) { self.text = text }

    var html: HTML {
        guard let at = text.lastIndex(of: "@"), at > text.startIndex else { return .text(text) }
        return span(String(text[..<at]), .class("unbroken")) + span(String(text[at...]), .class("unbroken"))
    }

    /// The name and the address of `Name <name@example.com>`; nil for a text of another form.
    static func parts(_ text: String) -> (name: String, address: String)? {
        let text = text.trimmed
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else { return nil }
        let name = text[..<open].trimmingCharacters(in: CharacterSet(charactersIn: " \t\"'"))
        let address = text[text.index(after: open)...].dropLast().trimmingCharacters(in: .whitespaces)
        return name.isEmpty || !address.contains("@") ? nil : (name, address)
    }
}
