import ArgumentParser
import Domain
import Foundation
import Store

/// `clynto backup FILE`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies everything the database holds into one file, while the server runs.",
        discussion: "The file is the same from SQLite and PostgreSQL. It never holds the encryption key; keep that elsewhere.")

    @Argument(help: "The file to write.")
    var file: String
    @Flag(help: "Replace the file if it is there already.")
    var force = false
    @OptionGroup var options: SettingOptions

    func run() async throws {
        try await options.withDatabase { settings, database in
            let display = CopyDisplay()
            let manifest = try await Backup.make(of: database, at: file, isForced: force, now: Date()) { display.show($0) }
            display.end()
            let rows = manifest.tables.values.reduce(0) { $0 + $1.rows }
            Console.say("\(CopyDisplay.count(rows)) rows in \(manifest.tables.count) tables saved to \(file), \(Self.size(of: file)).")
            Console.say(Self.note(on: settings.keySource))
        }
    }

    private static func size(of path: String) -> String {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        return size < 1_000_000 ? "\(max(1, size / 1000)) KB" : "\(CopyDisplay.count(size / 1_000_000)) MB"
    }

    /// Whoever restores needs the key, and it is not here.
    private static func note(on keys: KeySource) -> String {
        switch keys {
        case .file(let path):
            "The encryption key is not in it. Keep a copy of \(path) in another place: without it, portals must be connected again."
        case .value:
            "The encryption key is not in it. Keep the value of CLYNTO_SECRET_KEY in another place: without it, portals must be connected again."
        }
    }
}
