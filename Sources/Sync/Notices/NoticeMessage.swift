import Domain
import Foundation
import Store

/// What goes out: `text` is what Slack and its likes show, the other members are for programs.
struct NoticeMessage: Codable, Sendable, Equatable {
    var text: String
    var kind: String
    var workspace: String
    var message: String
    var url: String

    init(_ claim: NoticeStore.Claim, publicURL: String) {
        kind = claim.kind.rawValue
        workspace = claim.workspaceName
        message = claim.message
        url = publicURL + "/integrations"
        // Angle brackets and ampersands steer Slack's formatting, and the portal's words are a stranger's.
        text = "*\(Self.plain(claim.workspaceName))*: \(Self.plain(claim.message)) \(url)"
    }

    private static func plain(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }
}
