import ArgumentParser
import Domain
import Foundation
import Logging
import Store

/// Flags that override settings on every command that opens the installation.
struct SettingOptions: ParsableArguments {
    @Option(help: "Folder of database and key file (CLYNTO_DATA_DIR).")
    var dataDir: String?

    @Option(help: "sqlite:///PATH (CLYNTO_DATABASE_URL).")
    var databaseURL: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical (CLYNTO_LOG_LEVEL).")
    var logLevel: String?

    /// Reads the settings and prepares logging; `level` where nobody asked for another.
    func read(_ more: [Setting: String?] = [:], quiet: Bool = false) throws -> Settings {
        var flags: [Setting: String] = more.compactMapValues { $0 }
        flags[.dataDirectory] = dataDir
        flags[.databaseURL] = databaseURL
        flags[.logLevel] = logLevel
        let environment = ProcessInfo.processInfo.environment
        // A command that prints for people keeps its log to what needs attention, unless a level was asked for.
        if quiet, flags[.logLevel] == nil, environment[Setting.logLevel.rawValue] == nil { flags[.logLevel] = "warning" }
        let settings = try Settings.read(flags: flags, environment: environment)
        settings.logFormat.bootstrap(level: settings.logLevel)
        return settings
    }

    /// Opens the installation for one command, and closes it again.
    func withInstallation<Value: Sendable>(_ body: (Installation) async throws -> Value) async throws -> Value {
        let installation = try await Installation.open(try read(quiet: true), label: "clynto")
        do {
            let value = try await body(installation)
            await installation.close()
            return value
        } catch {
            await installation.close()
            throw error
        }
    }

    /// Opens the database alone, as it is: no schema is brought up to date, no key is needed.
    func withDatabase<Value: Sendable>(
        mustExist: Bool = true, _ body: (Settings, any Database) async throws -> Value
    ) async throws -> Value {
        let settings = try read(quiet: true)
        if mustExist { try settings.database.requireThere() }
        let database = try settings.database.open(listening: settings.listening)
        do {
            let value = try await body(settings, database)
            try await database.close()
            return value
        } catch {
            try? await database.close()
            throw error
        }
    }
}

extension DatabaseAddress {
    /// Throws `notFound` for a file that is not there: opening it would make an empty one.
    func requireThere() throws {
        if case .sqlite(let path) = self, !FileManager.default.fileExists(atPath: path) {
            throw Failure(.notFound, code: "no_database", "There is no database at \(shown).")
        }
    }
}
