import Foundation
import Logging
import Synchronization

/// How log lines are written.
enum LogFormat: String, Sendable, CaseIterable {
    case text, json

    /// Sets up logging for the whole process, to standard error. To be called once, by the command that starts the program.
    func bootstrap(level: Logger.Level) {
        switch self {
        case .text:
            LoggingSystem.bootstrap(
                { label, provider in
                    var handler = StreamLogHandler.standardError(label: label, metadataProvider: provider)
                    handler.logLevel = level
                    return handler
                }, metadataProvider: nil)
        case .json:
            let output = StandardErrorLines()
            LoggingSystem.bootstrap(
                { label, provider in
                    JSONLogHandler(label: label, logLevel: level, metadataProvider: provider, write: output.write)
                }, metadataProvider: nil)
        }
    }
}

/// Whole lines to standard error, one at a time: a long line would otherwise be cut by another thread's.
final class StandardErrorLines: Sendable {
    private let handle = Mutex(FileHandle.standardError)

    func write(_ line: String) {
        // Nobody can be told when the log itself cannot be written.
        handle.withLock { try? $0.write(contentsOf: Data((line + "\n").utf8)) }
    }
}
