import ArgumentParser
import Domain
import Foundation
import Store

/// `clynto migrate`: what `serve` and `worker` also do at their start; with `--from` and `--to`, a whole database moved.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the database's schema up to date, or copies a whole database to another, of either engine.",
        discussion: "Stop serve and worker before moving a database. A move that was interrupted is finished by the same command.")

    @Option(help: "Copy from this database: sqlite:///PATH or postgres://…")
    var from: String?
    @Option(help: "Copy to this database.")
    var to: String?
    @Flag(help: "With --to: replace everything that database holds.")
    var force = false
    @OptionGroup var options: SettingOptions

    func validate() throws {
        guard (from == nil) == (to == nil) else { throw ValidationError("--from and --to go together.") }
        guard !force || to != nil else { throw ValidationError("--force goes with --from and --to.") }
    }

    func run() async throws {
        guard let from, let to else {
            return try await options.withInstallation { _ in
                Console.say("The schema is up to date (\(Migrations.latest)).")
            }
        }
        _ = try options.read(quiet: true)
        try await move(from: Self.address(from, flag: "--from"), to: Self.address(to, flag: "--to"))
    }

    private static func address(_ text: String, flag: String) throws -> DatabaseAddress {
        guard let address = DatabaseAddress(text) else {
            throw Failure(
                .invalid, code: "invalid_address", "\(flag) must be like sqlite:///path/to/clynto.sqlite or postgres://user@host/name.")
        }
        return address
    }

    private func move(from: DatabaseAddress, to: DatabaseAddress) async throws {
        guard from != to else { throw Failure(.invalid, code: "same_database", "--from and --to name the same database.") }
        try from.requireThere()
        let source = try from.open()
        do {
            let destination = try to.open()
            do {
                try await move(
                    from: DatabaseMove.Place(database: source, name: from.shown),
                    to: DatabaseMove.Place(database: destination, name: to.shown))
            } catch {
                try? await destination.close()
                throw error
            }
            try await destination.close()
        } catch {
            try? await source.close()
            throw error
        }
        try await source.close()
    }

    private func move(from: DatabaseMove.Place, to: DatabaseMove.Place) async throws {
        let display = CopyDisplay()
        let outcome = try await DatabaseMove(from: from, to: to).run(isForced: force, now: Date()) { display.show($0) }
        display.end()
        if outcome.isResumed { Console.say("An interrupted copy was finished.") }
        for line in CopyDisplay.table(outcome.tables) { Console.say(line) }
        Console.say(
            "Everything in \(from.name) is now in \(to.name). Set CLYNTO_DATABASE_URL to the new address and keep the same encryption key.")
        if outcome.hasSourceChanged {
            Console.warn(
                "\(from.name) was written to meanwhile. What came after the copy began is only there: stop serve and worker and copy again."
            )
        }
    }
}
