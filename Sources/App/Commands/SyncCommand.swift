import ArgumentParser
import Domain
import Foundation
import Store
import Sync

/// `clynto sync --workspace NAME`: one sync in the foreground, or the active one followed.
struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Syncs one workspace in the foreground and shows the progress of its six phases.")

    @Option(help: "The workspace's name.")
    var workspace: String
    @Flag(help: "One JSON line per change of state.")
    var json = false
    @OptionGroup var options: SettingOptions

    /// How often the run is tried to be had.
    private static let retry: Duration = .milliseconds(200)
    /// How often the run's row is looked at.
    private static let poll: Duration = .milliseconds(50)

    func run() async throws {
        let end = try await options.withInstallation { installation in
            let workspace = try await installation.workspace(named: workspace)
            let start = try await installation.connector.sync(workspace: workspace.id, trigger: .cli, actor: "command line")
            if case .skipped(let run) = start, !json { Console.warn("Run \(run) is active already; following it.") }
            return try await follow(start.id, of: workspace, installation)
        }
        switch end.state {
        case .succeeded: return
        case .partial:
            Console.warn("The sync ended, but some records could not be read. Sync history lists them.")
        case .failed:
            throw Failure(.unavailable, end.error?.message ?? "The sync failed.")
        default:
            throw Failure(.unavailable, "The sync was cancelled.")
        }
    }

    /// Works on the run if nobody else does, and shows how it goes until it ends.
    private func follow(_ id: ID<SyncRun>, of workspace: Workspace, _ installation: Installation) async throws -> SyncRun {
        let runs = RunStore(database: installation.database)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let worker = installation.worker
            group.addTask {
                // Tried again and again: the run may wait, or its present worker may die.
                while !Task.isCancelled {
                    _ = await worker.runOnce(workspace: workspace.id)
                    try await Task.sleep(for: Self.retry)
                }
            }
            var display = ProgressDisplay(json: json, isTerminal: Console.showsProgress)
            while true {
                let run = try await runs.get(workspace.id, id)
                display.show(run)
                if !run.state.isActive {
                    display.finish(run)
                    group.cancelAll()
                    return run
                }
                try await Task.sleep(for: Self.poll)
            }
        }
    }
}
