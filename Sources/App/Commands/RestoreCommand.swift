import ArgumentParser
import Domain
import Foundation
import Store

/// `clynto restore FILE [--force]`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup into the configured database, SQLite or PostgreSQL.",
        discussion: "Stop serve and worker first. An interrupted restore is finished by the same command.")

    @Argument(help: "A file that clynto backup has written.")
    var file: String
    @Flag(help: "Replace everything the database holds.")
    var force = false
    @OptionGroup var options: SettingOptions

    func run() async throws {
        try await options.withDatabase(mustExist: false) { settings, database in
            let display = CopyDisplay()
            let restore = Restore(path: file, to: DatabaseMove.Place(database: database, name: settings.database.shown))
            let outcome = try await restore.run(keys: settings.keySource, isForced: force, now: Date()) { display.show($0) }
            display.end()
            if outcome.isResumed { Console.say("An interrupted restore was finished.") }
            for line in CopyDisplay.table(outcome.tables) { Console.say(line) }
            Console.say("Restored the backup of \(outcome.manifest.madeAt.rfc3339) into \(settings.database.shown).")
            if let last = outcome.steps.last { Console.say("Its schema was brought up to date (\(outcome.manifest.version) to \(last)).") }
            if !outcome.sealedOut.isEmpty { warn(outcome.sealedOut) }
        }
    }

    private func warn(_ workspaces: [String]) {
        let names = workspaces.map { "“\($0)”" }.joined(separator: ", ")
        Console.warn(
            "The configured encryption key does not open the portal keys of: \(names). Put the key of the backup's day in place before "
                + "starting. If it is lost, run clynto keys forget; these workspaces must then connect Freshdesk again. All other data is there."
        )
    }
}
