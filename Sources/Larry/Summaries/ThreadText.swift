import Domain
import Foundation

/// One ticket's messages as a summary reads them: oldest first, cut to a bounded length, each with who wrote it.
struct ThreadText: Sendable {
    struct Message: Sendable, Equatable {
        /// How a quotation of it is introduced.
        var introduction: String
        var text: String
    }

    private(set) var messages: [Message] = []
    /// Notes the asker's summaries may not read.
    private(set) var hiddenNotes = 0
    /// Messages left out because the thread is long.
    private(set) var leftOut = 0
    let ticket: TicketSummary

    /// Characters of one message, and of all.
    static let longestMessage = 2_000
    static let longest = 16_000

    init(_ detail: TicketDetail, _ thread: [ThreadEntry], withNotes: Bool) {
        ticket = detail.summary
        var all = [Message(introduction: "The customer wrote", text: Self.plain(detail.descriptionText))]
        for entry in thread {
            let conversation = entry.conversation
            let name = Self.name(entry.author)
            let introduction: String
            switch conversation.kind {
            case .privateNote:
                guard withNotes else {
                    hiddenNotes += 1
                    continue
                }
                introduction = "Internal note by \(name)"
            case .bot, .automation: continue
            case .reply, .feedback: introduction = "The customer wrote"
            default:
                // Whatever else is private is a note as well.
                if conversation.isPrivate {
                    guard withNotes else {
                        hiddenNotes += 1
                        continue
                    }
                    introduction = "Internal note by \(name)"
                } else {
                    introduction = entry.author.kind == .agent ? "\(name) wrote" : "The customer wrote"
                }
            }
            all.append(Message(introduction: introduction, text: Self.plain(conversation.bodyText)))
        }
        all = all.filter { !$0.text.isEmpty }
        // The first message says what it is about, the latest where it stands: the middle goes first.
        var length = all.map(\.text.count).reduce(0, +)
        while length > Self.longest, all.count > 2 {
            length -= all[1].text.count
            all.remove(at: 1)
            leftOut += 1
        }
        messages = all
    }

    /// What a model is shown, between marks that the text itself cannot contain.
    func shown(mark: String) -> String {
        let facts = [
            "Subject: \(Self.plain(ticket.subject))", "Status: \(Self.plain(ticket.statusLabel))", "Priority: \(ticket.priority.rawValue)"
        ]
        let bodies = messages.enumerated().map { "[\($0 + 1)] \(Self.plain($1.introduction)):\n\($1.text)" }
        return (["BEGIN \(mark)"] + facts + bodies + ["END \(mark)"]).joined(separator: "\n")
    }

    /// All that may be said: what the numbers and names of a summary are looked up in.
    var evidence: String {
        ([
            ticket.subject, ticket.statusLabel, ticket.requester?.name ?? "", ticket.agent?.name ?? "", ticket.account?.account.name ?? "",
            ticket.group?.name ?? "", "\(ticket.id)", "\(messages.count)"
        ] + messages.map { "\($0.introduction) \($0.text)" }).joined(separator: "\n")
    }

    /// The message these words stand in, letter for letter but for spaces.
    func source(of quotation: String) -> Message? {
        let wanted = Self.spaced(quotation)
        guard wanted.count >= 8 else { return nil }
        return messages.first { Self.spaced($0.text).contains(wanted) }
    }

    private static func name(_ author: Author) -> String {
        let name = plain(author.name).trimmed
        return name.isEmpty ? "somebody" : String(name.prefix(80))
    }

    /// Without control characters and the tokens by which chat templates tell turns apart.
    static func plain(_ text: String) -> String {
        var text = text.precomposedStringWithCompatibilityMapping
        text.unicodeScalars.removeAll {
            $0.properties.isDefaultIgnorableCodePoint || ($0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t")
        }
        for token in ["<|", "|>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "</s>", "<s>", "BEGIN ", "END "] {
            text = text.replacing(token, with: " ")
        }
        return String(text.trimmed.prefix(longestMessage))
    }

    private static func spaced(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
