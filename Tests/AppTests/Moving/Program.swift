import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The built executable, run as people run it.
struct Program: Sendable {
    struct Outcome: Sendable {
        var code: Int32
        var output: String
        var errors: String
    }

    /// The folder of the test's own: data and output.
    var folder: URL
    /// Beside `CLYNTO_DATA_DIR`.
    var environment: [String: String] = [:]

    /// Beside the test bundle.
    static let path: String = {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return folder.appending(path: "clynto").path
    }()

    /// Runs a command to its end.
    func run(_ arguments: String..., input: String = "") async throws -> Outcome {
        try await Running(self, executable: Self.path, arguments, input: input).outcome()
    }

    /// Runs a shell script in which `$clynto` is the program; mounts it makes end with it. Nil when this machine lets nobody mount.
    func shell(_ script: String) async throws -> Outcome? {
        guard let unshare = Self.unshare else { return nil }
        var program = self
        program.environment["clynto"] = Self.path
        return try await Running(program, executable: "/usr/bin/env", unshare + ["sh", "-c", script], input: "").outcome()
    }

    /// Starts a command and leaves it running.
    func start(_ arguments: String...) throws -> Running { try Running(self, executable: Self.path, arguments, input: "") }

    /// How to get mounts of one's own: as root, or in a user namespace.
    static let unshare: [String]? = {
        for way in [["unshare", "-m"], ["unshare", "-Urm"]] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = way + ["mount", "-t", "tmpfs", "tmpfs", "/mnt"]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { continue }
            process.waitUntilExit()
            if process.terminationStatus == 0 { return way }
        }
        return nil
    }()

    static var canMount: Bool { unshare != nil }
}

/// A command that runs. Its output goes to files, so that it never waits for a reader.
final class Running: Sendable {
    let process: Process
    private let end: AsyncStream<Int32>
    private let files: (output: URL, errors: URL)

    fileprivate init(_ program: Program, executable: String, _ arguments: [String], input: String) throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = program.folder
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CLYNTO_") }
        environment["CLYNTO_DATA_DIR"] = program.folder.appending(path: "data").path
        process.environment = environment.merging(program.environment) { $1 }
        let name = UUID().uuidString
        files = (program.folder.appending(path: "\(name).out"), program.folder.appending(path: "\(name).err"))
        for file in [files.output, files.errors] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        let given = program.folder.appending(path: "\(name).in")
        try Data(input.utf8).write(to: given)
        process.standardInput = try FileHandle(forReadingFrom: given)
        process.standardOutput = try FileHandle(forWritingTo: files.output)
        process.standardError = try FileHandle(forWritingTo: files.errors)
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        end = stream
        process.terminationHandler = {
            continuation.yield($0.terminationStatus)
            continuation.finish()
        }
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// As when the machine loses its power: the process gets no say.
    func killAtOnce() { kill(process.processIdentifier, SIGKILL) }

    /// Waits for the end.
    func outcome() async throws -> Program.Outcome {
        var code: Int32 = -1
        for await status in end { code = status }
        return try Program.Outcome(
            code: code, output: String(contentsOf: files.output, encoding: .utf8),
            errors: String(contentsOf: files.errors, encoding: .utf8))
    }
}

/// Runs `body` with a folder that is removed whatever happens.
func withProgram(_ body: (Program) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clynto-app-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "data"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(Program(folder: folder))
}
