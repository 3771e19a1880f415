import ArgumentParser
import Store

/// `clynto keys rotate` and `clynto keys forget`.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Looks after the encryption key.", subcommands: [Rotate.self, Forget.self])

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

    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes stored secrets that the present key cannot open; their portals must be connected again. For a lost key.")

        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withDatabase { settings, database in
                try await UnfinishedCopy.refuse(database)
                try await BackupManifest.refuse(database)
                try await Migrations.apply(to: database)
                let names = try await Vault.forgetUnopened(settings.keySource, database: database)
                if names.isEmpty { Console.say("Every stored secret can be opened. Nothing was changed.") }
                for name in names {
                    Console.say("“\(name)” must connect Freshdesk again, and set up the address of its notices if it had one.")
                }
            }
        }
    }
}
