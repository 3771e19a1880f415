import ArgumentParser
import Domain
import Foundation
import Sync
import Web

/// `clynto accounts import FILE.csv --workspace NAME [--dry-run]`.
struct AccountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "Looks after customer accounts.", subcommands: [Import.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Imports accounts from a CSV file with the columns name, domains, external_id, owner_email, arr, renewal_date.")

        @Argument(help: "The CSV file; only the column name is required, several domains are separated by semicolons.")
        var file: String
        @Option(help: "The workspace's name.")
        var workspace: String
        @Flag(help: "Tell what would happen, and change nothing.")
        var dryRun = false
        @OptionGroup var options: SettingOptions

        func run() async throws {
            let bytes = try read()
            try await options.withInstallation { installation in
                let workspace = try await installation.workspace(named: workspace)
                let plan: AccountImport
                var moved = 0
                if dryRun {
                    plan = try await AccountImport.preview(bytes, in: workspace.id, installation.database)
                } else {
                    let outcome = try await AccountImport.apply(
                        bytes, to: workspace.id, actor: "command line", now: installation.clock.product(), in: installation.database)
                    plan = outcome.plan
                    moved = outcome.movedTickets
                }
                report(plan, moved: moved)
                let usable = plan.created + plan.updated + plan.unchanged
                if usable == 0 { throw Failure(.invalid, "Nothing was imported.") }
            }
        }

        private func read() throws -> [UInt8] {
            do {
                return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
            } catch {
                throw Failure(.invalid, "The file \(file) cannot be read.", cause: "\(error)")
            }
        }

        private func report(_ plan: AccountImport, moved: Int) {
            for row in plan.rows {
                if case .error(let reasons) = row.verdict { Console.warn("Line \(row.line): \(reasons.joined(separator: " "))") }
                for note in row.notes { Console.warn("Line \(row.line): \(note)") }
            }
            if !plan.unknownColumns.isEmpty { Console.warn("Ignored columns: \(plan.unknownColumns.joined(separator: ", "))") }
            let verb = dryRun ? "would be" : "were"
            Console.say("\(plan.created) \(verb) added, \(plan.updated) changed, \(plan.unchanged) left unchanged, \(plan.failed) refused.")
            if moved > 0 { Console.say("\(moved) tickets moved to another account.") }
        }
    }
}
