import ArgumentParser
import Domain
import Foundation
import Store

/// `clynto token create --workspace NAME --role ROLE [--name LABEL]`.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes API tokens.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints a new API token, once.")

        @Option(help: "The workspace's name.")
        var workspace: String
        @Option(help: "owner, admin or member.")
        var role: Role
        @Option(help: "A label to know the token by.")
        var name = "command line"
        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withInstallation { installation in
                let workspace = try await installation.workspace(named: workspace)
                let (secret, token) = try await TokenStore(database: installation.database).create(
                    workspace.id, name: name, role: role, acting: .owner, by: "command line", now: Date())
                _ = try await AuditStore(database: installation.database).append(
                    workspace.id, actor: "command line", action: "token.create", subject: token.name, detail: role.rawValue, now: Date())
                Console.say(secret.reveal())
            }
        }
    }
}
