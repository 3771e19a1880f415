import Foundation

/// The program itself, running a command in a process of its own.
package final class ClyntoProcess: @unchecked Sendable {
    private let process = Process()

    package struct NotBuilt: Error {}

    /// Starts it with these settings and no others.
    package init(_ arguments: [String], environment: [String: String]) throws {
        // The test bundle lies beside the program.
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(fileURLWithPath: bundle).deletingLastPathComponent().appending(path: "clynto")
        guard FileManager.default.isExecutableFile(atPath: program.path) else { throw NotBuilt() }
        process.executableURL = program
        process.arguments = arguments
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CLYNTO") }
        process.environment = inherited.merging(environment) { _, own in own }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    package var isRunning: Bool { process.isRunning }

    /// Ends it at once, without asking, and waits until it is gone.
    package func kill() {
        guard process.isRunning else { return }
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Runs `body` beside the program, and ends it whatever happens.
    package static func with<Value>(
        _ arguments: [String], environment: [String: String], _ body: (ClyntoProcess) async throws -> Value
    ) async throws -> Value {
        let process = try ClyntoProcess(arguments, environment: environment)
        defer { process.kill() }
        return try await body(process)
    }
}
