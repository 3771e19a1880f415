import Foundation

/// Whether a message may load pictures from elsewhere: each tells its sender that the message was opened, and where.
package enum ImagePolicy: Sendable, Equatable {
    case blocked
    case allowed
}

/// A stranger's mail made safe to show.
package struct SanitisedMail: Sendable, Equatable {
    package let html: HTML
    /// The message has pictures that were left out; asking again with `.allowed` shows them.
    package let hasBlockedImages: Bool
    /// The message was too long, or its end was swallowed by something unfinished; part of it is not shown.
    package let wasCut: Bool
}

/// HTML from strangers.
package enum MailHTML {
    /// Bytes of a message that are read. Longer ones are cut.
    package static let longestInput = 512 * 1024

    /// Makes the HTML of a message safe and tidy: rewritten to known elements, parsed as HTML5, filtered, written out afresh.
    ///
    /// - Elements and attributes are those of a list; everything else goes, most of it leaving its content. No classes, ids, styles or
    ///   handlers survive except our own `mail-image` and `mail-quote`.
    /// - Links lead to `https`, `http` and `mailto` in a new tab, without referrer.
    /// - Pictures load from `https` and `http`, and only when `images` allows it; else a `span.mail-image` holds their description.
    ///   Pictures of one pixel are never shown.
    /// - Quoted messages are folded into `details.mail-quote`, open when there is nothing else in the message.
    ///
    /// Never fails, on any input; time and memory are linear in its length. Sanitising the result again changes nothing.
    package static func sanitise(_ html: String, images: ImagePolicy = .blocked) -> SanitisedMail {
        let (nodes, wasCut) = parsed(html)
        var writer = MailWriter(images: images, opensQuotes: false)
        writer.write(nodes)
        if !writer.hasWordsOutsideQuotes, writer.hasQuotes {
            writer = MailWriter(images: images, opensQuotes: true)
            writer.write(nodes)
        }
        return SanitisedMail(
            html: HTML(rendered: writer.output), hasBlockedImages: writer.hasBlockedImages, wasCut: wasCut || writer.isFull)
    }

    /// The words of an HTML message with line ends where a reader sees them, for search and previews. Scripts, styles and tags are
    /// gone, references are decoded, white space is collapsed outside `pre`. Bounded like `sanitise`.
    package static func plainText(_ html: String) -> String {
        var writer = MailTextWriter()
        writer.write(parsed(html).nodes)
        return writer.text
    }

    private static func parsed(_ html: String) -> (nodes: [HTMLNode], wasCut: Bool) {
        var bytes = Array(html.utf8.prefix(longestInput + 1))
        let isLong = bytes.count > longestInput
        if isLong {
            bytes.removeLast()
            // Not inside a character.
            while let last = bytes.last, last & 0xC0 == 0x80 { bytes.removeLast() }
            if let last = bytes.last, last >= 0xC0 { bytes.removeLast() }
        }
        let (markup, lostTheRest) = MailNesting.rewritten(bytes)
        return (HTMLNode.parse(bytes: markup), isLong || lostTheRest)
    }
}
