import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A script that runs a server until nobody holds the other end of its standard input any more, and prints a line when it is ready.
/// So it ends with the test process, however that ends.
package final class HelperProcess: Sendable {
    package let firstLine: String
    private let process: Process
    private let input: Pipe

    /// - Parameter path: of the script in the package.
    package init(_ path: String, _ arguments: [String] = []) async throws {
        // Three names above this file's stands the package.
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        process = Process()
        process.executableURL = root.appending(path: path)
        process.arguments = arguments
        let output = Pipe()
        input = Pipe()
        // Other processes that tests start must not hold it too, or the end of this one would not end the server.
        _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        firstLine = await Self.line(from: output.fileHandleForReading)
    }

    /// Tells the server to end; it goes and cleans up by itself.
    package func stop() async {
        try? input.fileHandleForWriting.close()
        process.terminate()
    }

    /// Up to the line's end, on a thread that may block.
    private static func line(from handle: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            Thread {
                var line = Data()
                while let byte = try? handle.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) { line += byte }
                continuation.resume(returning: String(decoding: line, as: UTF8.self))
            }.start()
        }
    }
}
