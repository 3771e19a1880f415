import ArgumentParser
import Domain
import Foundation
import Store

extension Role: ExpressibleByArgument {}

/// `clynto member add|role|remove EMAIL --workspace NAME`.
struct MemberCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Adds, changes and removes members.", subcommands: [Add.self, ChangeRole.self, Remove.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a member and prints a one-time link to set a password.")

        @Argument(help: "The member's e-mail address.")
        var email: String
        @Option(help: "The workspace's name.")
        var workspace: String
        @Option(help: "owner, admin or member.")
        var role: Role = .member
        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withInstallation { installation in
                let workspace = try await installation.workspace(named: workspace)
                let people = PersonStore(database: installation.database)
                let now = Date()
                let known = try await people.find(email: email)
                let person =
                    if let known { known } else { try await people.create(email: email, name: Person.name(fromEmail: email), now: now) }
                try await MemberStore(database: installation.database).add(
                    workspace.id, person: person.id, role: role, acting: .owner, now: now)
                _ = try await AuditStore(database: installation.database).append(
                    workspace.id, actor: "command line", action: "member.add", subject: person.email, detail: role.rawValue, now: now)
                Console.say("\(person.email) is \(role.rawValue) of “\(workspace.name)”.")
                if try await !people.hasPassword(person.id) {
                    let token = try await InvitationStore(database: installation.database).reset(person.id, now: now)
                    Console.say("One-time link to set a password: \(installation.settings.publicURL.inviteLink(token))")
                }
            }
        }
    }

    struct ChangeRole: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "role", abstract: "Changes a member's role.")

        @Argument(help: "The member's e-mail address.")
        var email: String
        @Option(help: "The workspace's name.")
        var workspace: String
        @Option(help: "owner, admin or member.")
        var role: Role
        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withInstallation { installation in
                let workspace = try await installation.workspace(named: workspace)
                let person = try await installation.person(email)
                try await MemberStore(database: installation.database).setRole(workspace.id, person: person.id, to: role, acting: .owner)
                _ = try await AuditStore(database: installation.database).append(
                    workspace.id, actor: "command line", action: "member.role", subject: person.email, detail: role.rawValue, now: Date())
                Console.say("\(person.email) is \(role.rawValue) of “\(workspace.name)” now.")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a member from a workspace.")

        @Argument(help: "The member's e-mail address.")
        var email: String
        @Option(help: "The workspace's name.")
        var workspace: String
        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withInstallation { installation in
                let workspace = try await installation.workspace(named: workspace)
                let person = try await installation.person(email)
                try await MemberStore(database: installation.database).remove(workspace.id, person: person.id, acting: .owner)
                _ = try await AuditStore(database: installation.database).append(
                    workspace.id, actor: "command line", action: "member.remove", subject: person.email, now: Date())
                Console.say("\(person.email) is no member of “\(workspace.name)” any more.")
            }
        }
    }
}

extension Installation {
    /// The person with that address; throws `notFound`.
    func person(_ email: String) async throws -> Person {
        guard let person = try await PersonStore(database: database).find(email: email) else {
            throw Failure(.notFound, "Nobody with the address \(email) is known here.")
        }
        return person
    }
}

extension URL {
    /// The page on which a one-time link's bearer sets a password.
    func inviteLink(_ token: Secret) -> String { absoluteString.trimmingSuffix("/") + "/invite/" + token.reveal() }
}
