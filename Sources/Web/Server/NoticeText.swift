import Foundation

/// A notice as the cookie between an act and the page after it carries it.
///
/// A cookie and not the address: a link must not be able to make a page say something.
enum NoticeText {
    /// Longer ones are cut: a cookie holds 4 KB.
    static let longest = 1_500

    static func text(of notice: Notice) -> String {
        Data("\(notice.tone.rawValue)|\(notice.text.prefix(longest / 4))".utf8).base64EncodedString()
    }

    static func notice(of text: String) -> Notice? {
        guard text.utf8.count <= 4 * longest, let data = Data(base64Encoded: text) else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let tone = Banner.Tone(rawValue: String(parts[0])), !parts[1].isEmpty else { return nil }
        return Notice(tone, String(parts[1]))
    }
}
