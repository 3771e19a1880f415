import ArgumentParser
import Domain
import Foundation
import Store

/// `clynto password reset EMAIL`.
struct PasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Resets passwords.", subcommands: [Reset.self])

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints a one-time link with which the person sets a new password.")

        @Argument(help: "The person's e-mail address.")
        var email: String
        @OptionGroup var options: SettingOptions

        func run() async throws {
            try await options.withInstallation { installation in
                let person = try await installation.person(email)
                let token = try await InvitationStore(database: installation.database).reset(person.id, now: Date())
                Console.say("One-time link for \(person.email): \(installation.settings.publicURL.inviteLink(token))")
            }
        }
    }
}
