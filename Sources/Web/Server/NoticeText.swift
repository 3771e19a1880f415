import Foundation

/// A notice as the cookie between an act and the page after it carries it.
///
/// A cookie and not the address: a link must not be able to make a page say something.
enum NoticeText {
    /// Longer ones are cut: a cookie holds 4 KB.
    static let longest = 1_500

    static func text(of notice: Notice) -> String {
        let undo = notice.undo.map { "~\($0.lowerBound)-\($0.upperBound)" } ?? ""
        return Data("\(notice.tone.rawValue)\(undo)|\(notice.text.prefix(longest / 4))".utf8).base64EncodedString()
    }

    static func notice(of text: String) -> Notice? {
        guard text.utf8.count <= 4 * longest, let data = Data(base64Encoded: text) else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty else { return nil }
        let head = parts[0].split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        guard let tone = Banner.Tone(rawValue: String(head[0])) else { return nil }
        return Notice(tone, String(parts[1]), undo: head.count > 1 ? range(head[1]) : nil)
    }

    /// `12-40`; nil for anything else.
    static func range(_ text: Substring) -> ClosedRange<Int64>? {
        let ends = text.split(separator: "-").compactMap { Int64($0) }
        guard ends.count == 2, ends[0] > 0, ends[0] <= ends[1] else { return nil }
        return ends[0]...ends[1]
    }
}
