import ArgumentParser
import Foundation
import Store

/// `clynto migrate`: what `serve` and `worker` also do at their start.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "migrate", abstract: "Brings the database's schema up to date.")

    @OptionGroup var options: SettingOptions

    func run() async throws {
        try await options.withInstallation { _ in
            Console.say("The schema is up to date (\(Migrations.latest)).")
        }
    }
}

/// `clynto keys rotate`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Looks after the encryption key.", subcommands: [Rotate.self])

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a new encryption key and seals every stored secret again under it. Safe to repeat after an interruption.")

        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withInstallation { installation in
                let done = try await installation.vault.rotate(database: installation.database)
                Console.say("\(done.resealed) secrets sealed again under a new key, \(done.unchanged) were up to date.")
                if done.damaged > 0 { Console.warn("\(done.damaged) secrets could not be opened and were left as they are.") }
            }
        }
    }
}
