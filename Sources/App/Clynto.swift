import ArgumentParser

/// `clynto`: one executable, a subcommand for everything.
@main
struct Clynto: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clynto",
        abstract: "Shows every support ticket beside the customer account it belongs to.",
        version: Version.text,
        subcommands: [
            ServeCommand.self, WorkerCommand.self, DemoCommand.self, SandboxCommand.self, WorkspaceCommand.self, MemberCommand.self,
            PasswordCommand.self, TokenCommand.self, AccountsCommand.self, SyncCommand.self, AskCommand.self, KeysCommand.self,
            MigrateCommand.self
        ])

    /// Every failure ends as one clear line on standard error and exit code 1; wrong usage keeps the parser's 64.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Clynto.exit(withError: Console.explained(error))
        }
    }
}

enum Version {
    static let text = "0.1.0"
}
