import ArgumentParser
import Domain
import Foundation
import Store

/// `clynto export --workspace NAME --to DIR --format csv|jsonl`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes every table of a workspace into a folder, one file each.",
        discussion: "Times are RFC 3339, text is UTF-8. Keys, passwords and tokens are never exported.")

    @Option(help: "The workspace's name.")
    var workspace: String
    @Option(help: "The folder to write to; it is made, or must be empty.")
    var to: String
    @Option(help: "csv or jsonl.")
    var format: Export.Format
    @OptionGroup var options: SettingOptions

    func run() async throws {
        try await options.withDatabase { _, database in
            try await UnfinishedCopy.refuse(database)
            try await BackupManifest.refuse(database)
            guard try await Migrations.isCurrent(database) else {
                throw Failure(.unavailable, code: "old_schema", "The database's schema is not this program's. Run clynto migrate first.")
            }
            let found = try await Installation.workspace(named: workspace, in: database)
            let files = try await Export(from: database, to: to, as: format).run(found.id)
            for file in files { Console.say("\(file.name)  \(CopyDisplay.count(file.rows)) rows") }
            Console.say("“\(found.name)” is exported to \(to).")
        }
    }
}

extension Export.Format: ExpressibleByArgument {}
