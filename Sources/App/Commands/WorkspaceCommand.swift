import ArgumentParser
import Domain
import Foundation
import Store

/// `clynto workspace create NAME --owner EMAIL`.
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace", abstract: "Makes workspaces.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a workspace and its first owner; the password comes from a prompt or from standard input.")

        @Argument(help: "The workspace's name, unique on this installation.")
        var name: String

        @Option(help: "The owner's e-mail address.")
        var owner: String

        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withInstallation { installation in
                let people = PersonStore(database: installation.database)
                let workspaces = WorkspaceStore(database: installation.database)
                if try await workspaces.find(name: name) != nil {
                    throw Failure(.conflict, "There is a workspace called “\(name)” already.")
                }
                let now = Date()
                let person: Person
                if let known = try await people.find(email: owner) {
                    person = known
                    Console.say("\(known.email) signs in with the password they have.")
                } else {
                    let password = try Console.password(prompt: "Password for \(owner): ")
                    person = try await people.create(email: owner, name: Person.name(fromEmail: owner), password: password, now: now)
                }
                let workspace = try await workspaces.create(name: name, owner: person.id, now: now)
                _ = try await AuditStore(database: installation.database).append(
                    workspace.id, actor: "command line", action: "workspace.create", subject: workspace.name, now: now)
                Console.say("Workspace “\(workspace.name)” is ready. Start it with: clynto serve")
            }
        }
    }
}
