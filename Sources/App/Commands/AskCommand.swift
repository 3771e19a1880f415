import ArgumentParser
import Domain
import Foundation
import Larry
import Sync

/// `clynto ask --workspace NAME "question"`: Larry on the terminal.
struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Asks Larry a question about a workspace's support, and shows how he got the answer.")

    @Argument(help: "The question, in quotation marks.")
    var question: String
    @Option(help: "The workspace's name.")
    var workspace: String
    @Option(help: "A thread that an earlier answer named, to ask a follow-up.")
    var thread: String?
    @Flag(help: "The API's JSON object instead of text.")
    var json = false
    @OptionGroup var options: SettingOptions

    func run() async throws {
        let answer = try await options.withInstallation { installation in
            let workspace = try await installation.workspace(named: workspace)
            return try await installation.larry.ask(
                question, thread: thread, by: .init(workspace: workspace.id, owner: "command line"), now: installation.clock.product())
        }
        if json {
            Console.say(answer.json)
        } else {
            show(answer)
        }
    }

    /// Longest list on a terminal.
    private static let mostRows = 20

    private func show(_ answer: LarryAnswer) {
        Console.say(Self.plain(answer.answer))
        if let quotation = answer.quotation, !quotation.isEmpty { Console.say("\nThe customer wrote: “\(Self.plain(quotation))”") }
        for card in answer.cards {
            Console.say(
                "  #\(card.id)  \(Self.plain(card.subject))  [\(Self.plain(card.status)), \(card.priority)]  \(Self.plain(card.account ?? "no account"))"
            )
        }
        if let rows = answer.rows {
            for row in rows.prefix(Self.mostRows) { Console.say("  \(Self.plain(row.key))\(row.text.isEmpty ? "" : "  \(row.text)")") }
            if rows.count > Self.mostRows { Console.say("  … \(rows.count - Self.mostRows) more") }
        }
        for option in answer.options ?? [] { Console.say("  - \(Self.plain(option.label))") }
        guard !answer.explanation.isEmpty else { return }
        Console.say("\nHow I got this:")
        for line in answer.explanation { Console.say("  - \(Self.plain(line))") }
        if let link = answer.link { Console.say("  - \(link)") }
        Console.say("As of \(answer.asOf.rfc3339), thread \(answer.threadID)")
        if !answer.isComplete, let from = answer.coverageFrom {
            Console.say("Resolved tickets last updated before \(from.rfc3339) were not synced.")
        }
    }

    /// Customers' text without control characters, which a terminal would obey.
    private static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
